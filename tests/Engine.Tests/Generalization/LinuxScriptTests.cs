using System.Text.Json;

namespace ImageCmdlets.Engine.Tests.Generalization;

public sealed class LinuxScriptTests : IDisposable
{
    private const string Schedule = "systemd-run --on-active=60 /bin/sh /run/imagecmdlets-generalize.sh /run/imagecmdlets-generalize.lock deprovision+user , ,";
    private readonly LinuxScriptRig _rig;

    public LinuxScriptTests()
    {
        Assert.SkipUnless(LinuxScriptRig.IsPossible, "This machine has no /bin/sh; the script is run on those that have.");
        _rig = new LinuxScriptRig();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _rig?.Dispose();

    [Fact]
    public async Task TheAnswerComesBeforeAnythingIsDone()
    {
        (int exitCode, JsonElement report) = await _rig.RunScriptAsync(Token);

        Assert.Equal(0, exitCode);
        Assert.Equal("imagecmdlets-generalize", report.GetProperty("result").GetString());
        Assert.Equal("Scheduled", report.GetProperty("outcome").GetString());
        Assert.Equal("systemd-run", report.GetProperty("by").GetString());
        Assert.Equal("WALinuxAgent-2.7.3.0 running on debian 12", report.GetProperty("agent").GetString());
        Assert.Equal(0, report.GetProperty("warnings").GetArrayLength());
        Assert.Equal(["waagent -version", Schedule], _rig.TakeLog());
        Assert.True(File.Exists(_rig.At("var/lib/waagent/provisioned")));
    }

    [Fact]
    public async Task TheJobCleansDeprovisionsAndThenSwitchesOff()
    {
        await _rig.RunScriptAsync(Token);
        _rig.TakeLog();

        Assert.Equal(0, await _rig.RunJobAsync(Token));

        Assert.Equal(["cloud-init clean --logs --seed", "waagent -force -deprovision+user", "systemctl stop systemd-random-seed", "sync", "shutdown -h now"], _rig.TakeLog());
        Assert.Empty(await File.ReadAllTextAsync(_rig.At("etc/machine-id"), Token));
    }

    // canonical/cloud-init#1953: systemd takes a machine with this word for one that boots for the first time ever.
    [Theory]
    [InlineData("uninitialized\n")]
    [InlineData("")]
    public async Task TheMachineIdIsEmptyWhateverWasThere(string before)
    {
        await File.WriteAllTextAsync(_rig.At("etc/machine-id"), before, Token);
        await File.WriteAllTextAsync(_rig.At("var/lib/dbus/machine-id"), "0123456789abcdef0123456789abcdef\n", Token);
        await _rig.RunScriptAsync(Token);

        await _rig.RunJobAsync(Token);

        Assert.Empty(await File.ReadAllTextAsync(_rig.At("etc/machine-id"), Token));
        Assert.False(File.Exists(_rig.At("var/lib/dbus/machine-id")));
    }

    [Theory]
    [InlineData("exit 1")]
    [InlineData("exit 0")]
    public async Task AnAgentThatDidNotForgetTheMachineLeavesItRunning(string agent)
    {
        await _rig.RunScriptAsync(Token);
        _rig.StandIn("waagent", agent);
        _rig.TakeLog();

        Assert.Equal(1, await _rig.RunJobAsync(Token));

        Assert.Equal(["waagent -force -deprovision+user", "systemctl start walinuxagent"], _rig.TakeLog().TakeLast(2));
        Assert.False(Directory.Exists(_rig.At("run/imagecmdlets-generalize.lock")));
    }

    [Fact]
    public async Task ASecondJobDoesNothing()
    {
        await _rig.RunScriptAsync(Token);
        await _rig.RunScriptAsync(Token);
        await _rig.RunJobAsync(Token);
        _rig.TakeLog();

        Assert.Equal(0, await _rig.RunJobAsync(Token));

        Assert.Empty(_rig.TakeLog());
    }

    [Fact]
    public async Task WithoutSystemdItAsksTheAtDaemon()
    {
        _rig.StandIn("systemd-run", "exit 1");

        (_, JsonElement report) = await _rig.RunScriptAsync(Token);

        Assert.Equal("at", report.GetProperty("by").GetString());
        Assert.Equal(120, report.GetProperty("delaySeconds").GetInt32());
        Assert.Equal("at -M now + 2 minutes", _rig.TakeLog()[^1]);
    }

    [Fact]
    public async Task WithoutSystemdAndDaemonItStartsASessionOfItsOwn()
    {
        _rig.StandIn("systemd-run", "exit 1");
        _rig.StandIn("setsid", $"echo > '{_rig.At("run/imagecmdlets-generalize.away")}'");
        File.Delete(_rig.At("run/atd.pid"));

        (int exitCode, JsonElement report) = await _rig.RunScriptAsync(Token);

        Assert.Equal(0, exitCode);
        Assert.Equal("setsid", report.GetProperty("by").GetString());
        Assert.Equal(60, report.GetProperty("delaySeconds").GetInt32());
        Assert.Equal(
            "setsid /bin/sh -c echo > /run/imagecmdlets-generalize.away; sleep 60; exec /bin/sh /run/imagecmdlets-generalize.sh /run/imagecmdlets-generalize.lock deprovision+user , ,",
            await _rig.WaitForLogAsync("setsid", Token));
    }

    [Fact]
    public async Task SomebodyElseThanRootIsRefused()
    {
        _rig.StandIn("id", "echo 1000");

        (int exitCode, JsonElement report) = await _rig.RunScriptAsync(Token);

        Assert.Equal(1, exitCode);
        Assert.Equal("Refused", report.GetProperty("outcome").GetString());
        Assert.Equal("The script does not run as root.", report.GetProperty("reason").GetString());
        Assert.Empty(_rig.TakeLog());
    }

    [Fact]
    public async Task AnAgentThatDoesNotRunIsRefusedBeforeAnythingIsScheduled()
    {
        _rig.StandIn("waagent", "exit 127");

        (int exitCode, JsonElement report) = await _rig.RunScriptAsync(Token);

        Assert.Equal(1, exitCode);
        Assert.Equal("The Azure Linux agent (waagent) does not run.", report.GetProperty("reason").GetString());
        Assert.Equal(["waagent -version"], _rig.TakeLog());
    }

    [Fact]
    public async Task AUserThatWillBeLeftIsSaidBefore()
    {
        File.Delete(_rig.At("var/lib/waagent/ovf-env.xml"));

        (_, JsonElement report) = await _rig.RunScriptAsync(Token);

        Assert.Equal("Scheduled", report.GetProperty("outcome").GetString());
        Assert.Equal(
            "ovf-env.xml is missing: the agent does not know which user Azure made, and leaves it.",
            Assert.Single(report.GetProperty("warnings").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task ARootWhosePasswordCannotBeTakenKeepsTheMachineRunning()
    {
        await File.WriteAllTextAsync(_rig.At("etc/shadow"), "root:$6$salt$hash:19700:0:99999:7:::\n", Token);
        _rig.StandIn("usermod", "exit 1");
        await _rig.RunScriptAsync(Token);
        _rig.TakeLog();

        Assert.Equal(1, await _rig.RunJobAsync(Token));

        Assert.Contains("\"reason\":\"Could not be removed: password of root\"", await File.ReadAllTextAsync(_rig.At("run/imagecmdlets-generalize.result"), Token), StringComparison.Ordinal);
        IReadOnlyList<string> log = _rig.TakeLog();
        Assert.Equal(["usermod -p * root", "passwd -l root"], log.Where(line => line.EndsWith(" root", StringComparison.Ordinal)));
        Assert.DoesNotContain("shutdown -h now", log);
    }

    [Fact]
    public async Task TextFromTheMachineCannotBreakTheAnswer()
    {
        _rig.StandIn("waagent", "printf '%s\\n' 'odd \"agent\\\" \t{}'");

        (_, JsonElement report) = await _rig.RunScriptAsync(Token);

        Assert.Equal("odd \"agent\\\" {}", report.GetProperty("agent").GetString());
    }
}
