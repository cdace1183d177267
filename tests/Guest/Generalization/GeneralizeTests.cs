using ImageCmdlets.Guest.Tests.Machine;

namespace ImageCmdlets.Guest.Tests.Generalization;

/// <summary>Our script on the real packages: nothing is left where the agent alone leaves half, and what is to stay stays.</summary>
[Trait("Category", "RealGuest")]
public sealed class GeneralizeTests : IDisposable
{
    private static readonly string[] s_alice = ["alice", "alice-home", "alice-sudo"];

    private readonly DebianMachine _machine = UsedMachine.Create();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void NothingPersonalIsLeftButOtherUsers()
    {
        GeneralizeRun run = GeneralizeScript.Run(_machine);

        Assert.Equal(("0", "Scheduled", "azureuser"), (run.ExitCode, run.Outcome, run.Users));
        Assert.Equal("WALinuxAgent-2.7.3.0 running on debian 12", run.Answer?.GetProperty("agent").GetString());
        Assert.Equal("setsid", run.Answer?.GetProperty("by").GetString());
        Assert.Empty(run.Warnings);
        Assert.Equal(("Deprovisioned", ""), (run.EndOutcome, run.EndReason));
        Assert.True(run.IsSwitchedOff);
        Assert.Equal(s_alice, _machine.Left);
    }

    [Fact]
    public void WhatIsToStayStays()
    {
        const string Facts = """
            cat /etc/waagent.conf /etc/cloud/cloud.cfg /etc/sudoers /etc/fstab /etc/ssh/sshd_config | sha256sum
            dpkg-query -W | sha256sum
            find /home/alice /home/bob -type f ! -name '.*_history' -exec sha256sum {} + | sort
            grep -E '^(alice|bob):' /etc/passwd /etc/shadow /etc/group
            """;
        string before = _machine.Do(Facts).Output;

        GeneralizeScript.Run(_machine);

        Assert.Equal(before, _machine.Do(Facts).Output);
        Assert.Equal("-r--r--r-- 0 root", _machine.Do("stat -c '%A %s %U' /etc/machine-id").Output.Trim());
        Assert.Equal("alice ALL=(ALL) ALL", _machine.Do("cat /etc/sudoers.d/alice; visudo -c -q").Output.Trim());
    }

    [Fact]
    public void TheEndIsToldOnTheConsoleToo()
    {
        GeneralizeScript.Run(_machine);

        Assert.Equal(
            """{"result":"imagecmdlets-generalize","os":"Linux","outcome":"Deprovisioned","reason":""}""",
            _machine.Do("tr -d '\\r' < /dev/console").Output.Trim());
    }

    [Fact]
    public void AUserThatIsKeptKeepsHomeKeysAndRights()
    {
        GeneralizeRun run = GeneralizeScript.Run(_machine, "IMAGECMDLETS_KEEP_USERS=azureuser,root");

        Assert.Equal(("Scheduled", "", "Deprovisioned"), (run.Outcome, run.Users, run.EndOutcome));
        Assert.Equal([.. new[] { "root-keys", "azureuser", "azureuser-home", "azureuser-sudo" }, .. s_alice], _machine.Left);
        _machine.Do("test -s /home/azureuser/.ssh/authorized_keys && test ! -e /home/azureuser/.bash_history");
    }

    [Fact]
    public void UsersThatAreNamedGoToo()
    {
        GeneralizeRun run = GeneralizeScript.Run(_machine, "IMAGECMDLETS_REMOVE_USERS=alice");

        Assert.Equal(("azureuser,alice", "Deprovisioned"), (run.Users, run.EndOutcome));
        Assert.Empty(_machine.Left);
    }

    [Theory]
    [InlineData("rm /var/lib/waagent/ovf-env.xml", "")]
    [InlineData("sed -i '/<PlatformSettings /d' /var/lib/waagent/ovf-env.xml", "")]
    [InlineData("rm /var/lib/waagent/ovf-env.xml /etc/sudoers.d/90-cloud-init-users", "IMAGECMDLETS_ADMIN_USER=azureuser")]
    public void TheUserGoesAlsoWhenTheAgentDoesNotKnowIt(string before, string settings)
    {
        GeneralizeRun run = GeneralizeScript.Run(_machine, settings, before);

        Assert.Equal(("azureuser", "Deprovisioned"), (run.Users, run.EndOutcome));
        Assert.Empty(run.Warnings);
        Assert.Equal(s_alice, _machine.Left);
    }

    [Fact]
    public void AUserThatNobodyKnowsIsSaidToStay()
    {
        GeneralizeRun run = GeneralizeScript.Run(_machine, before: "rm /var/lib/waagent/ovf-env.xml /etc/sudoers.d/90-cloud-init-users");

        Assert.Equal(("Scheduled", "", "Deprovisioned"), (run.Outcome, run.Users, run.EndOutcome));
        Assert.Equal(["ovf-env.xml is missing: the agent does not know which user Azure made, and leaves it."], run.Warnings);
        Assert.Equal([.. new[] { "azureuser", "azureuser-home" }, .. s_alice], _machine.Left);
    }

    [Fact]
    public void SudoRulesOfOthersStay()
    {
        GeneralizeScript.Run(_machine, before: """
            printf 'Defaults:alice !lecture\nalice ALL=(ALL) NOPASSWD:ALL\n%%ops ALL=(ALL) ALL\n' >> /etc/sudoers.d/90-cloud-init-users
            """);

        Assert.Equal(
            ["Defaults:alice !lecture", "alice ALL=(ALL) NOPASSWD:ALL", "%ops ALL=(ALL) ALL", "-r--r-----"],
            _machine.Do("cat /etc/sudoers.d/90-cloud-init-users; stat -c %A /etc/sudoers.d/90-cloud-init-users; visudo -c -q").Lines);
    }

    [Theory]
    [InlineData(@"azureuser ALL=(ALL) NOPASSWD:ALL\nalice ALL=(ALL) ALL", @"alice ALL=(ALL) ALL\n")]
    [InlineData(@"azureuser ALL=(ALL) ALL\nUser_Alias ADMINS = alice\nADMINS ALL=(ALL) ALL\n", @"User_Alias ADMINS = alice\nADMINS ALL=(ALL) ALL\n")]
    [InlineData(@"alice ALL=(ALL) \\\n  NOPASSWD: /usr/bin/apt, \\\n\t/usr/bin/dpkg\nazureuser ALL=(ALL) ALL\n", @"alice ALL=(ALL) \\\n  NOPASSWD: /usr/bin/apt, \\\n\t/usr/bin/dpkg\n")]
    [InlineData(@"azureuser ALL=(ALL) \\\n  NOPASSWD: \\\n  ALL\nalice ALL=(ALL) ALL\n", @"alice ALL=(ALL) ALL\n")]
    [InlineData(@"azureuser\\\n  ALL=(ALL) ALL\n  alice ALL=(ALL) ALL\n", @"  alice ALL=(ALL) ALL\n")]
    [InlineData(@"azureuser ALL=(ALL) ALL\nazureuser, alice ALL=(ALL) /bin/true\n#1000 ALL=(ALL) /bin/true\n", @"azureuser, alice ALL=(ALL) /bin/true\n#1000 ALL=(ALL) /bin/true\n")]
    [InlineData(@"# a comment \\\nazureuser ALL=(ALL) ALL\nalice ALL=(ALL) ALL\n", @"alice ALL=(ALL) ALL\n")]
    public void OnlyTheRulesOfUsersThatAreGoneGo(string rules, string left)
    {
        GeneralizeRun run = GeneralizeScript.Run(_machine, before: $"""
            printf '{rules}' > /etc/sudoers.d/90-cloud-init-users
            visudo -c -q
            """);

        Assert.Equal("Deprovisioned", run.EndOutcome);
        Assert.Equal(_machine.Do($"printf '{left}'; echo -r--r-----").Output,
            _machine.Do("cat /etc/sudoers.d/90-cloud-init-users; stat -c %A /etc/sudoers.d/90-cloud-init-users; visudo -c -q; ls /etc/sudoers.d | grep -v -e alice -e README -e 90-cloud || :").Output);
    }

    [Fact]
    public void AUserInCapitalsThatWasRemovedIsNoAlias()
    {
        _machine.Do("useradd -m OPS; printf 'OPS ALL=(ALL) ALL\n' > /etc/sudoers.d/OPS; chmod 440 /etc/sudoers.d/OPS");

        GeneralizeRun run = GeneralizeScript.Run(_machine, "IMAGECMDLETS_REMOVE_USERS=OPS");

        Assert.Equal(("azureuser,OPS", "Deprovisioned"), (run.Users, run.EndOutcome));
        _machine.Do("test ! -e /etc/sudoers.d/OPS");
    }

    [Theory]
    [InlineData("sed -i 's/^Provisioning.DeleteRootPassword=.*/Provisioning.DeleteRootPassword=n/' /etc/waagent.conf", "root:*:")]
    [InlineData("sed -i '/^Provisioning.DeleteRootPassword=/d' /etc/waagent.conf; passwd -d root", "root:*:")]
    [InlineData("sed -i '/^Provisioning.DeleteRootPassword=/d' /etc/waagent.conf; passwd -l root", "root:*:")]
    [InlineData(":", "root:*LOCK*:")]
    public void TheRootPasswordIsLostWhateverTheAgentIsTold(string before, string left)
    {
        GeneralizeRun run = GeneralizeScript.Run(_machine, before: before);

        Assert.Equal("Deprovisioned", run.EndOutcome);
        Assert.StartsWith(left, _machine.Do("grep ^root: /etc/shadow").Output, StringComparison.Ordinal);
        Assert.Equal(s_alice, _machine.Left);
    }

    [Fact]
    public void TheRootPasswordStaysWithRoot()
    {
        GeneralizeRun run = GeneralizeScript.Run(
            _machine, "IMAGECMDLETS_KEEP_USERS=root", "sed -i '/^Provisioning.DeleteRootPassword=/d' /etc/waagent.conf");

        Assert.Equal("Deprovisioned", run.EndOutcome);
        Assert.Equal(["root-password", "root-keys", .. s_alice], _machine.Left);
    }

    [Fact]
    public void AUserWhoseProcessRunsGoes()
    {
        GeneralizeRun run = GeneralizeScript.Run(_machine, before: """
            rm /var/lib/waagent/ovf-env.xml
            setpriv --reuid azureuser --regid azureuser --clear-groups /usr/bin/sleep 60 &
            """);

        Assert.Equal("Deprovisioned", run.EndOutcome);
        Assert.Equal(s_alice, _machine.Left);
    }

    [Fact]
    public void WithoutCloudInitItsRemainsGoAllTheSame()
    {
        GeneralizeRun run = GeneralizeScript.Run(_machine, before: "rm /usr/bin/cloud-init");

        Assert.Equal(["cloud-init is not installed."], run.Warnings);
        Assert.Equal("Deprovisioned", run.EndOutcome);
        Assert.Equal(s_alice, _machine.Left);
    }

    [Fact]
    public void HostKeysStayWhereNobodyWouldMakeNewOnes()
    {
        GeneralizeRun run = GeneralizeScript.Run(
            _machine, before: "rm /usr/bin/cloud-init; sed -i 's/^\\(Provisioning.RegenerateSshHostKeyPair\\)=.*/\\1=n/' /etc/waagent.conf");

        Assert.Equal(
            ["cloud-init is not installed.", "The SSH host keys stay: the agent is told not to make new ones (Provisioning.RegenerateSshHostKeyPair=n)."],
            run.Warnings);
        Assert.Equal("Deprovisioned", run.EndOutcome);
        Assert.Equal(["host-keys", .. s_alice], _machine.Left);
    }

    // What later versions of cloud-init write (canonical/cloud-init#1953): systemd applies its presets to every unit of such a machine.
    [Theory]
    [InlineData("echo uninitialized > /etc/machine-id")]
    [InlineData("rm /etc/machine-id")]
    public void TheMachineIdIsEmptyAndNeverSaysThatTheMachineIsNew(string before)
    {
        GeneralizeRun run = GeneralizeScript.Run(_machine, before: before);

        Assert.Equal("Deprovisioned", run.EndOutcome);
        Assert.Equal(s_alice, _machine.Left);
        Assert.Equal("-r--r--r-- 0 root", _machine.Do("stat -c '%A %s %U' /etc/machine-id").Output.Trim());
    }

    [Fact]
    public void TheScriptFindsTheAgentOutsideOfThePath()
    {
        GeneralizeRun run = GeneralizeScript.Run(_machine, "PATH=/usr/local/bin:/usr/bin:/bin");

        Assert.Equal(("Scheduled", "Deprovisioned"), (run.Outcome, run.EndOutcome));
        Assert.Equal(s_alice, _machine.Left);
    }

    [Fact]
    public void ASecondRunAfterTheNextBootFindsNothingToDo()
    {
        GeneralizeScript.Run(_machine);

        GeneralizeRun run = GeneralizeScript.Run(_machine, before: "rm -rf /run/imagecmdlets-generalize.* /run/switched-off");

        Assert.Equal(("Scheduled", "Deprovisioned", true), (run.Outcome, run.EndOutcome, run.IsSwitchedOff));
        Assert.Equal(s_alice, _machine.Left);
    }
}
