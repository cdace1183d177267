using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Guest.Tests.Generalization;
using ImageCmdlets.Guest.Tests.Machine;

namespace ImageCmdlets.Guest.Tests.Residue;

/// <summary>The audit of what is left: it finds each thing once where it is, nothing where it is not, and changes nothing.</summary>
[Trait("Category", "RealGuest")]
public sealed class ResidueTests : IDisposable
{
    private static readonly string[] s_seeded =
    [
        "HostKeys Error /etc/ssh/ssh_host_ecdsa_key", "HostKeys Error /etc/ssh/ssh_host_ed25519_key", "HostKeys Error /etc/ssh/ssh_host_rsa_key",
        "MachineId Error /etc/machine-id", "MachineId Error /var/lib/dbus/machine-id", "RandomSeed Warning /var/lib/systemd/random-seed",
        "CloudInitData Error /var/lib/cloud/instance", "CloudInitData Error /var/lib/cloud/instances", "CloudInitData Error /var/lib/cloud/data",
        "CloudInitData Error /var/lib/cloud/seed", "CloudInitLogs Warning /var/log/cloud-init-output.log",
        "CloudInitLogs Warning /var/log/cloud-init.log", "OvfEnv Error /var/lib/waagent/ovf-env.xml", "AgentState Error /var/lib/waagent",
        "AgentLogs Warning /var/log/waagent.log", "AgentLogs Warning /var/log/azure of extensions",
        "DhcpLeases Warning /var/lib/dhcp/dhclient.eth0.leases", "ResolvConf Warning /etc/resolv.conf",
        "ResourceDiskSwap Warning /mnt/resource/swapfile", "RootPassword Error /etc/shadow has a password",
        "AuthorizedKeys Error /root/.ssh/authorized_keys root", "ShellHistory Warning /root/.bash_history root",
        "ProvisionedUser Error /home/azureuser azureuser, made with the machine, has a password",
        "AuthorizedKeys Error /home/azureuser/.ssh/authorized_keys azureuser", "ShellHistory Warning /home/azureuser/.bash_history azureuser",
        "ProvisionedUser Warning /home/alice alice has a password", "AuthorizedKeys Warning /home/alice/.ssh/authorized_keys alice",
        "KnownHosts Information /home/alice/.ssh/known_hosts", "ShellHistory Warning /home/alice/.bash_history alice",
        "ShellHistory Warning /home/alice/.zsh_history alice", "CloudCredentials Error /home/alice/.ssh/id_ed25519 private key",
        "ProvisionedUser Information /home/bob bob has no password",
    ];

    private readonly DebianMachine _machine = UsedMachine.Create();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void EachSeededThingIsFoundOnce() => Assert.Equal(s_seeded, Audit());

    [Fact]
    public void OurScriptLeavesNothingAboveInformation()
    {
        GeneralizeScript.Run(_machine, "IMAGECMDLETS_REMOVE_USERS=alice");

        Assert.Equal(["ProvisionedUser Information /home/bob bob has no password"], Audit());
    }

    [Fact]
    public void TheAgentAloneLeavesWhatTheAuditTells()
    {
        _machine.Do("waagent -force -deprovision+user");

        string[] found = Audit();

        Assert.Contains("MachineId Error /etc/machine-id", found);
        Assert.Contains("CloudInitData Error /var/lib/cloud/instances", found);
        Assert.Contains("SudoersUnknownUser Error /etc/sudoers.d/90-cloud-init-users azureuser", found);
        Assert.DoesNotContain(found, line => line.StartsWith("HostKeys", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mkdir /home/alice/.azure; echo Example > /home/alice/.azure/msal_token_cache.json", "CloudCredentials Error /home/alice/.azure/msal_token_cache.json cloud")]
    [InlineData("mkdir /root/.aws; echo Example > /root/.aws/credentials", "CloudCredentials Error /root/.aws/credentials cloud")]
    [InlineData("echo Example > /home/bob/.netrc", "CloudCredentials Error /home/bob/.netrc server")]
    [InlineData("echo Example > /home/bob/.git-credentials", "CloudCredentials Error /home/bob/.git-credentials server")]
    [InlineData("cp /home/alice/.ssh/id_ed25519 /tmp/.key", "TemporaryKeys Error /tmp/.key private key")]
    [InlineData("echo Example > /var/crash/vmcore", "CrashDumps Warning /var/crash")]
    [InlineData("echo uninitialized > /etc/machine-id", "MachineId Warning /etc/machine-id uninitialized")]
    [InlineData("passwd -d root", "RootPassword Error /etc/shadow needs no password")]
    [InlineData("echo '/dev/sda1 / ext4 defaults 0 1' >> /etc/fstab", "FstabByDevice Warning /etc/fstab by name of device: /dev/sda1")]
    [InlineData("echo 'UUID=1-2 /boot ext4 defaults 0 1' >> /etc/fstab", "FstabByDevice Information /etc/fstab by UUID or label: 1")]
    [InlineData("echo '/dev/nvme0n1p1 /data xfs defaults 0 2' >> /etc/fstab", "FstabByDevice Warning /etc/fstab by name of device: /dev/nvme0n1p1")]
    [InlineData("echo '/dev/hda1 /data xfs defaults 0 2' >> /etc/fstab", "FstabByDevice Warning /etc/fstab by name of device: /dev/hda1")]
    [InlineData("mkdir -p /var/lib/ubuntu-advantage/private; echo Example > /var/lib/ubuntu-advantage/private/machine-token.json", "MachineToken Error /var/lib/ubuntu-advantage/private/machine-token.json")]
    [InlineData("mkdir -p /var/lib/ubuntu-pro/private; echo Example > /var/lib/ubuntu-pro/private/machine-token.json", "MachineToken Error /var/lib/ubuntu-pro/private/machine-token.json")]
    [InlineData("mkdir -p /etc/pki/consumer; echo Example > /etc/pki/consumer/cert.pem", "MachineToken Error /etc/pki/consumer/cert.pem")]
    [InlineData("mkdir -p /etc/pki/consumer; echo Example > /etc/pki/consumer/key.pem", "MachineToken Error /etc/pki/consumer/key.pem")]
    [InlineData("mkdir -p /etc/zypp/credentials.d; echo Example > /etc/zypp/credentials.d/SCCcredentials", "MachineToken Error /etc/zypp/credentials.d/SCCcredentials")]
    [InlineData("echo Example > /etc/krb5.keytab", "Keytab Error /etc/krb5.keytab")]
    [InlineData("mkdir -p /home/bob/.config/gh; echo Example > /home/bob/.config/gh/hosts.yml", "CloudCredentials Error /home/bob/.config/gh/hosts.yml server")]
    [InlineData("mkdir /home/bob/.docker; echo Example > /home/bob/.docker/config.json", "CloudCredentials Error /home/bob/.docker/config.json cloud")]
    [InlineData("mkdir /home/bob/.azure; echo Example > /home/bob/.azure/service_principal_entries.bin", "CloudCredentials Error /home/bob/.azure/service_principal_entries.bin cloud")]
    [InlineData("mkdir -p /etc/udev/rules.d; echo Example > /etc/udev/rules.d/70-persistent-net.rules", "NetworkNames Warning /etc/udev/rules.d/70-persistent-net.rules")]
    [InlineData("printf 'AzureUser ALL=(ALL) ALL\\nOPS ALL=(ALL) ALL\\nUser_Alias OPS = alice\\n' >> /etc/sudoers", "SudoersUnknownUser Error /etc/sudoers AzureUser")]
    [InlineData("printf '# a comment \\\\\\nghost ALL=(ALL) ALL\\n' >> /etc/sudoers", "SudoersUnknownUser Error /etc/sudoers ghost")]
    [InlineData("echo 'ghost ALL=(ALL) ALL' >> /etc/sudoers", "SudoersUnknownUser Error /etc/sudoers ghost")]
    [InlineData("cp /home/alice/.ssh/id_ed25519 '/tmp/a\nb\t\"c'\\''$(id)'", "TemporaryKeys Error /tmp/a?b?\"c'$(id) private key")]
    public void MoreIsFoundWhereItIs(string seed, string expected)
    {
        _machine.Do(seed);

        Assert.Equal([expected], Audit().Except(s_seeded));
    }

    [Fact]
    public void NothingIsChangedAndNoSecretIsShown()
    {
        const string Facts = "find / -xdev ! -path '/proc*' ! -path /dev/console -printf '%p %s %T@ %C@ %m\\n' | sort | sha256sum";

        CommandResult result = _machine.Do($"{Facts}\nsh -c '{Script.Replace("'", @"'\''", StringComparison.Ordinal)}'\n{Facts}");

        Assert.Equal(result.Lines[0], result.Lines[^1]);
        Assert.DoesNotContain("Example", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("$y$", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void AMountedTreeIsReadLikeTheMachineItself()
    {
        string[] found = Findings(_machine.Do($$"""
            mkdir -p '/mnt/odd name'
            mount --rbind / '/mnt/odd name'
            IMAGECMDLETS_ROOT='/mnt/odd name'
            export IMAGECMDLETS_ROOT
            {{Script}}
            """));

        Assert.Equal(s_seeded, found);
    }

    [Fact]
    public async Task ATreeThatWasUnpackedHereIsAuditedByThisComputersShell()
    {
        string root = Directory.CreateTempSubdirectory("imagecmdlets-root-").FullName;
        try
        {
            // What packages have put there is of no concern, and large.
            string packed = _machine.Do("tar -C / -cz --exclude=./var/lib/dpkg --exclude=./var/lib/apt --exclude=./var/cache ./etc ./home ./root ./tmp ./mnt ./var | base64 -w 0").Output.Trim();
            await File.WriteAllBytesAsync(Path.Combine(root, "tree.tgz"), Convert.FromBase64String(packed), TestContext.Current.CancellationToken);
            Assert.Equal(0, Command.Run("/bin/tar", ["-xzf", Path.Combine(root, "tree.tgz"), "-C", root]).ExitCode);
            var sink = new ItemSink();

            await ResidueService.TestRootAsync([root], sink, TestContext.Current.CancellationToken);

            ImageResidue residue = Assert.IsType<ImageResidue>(Assert.Single(sink.Items));
            Assert.Equal((root, false), (residue.Path, residue.IsClean));
            Assert.Equal(s_seeded.Select(line => string.Join(' ', line.Split(' ').Take(3))).Order(StringComparer.Ordinal),
                residue.Finding.Select(finding => $"{finding.RuleId["Linux.".Length..]} {finding.Severity} {finding.Target}").Order(StringComparer.Ordinal));
        }
        finally
        {
            Command.Run("/bin/rm", ["-rf", "--one-file-system", root]);
        }
    }

    [Fact]
    public void ManyFindingsCanBeReadInParts()
    {
        string[] first = _machine.Do("export IMAGECMDLETS_TAKE=20\n" + Script).Lines;
        string[] second = _machine.Do("export IMAGECMDLETS_SKIP=20 IMAGECMDLETS_TAKE=20\n" + Script).Lines;

        Assert.Equal((22, 14), (first.Length, second.Length));
        Assert.Equal((first[^1], second[^1]), ($"imagecmdlets-residue-end\t{s_seeded.Length}", $"imagecmdlets-residue-end\t{s_seeded.Length}"));
        Assert.Equal(s_seeded, first[1..^1].Concat(second[1..^1]).Select(Words));
    }

    [Fact]
    public void AFolderThatIsNotThereIsSaidToBeSo()
    {
        CommandResult result = _machine.Run("set -- /nowhere\n" + Script);

        Assert.Equal((2, "", "There is no folder /nowhere.\n"), (result.ExitCode, result.Output, result.Error));
    }

    private static string Script => GuestScript.Read("Generalization.Scripts.linux-residue.sh");

    private string[] Audit() => Findings(_machine.Do(Script));

    private static string[] Findings(CommandResult result)
    {
        Assert.Empty(result.Error);
        Assert.StartsWith("imagecmdlets-residue\t1\t/", result.Lines[0], StringComparison.Ordinal);
        Assert.Equal($"imagecmdlets-residue-end\t{result.Lines.Length - 2}", result.Lines[^1]);
        Assert.All(result.Lines[1..^1], line => Assert.Equal(4, line.Split('\t').Length));
        return [.. result.Lines[1..^1].Select(Words)];
    }

    private static string Words(string line)
    {
        Assert.StartsWith("Linux.", line, StringComparison.Ordinal);
        return line["Linux.".Length..].Replace('\t', ' ').TrimEnd();
    }
}
