# What of the seed is still there, one name a line. Written without the audit of the product, so that one can be held against the other.
is() {
    name=$1
    shift
    if "$@"; then echo "$name"; fi
}
any() { [ -n "$(find "$@" -mindepth 1 2>/dev/null | head -n 1)" ]; }

is host-keys any /etc/ssh -name 'ssh_host_*'
is agent-state any /var/lib/waagent
is ovf-env [ -e /var/lib/waagent/ovf-env.xml ]
is agent-log [ -e /var/log/waagent.log ]
is extension-logs any /var/log/azure
is leases any /var/lib/dhcp
is resolv.conf [ -e /etc/resolv.conf ]
is hostname [ "$(cat /etc/hostname)" = web01 ]
is machine-id grep -q '^[0-9a-f]\{32\}$' /etc/machine-id
is dbus-machine-id [ -s /var/lib/dbus/machine-id ]
is cloud-data any /var/lib/cloud ! -path '/var/lib/cloud/seed*'
is cloud-seed any /var/lib/cloud/seed
is cloud-logs any /var/log -name 'cloud-init*'
is root-password [ -n "$(grep '^root:[$]' /etc/shadow)" ]
is root-keys [ -s /root/.ssh/authorized_keys ]
is root-history [ -e /root/.bash_history ]
is azureuser [ -n "$(getent passwd azureuser)" ]
is azureuser-home [ -e /home/azureuser ]
is azureuser-sudo [ -e /etc/sudoers.d/90-cloud-init-users ]
is alice [ -n "$(getent passwd alice)" ]
is alice-home [ -e /home/alice/.ssh/id_ed25519 ]
is alice-history any /home/alice -maxdepth 1 -name '.*_history'
is alice-sudo [ -e /etc/sudoers.d/alice ]
is swap [ -e /mnt/resource/swapfile ]
is random-seed [ -e /var/lib/systemd/random-seed ]
exit 0
