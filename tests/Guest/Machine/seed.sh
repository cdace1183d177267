# A machine that was set up in Azure, used by several people, and left with what such machines have lying about.
set -eu

# Two stand-ins, for what is not to be had here: a minute is soon over, and the switch of the machine writes down that it was pulled.
cat > /usr/local/bin/sleep <<'STANDIN'
#!/bin/sh
exec /usr/bin/sleep 0.2
STANDIN
cat > /usr/local/sbin/shutdown <<'STANDIN'
#!/bin/sh
echo "$*" > /run/switched-off
STANDIN
chmod 755 /usr/local/bin/sleep /usr/local/sbin/shutdown
# What a machine says on its console is to be read again.
rm -f /dev/console
: > /dev/console

useradd -m -s /bin/bash azureuser
useradd -m -s /bin/bash alice
useradd -m -s /bin/bash bob
echo 'root:Example-root-1' | chpasswd
echo 'azureuser:Example-azureuser-1' | chpasswd
echo 'alice:Example-alice-1' | chpasswd

for home in /root /home/azureuser /home/alice; do
    mkdir -p "$home/.ssh"
    echo "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExampleE key-of-$home" > "$home/.ssh/authorized_keys"
    echo "export TOKEN=Example-secret" > "$home/.bash_history"
done
echo 'sudo example' > /home/alice/.zsh_history
echo 'example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExampleE' > /home/alice/.ssh/known_hosts
ssh-keygen -q -t ed25519 -N '' -f /home/alice/.ssh/id_ed25519
chown -R azureuser:azureuser /home/azureuser
chown -R alice:alice /home/alice

cat > /etc/sudoers.d/90-cloud-init-users <<'RULES'
# Created by cloud-init v. 22.4.2 on Mon, 06 Jul 2026 08:00:00 +0000

# User rules for azureuser
azureuser ALL=(ALL) NOPASSWD:ALL
RULES
echo 'alice ALL=(ALL) ALL' > /etc/sudoers.d/alice
chmod 440 /etc/sudoers.d/90-cloud-init-users /etc/sudoers.d/alice

rm -f /etc/ssh/ssh_host_*
ssh-keygen -A > /dev/null

echo 0123456789abcdef0123456789abcdef > /etc/machine-id
mkdir -p /var/lib/dbus
cp /etc/machine-id /var/lib/dbus/machine-id
echo web01 > /etc/hostname

instance=11111111-2222-3333-4444-555555555555
mkdir -p /var/lib/cloud/instances/$instance/sem /var/lib/cloud/data /var/lib/cloud/seed/azure
printf '#cloud-config\npassword: Example-customdata-1\n' > /var/lib/cloud/instances/$instance/user-data.txt
ln -s /var/lib/cloud/instances/$instance /var/lib/cloud/instance
echo $instance > /var/lib/cloud/data/instance-id
echo 'seed' > /var/lib/cloud/seed/azure/meta-data
echo 'finished' > /var/log/cloud-init.log
echo 'finished' > /var/log/cloud-init-output.log

mkdir -p /var/lib/waagent/Microsoft.CPlat.Core.RunCommandHandlerLinux-1.3.9/config
cat > /var/lib/waagent/ovf-env.xml <<'OVF'
<?xml version="1.0" encoding="utf-8"?>
<Environment xmlns="http://schemas.dmtf.org/ovf/environment/1" xmlns:oe="http://schemas.dmtf.org/ovf/environment/1" xmlns:wa="http://schemas.microsoft.com/windowsazure" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <wa:ProvisioningSection><wa:Version>1.0</wa:Version>
    <LinuxProvisioningConfigurationSet xmlns="http://schemas.microsoft.com/windowsazure" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
      <ConfigurationSetType>LinuxProvisioningConfiguration</ConfigurationSetType>
      <HostName>web01</HostName>
      <UserName>azureuser</UserName>
      <UserPassword>REDACTED</UserPassword>
      <DisableSshPasswordAuthentication>true</DisableSshPasswordAuthentication>
    </LinuxProvisioningConfigurationSet>
  </wa:ProvisioningSection>
  <wa:PlatformSettingsSection><wa:Version>1.0</wa:Version>
    <PlatformSettings xmlns="http://schemas.microsoft.com/windowsazure"><ProvisionGuestAgent>true</ProvisionGuestAgent></PlatformSettings>
  </wa:PlatformSettingsSection>
</Environment>
OVF
echo $instance > /var/lib/waagent/provisioned
echo '<SharedConfig/>' > /var/lib/waagent/SharedConfig.xml
echo '{}' > /var/lib/waagent/Microsoft.CPlat.Core.RunCommandHandlerLinux-1.3.9/config/0.settings
echo 'INFO Daemon' > /var/log/waagent.log
mkdir -p /var/log/azure/run-command-handler
echo 'handler' > /var/log/azure/run-command-handler/handler.log

mkdir -p /var/lib/dhcp /var/lib/systemd /mnt/resource /var/crash
echo 'lease { fixed-address 10.0.0.4; }' > /var/lib/dhcp/dhclient.eth0.leases
echo 'nameserver 168.63.129.16' > /etc/resolv.conf
head -c 512 /dev/urandom > /var/lib/systemd/random-seed
head -c 4096 /dev/zero > /mnt/resource/swapfile
