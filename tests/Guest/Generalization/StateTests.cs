using System.Globalization;
using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Guest.Tests.Machine;

namespace ImageCmdlets.Guest.Tests.Generalization;

/// <summary>What <c>Get-GeneralizeState</c> asks of a Linux machine, in a real one.</summary>
[Trait("Category", "RealGuest")]
public sealed class StateTests : IDisposable
{
    private readonly DebianMachine _machine = UsedMachine.Create();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void AMachineInUseIsReady()
    {
        GuestStateReport state = Read();

        Assert.Equal(GuestStateName.Ready, state.Judge(isWindows: false));
        Assert.Equal((true, true), (state.Truth("IsAgentProvisioned"), state.Truth("HasOvfEnv")));
        Assert.Equal(BootTime(), state.Time("BootTime"));
        Assert.Equal(("11111111-2222-3333-4444-555555555555", "Set", "None", null), (state.Text("CloudInitInstance"), state.Text("MachineId"), state.Text("Job"), state.Text("JobReason")));
    }

    // The kernel is the host's.
    private static DateTimeOffset BootTime() => DateTimeOffset.FromUnixTimeSeconds(
        long.Parse(File.ReadLines("/proc/stat").First(line => line.StartsWith("btime ", StringComparison.Ordinal))[6..], CultureInfo.InvariantCulture));

    [Fact]
    public void AMachineWhoseJobCameToItsEndIsDeprovisioned()
    {
        GeneralizeScript.Run(_machine);

        GuestStateReport state = Read();

        Assert.Equal(GuestStateName.Deprovisioned, state.Judge(isWindows: false));
        Assert.Equal((false, false), (state.Truth("IsAgentProvisioned"), state.Truth("HasOvfEnv")));
        Assert.Equal((null, "Empty", "Deprovisioned", null), (state.Text("CloudInitInstance"), state.Text("MachineId"), state.Text("Job"), state.Text("JobReason")));
    }

    [Fact]
    public void AMachineWhoseJobFailedSaysWhy()
    {
        GeneralizeScript.Run(_machine, before: "mount --bind /home/alice/.bash_history /home/alice/.bash_history");

        GuestStateReport state = Read();

        Assert.Equal(GuestStateName.HalfGeneralized, state.Judge(isWindows: false));
        Assert.Equal(("Failed", "Could not be removed: /home/alice/.bash_history"), (state.Text("Job"), state.Text("JobReason")));
    }

    [Theory]
    [InlineData("touch /run/imagecmdlets-generalize.sh", "Scheduled", GuestStateName.Generalizing)]
    [InlineData("touch /run/imagecmdlets-generalize.sh; mkdir /run/imagecmdlets-generalize.lock", "Running", GuestStateName.Generalizing)]
    [InlineData("rm /etc/machine-id", "None", GuestStateName.HalfGeneralized)]
    [InlineData("waagent -force -deprovision", "None", GuestStateName.HalfGeneralized)]
    public void WhatIsInBetweenIsToldApart(string before, string job, GuestStateName expected)
    {
        _machine.Do(before);

        GuestStateReport state = Read();

        Assert.Equal((job, expected), (state.Text("Job"), state.Judge(isWindows: false)));
    }

    [Fact]
    public void NothingIsChanged()
    {
        const string Facts = "find / -xdev ! -path '/proc*' ! -path /dev/console -printf '%p %s %T@ %C@ %m\\n' | sort | sha256sum";

        string[] lines = _machine.Do($"{Facts}\nsh -c '{Script.Replace("'", @"'\''", StringComparison.Ordinal)}'\n{Facts}").Lines;

        Assert.Equal(lines[0], lines[^1]);
    }

    private static string Script => GuestScript.Read("Generalization.Scripts.linux-state.sh");

    private GuestStateReport Read()
    {
        CommandResult result = _machine.Do(Script);
        Assert.Empty(result.Error);
        return Assert.IsType<GuestStateReport>(GuestStateReport.Find(result.Output));
    }
}
