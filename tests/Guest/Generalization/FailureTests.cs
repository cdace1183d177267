using ImageCmdlets.Guest.Tests.Machine;

namespace ImageCmdlets.Guest.Tests.Generalization;

/// <summary>Whatever goes wrong is said, and a machine that is not generalized does not switch itself off.</summary>
[Trait("Category", "RealGuest")]
public sealed class FailureTests : IDisposable
{
    private const string ReadOnlyMachineId = "mount --bind /etc/machine-id /etc/machine-id; mount -o remount,ro,bind /etc/machine-id";
    private const string AgentWithoutOption =
        "sed -i 's/\"deprovision\"/\"none\"/; s/deprovision..+user\", arg/none\", arg/' /usr/lib/python3/dist-packages/azurelinuxagent/agent.py";

    private readonly DebianMachine _machine = UsedMachine.Create();
    private readonly string[] _all;

    public FailureTests() => _all = _machine.Left;

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("rm /usr/sbin/waagent", "", "The Azure Linux agent (waagent) is not installed.")]
    [InlineData("rm -r /usr/lib/python3/dist-packages/azurelinuxagent", "", "The Azure Linux agent (waagent) does not run.")]
    [InlineData(":", "setpriv --reuid alice --regid alice --clear-groups", "The script does not run as root.")]
    [InlineData(":", "IMAGECMDLETS_ADMIN_USER='x;reboot'", "A name that was given to the script is not the name of a user.")]
    [InlineData(":", "IMAGECMDLETS_REMOVE_USERS='alice,-r'", "A name that was given to the script is not the name of a user.")]
    [InlineData(":", "IMAGECMDLETS_KEEP_USERS='$(reboot)'", "A name that was given to the script is not the name of a user.")]
    [InlineData(":", "IMAGECMDLETS_REMOVE_USERS=sshd", "The user sshd belongs to the system and cannot be removed.")]
    [InlineData(":", "IMAGECMDLETS_REMOVE_USERS=root", "The user root belongs to the system and cannot be removed.")]
    [InlineData(":", "IMAGECMDLETS_REMOVE_USERS=alcie", "There is no user alcie.")]
    [InlineData(":", "IMAGECMDLETS_REMOVE_USERS=alice,nobody-of-that-name", "There is no user nobody-of-that-name.")]
    [InlineData(":", "IMAGECMDLETS_KEEP_USERS=azuresuer", "There is no user azuresuer.")]
    [InlineData("mount -t tmpfs -o size=4k none /run; head -c 4096 /dev/zero > /run/full", "", "The job cannot be written to /run.")]
    public void WhatCannotBeDoneIsRefusedBeforeAnythingIsRemoved(string before, string settings, string reason)
    {
        GeneralizeRun run = GeneralizeScript.Run(_machine, settings, before);

        Assert.Equal(("1", "Refused", reason), (run.ExitCode, run.Outcome, run.Reason));
        Assert.Null(run.End);
        Assert.False(run.IsSwitchedOff);
        Assert.Equal(_all, _machine.Left);
    }

    [Theory]
    [InlineData("printf '#!/bin/sh\\nexit 1\\n' > /usr/bin/cloud-init", "cloud-init clean failed.")]
    [InlineData("mount --bind /var/lib/cloud/instances /var/lib/cloud/instances", "cloud-init clean failed.")]
    [InlineData(ReadOnlyMachineId, "/etc/machine-id cannot be written.")]
    [InlineData("rm /usr/bin/cloud-init; " + ReadOnlyMachineId, "/etc/machine-id cannot be written.")]
    [InlineData(AgentWithoutOption, "waagent -force -deprovision+user did nothing.")]
    [InlineData("mount --bind /etc/ssh/ssh_host_rsa_key /etc/ssh/ssh_host_rsa_key", "waagent -force -deprovision+user failed.")]
    public void ACommandThatFailsOrDoesNothingIsToldAndTheMachineRunsOn(string before, string reason)
    {
        GeneralizeRun run = GeneralizeScript.Run(_machine, before: before);

        Assert.Equal(("0", "Scheduled"), (run.ExitCode, run.Outcome));
        Assert.Equal(("Failed", reason), (run.EndOutcome, run.EndReason));
        Assert.False(run.IsSwitchedOff);
        Assert.Contains("azureuser", _machine.Left);
    }

    [Theory]
    [InlineData("mount --bind /home/alice/.bash_history /home/alice/.bash_history", "/home/alice/.bash_history")]
    [InlineData("mount --bind /root/.ssh/authorized_keys /root/.ssh/authorized_keys", "/root/.ssh/authorized_keys")]
    [InlineData("rm /usr/sbin/userdel /var/lib/waagent/ovf-env.xml", "user azureuser")]
    [InlineData("sed -i /DeleteRootPassword/d /etc/waagent.conf; rm /usr/sbin/usermod /usr/bin/passwd", "password of root")]
    [InlineData("printf 'alice ALL=(ALL) (\\nazureuser ALL=(ALL) ALL\\n' > /etc/sudoers.d/90-cloud-init-users", "rules in /etc/sudoers.d/90-cloud-init-users")]
    public void WhatIsStillThereIsNamed(string before, string left)
    {
        GeneralizeRun run = GeneralizeScript.Run(_machine, before: before);

        Assert.Equal(("Failed", $"Could not be removed: {left}"), (run.EndOutcome, run.EndReason));
        Assert.False(run.IsSwitchedOff);
    }

    [Fact]
    public void TheNextRunTellsWhyTheLastOneFailedAndCanSucceed()
    {
        GeneralizeScript.Run(_machine, before: "mount --bind /home/alice/.bash_history /home/alice/.bash_history");

        GeneralizeRun run = GeneralizeScript.Run(_machine);

        Assert.Contains("An earlier run failed: Could not be removed: /home/alice/.bash_history", run.Warnings);
        Assert.Equal(("Deprovisioned", true), (run.EndOutcome, run.IsSwitchedOff));
    }

    [Fact]
    public void AUserWhomTheFailedRunTookAwayIsNotTakenForAMisspeltOne()
    {
        GeneralizeScript.Run(_machine, "IMAGECMDLETS_REMOVE_USERS=bob", "mount --bind /home/alice/.bash_history /home/alice/.bash_history");

        Assert.Equal("There is no user bobby.", GeneralizeScript.Run(_machine, "IMAGECMDLETS_REMOVE_USERS=bob,bobby").Reason);
        Assert.Equal("Deprovisioned", GeneralizeScript.Run(_machine, "IMAGECMDLETS_REMOVE_USERS=bob").EndOutcome);
    }

    [Fact]
    public void TheAgentIsStartedAgainAfterAFailure()
    {
        GeneralizeScript.Run(_machine, before: """
            printf '#!/bin/sh\necho "$*" >> /run/services\n' > /usr/local/bin/systemctl
            chmod 755 /usr/local/bin/systemctl
            mount --bind /home/alice/.bash_history /home/alice/.bash_history
            """);

        Assert.Equal("start walinuxagent", _machine.Do("cat /run/services").Lines[^1]);
    }
}
