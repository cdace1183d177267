using ImageCmdlets.Guest.Tests.Machine;

namespace ImageCmdlets.Guest.Tests.Agent;

/// <summary>What the agent and cloud-init of Debian remove by themselves, and what they leave: the facts that our script is made for
/// (Debian 12, waagent 2.7.3.0, cloud-init 22.4.2). An exit code of 0 says nothing.</summary>
[Trait("Category", "RealGuest")]
public sealed class WaagentTests : IDisposable
{
    private const string Deprovision = "waagent -force -deprovision+user";

    private static readonly string[] s_warnings =
    [
        "WARNING! The waagent service will be stopped.",
        "WARNING! All SSH host key pairs will be deleted.",
        "WARNING! Cached DHCP leases will be deleted.",
        "WARNING! root password will be disabled. You will not be able to login as root.",
        "WARNING! /etc/resolv.conf will be deleted.",
    ];

    private static readonly string[] s_userIsDeleted = ["WARNING! azureuser account and entire home directory will be deleted."];
    private static readonly string[] s_userIsSkipped = ["WARNING! ovf-env.xml is not found.", "WARNING! Skip delete user."];
    private static readonly string[] s_user = ["azureuser", "azureuser-home"];

    private static readonly string[] s_agentRemoves =
        ["host-keys", "agent-state", "ovf-env", "agent-log", "extension-logs", "leases", "resolv.conf", "hostname", "root-password", "root-history"];

    private static readonly string[] s_cloudInitRemoves = ["cloud-data", "cloud-logs"];

    private readonly DebianMachine _machine = UsedMachine.Create();
    private readonly string[] _all;

    public WaagentTests() => _all = _machine.Left;

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void TheSeedIsWhatTheOthersBeginWith() => Assert.Equal(25, _all.Length);

    [Fact]
    public void T1DeprovisioningLeavesMachineIdCloudDataAndOtherPeople()
    {
        CommandResult result = _machine.Run(Deprovision);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal([.. s_warnings, .. s_userIsDeleted], result.Lines);
        Assert.Equal(
            [
                "machine-id", "dbus-machine-id", "cloud-data", "cloud-seed", "cloud-logs", "root-keys",
                "azureuser-sudo", "alice", "alice-home", "alice-history", "alice-sudo", "swap", "random-seed",
            ],
            _machine.Left);
        Assert.Equal("localhost.localdomain", _machine.Do("cat /etc/hostname").Output);
    }

    [Fact]
    public void T2WithoutOvfEnvTheUserIsKept()
    {
        _machine.Do("rm /var/lib/waagent/ovf-env.xml");

        CommandResult result = _machine.Run(Deprovision);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal([.. s_warnings, .. s_userIsSkipped], result.Lines);
        Assert.Equal(_all.Except(s_agentRemoves), _machine.Left);
    }

    [Fact]
    public void AnOvfEnvThatIsNotWholeCountsAsNone()
    {
        _machine.Do("sed -i '/<PlatformSettings /d' /var/lib/waagent/ovf-env.xml");

        CommandResult result = _machine.Run(Deprovision);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal([.. s_warnings, .. s_userIsSkipped], result.Lines);
        Assert.Equal(_all.Except(s_agentRemoves), _machine.Left);
    }

    [Fact]
    public void T3ASecondRunKnowsTheUserNoMore()
    {
        _machine.Do(Deprovision);
        string[] left = _machine.Left;

        CommandResult result = _machine.Run(Deprovision);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal([.. s_warnings, .. s_userIsSkipped], result.Lines);
        Assert.Equal(left, _machine.Left);
    }

    [Fact]
    public void T4AUserWhoseProcessRunsIsDeletedAllTheSame()
    {
        CommandResult result = _machine.Run($"""
            setpriv --reuid azureuser --regid azureuser --clear-groups /usr/bin/sleep 60 &
            child=$!
            until grep -q '^Name:.sleep' /proc/$child/status; do /usr/bin/sleep 0.1; done
            {Deprovision} && kill -0 $child && echo 'The process runs.'
            """);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal([.. s_warnings, .. s_userIsDeleted, "The process runs."], result.Lines);
        Assert.Equal(_all.Except([.. s_agentRemoves, .. s_user]), _machine.Left);
    }

    [Fact]
    public void T5WithoutForceAndWithoutAnybodyToAnswerNothingIsRemoved()
    {
        CommandResult result = _machine.Run("waagent -deprovision+user </dev/null");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("EOFError: EOF when reading a line", result.Output, StringComparison.Ordinal);
        Assert.Equal(_all, _machine.Left);
    }

    [Fact]
    public void T6SomebodyElseThanRootRemovesNothing()
    {
        CommandResult result = _machine.Run($"setpriv --reuid alice --regid alice --clear-groups {Deprovision}");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal([.. s_warnings, .. s_userIsSkipped], result.Lines.Take(7));
        Assert.Contains("PermissionError: [Errno 13] Permission denied: '/etc/ssh/ssh_host_", result.Output, StringComparison.Ordinal);
        Assert.Equal(_all, _machine.Left);
    }

    [Fact]
    public void T7WithoutUserTheUserIsKept()
    {
        CommandResult result = _machine.Run("waagent -force -deprovision");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(s_warnings, result.Lines);
        Assert.Equal(_all.Except(s_agentRemoves), _machine.Left);
        _machine.Do("test -s /home/azureuser/.ssh/authorized_keys");
    }

    [Fact]
    public void T8CloudInitRemovesTheMachineIdButNotThePeople()
    {
        CommandResult result = _machine.Run($"cloud-init clean --logs --seed --machine-id && {Deprovision}");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal([.. s_warnings, .. s_userIsDeleted], result.Lines);
        Assert.Equal(_all.Except([.. s_agentRemoves, .. s_user, .. s_cloudInitRemoves, "cloud-seed", "machine-id"]), _machine.Left);
        // This version takes the file away, where later ones write "uninitialized" into it.
        _machine.Do("test ! -e /etc/machine-id");
    }

    [Fact]
    public void T9CloudInitAloneLeavesTheMachineId()
    {
        CommandResult result = _machine.Run("cloud-init clean --logs");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(_all.Except(s_cloudInitRemoves), _machine.Left);
    }

    [Fact]
    public void AnOptionThatTheAgentDoesNotKnowIsNoError()
    {
        CommandResult result = _machine.Run("waagent -force --de-provision+user");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("usage: /usr/sbin/waagent", Assert.Single(result.Lines), StringComparison.Ordinal);
        Assert.Equal(_all, _machine.Left);
    }

    [Fact]
    public void AnOptionThatCloudInitDoesNotKnowCostsTheWholeCommand()
    {
        CommandResult result = _machine.Run("cloud-init clean --logs --seed --configs all");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(_all, _machine.Left);
    }
}
