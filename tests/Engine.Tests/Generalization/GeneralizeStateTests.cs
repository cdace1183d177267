using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Generalization;

/// <summary>What Azure, the guest and the proof say of a machine.</summary>
public sealed class GeneralizeStateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AWindowsMachineInUseIsReady()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);

        GeneralizeState state = await ReadAsync(rig);

        Assert.Equal((GuestStateName.Ready, "Running", null, false), (state.GuestState, state.PowerState, state.OSState, state.IsProven));
        Assert.Equal(("IMAGE_STATE_COMPLETE", 7, 2), (state.ImageState, state.GeneralizationState, state.CleanupState));
        Assert.Equal((false, false, 1001), (state.SysprepInProgress, state.IsSysprepRunning, state.RearmLeft));
        Assert.Null(state.Job);
        AssertNothingLeft(rig);
    }

    [Fact]
    public async Task ALinuxMachineInUseIsReady()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);

        GeneralizeState state = await ReadAsync(rig);

        Assert.Equal(GuestStateName.Ready, state.GuestState);
        Assert.Equal((true, true, "Set", "None"), (state.IsAgentProvisioned, state.HasOvfEnv, state.MachineId, state.Job));
        Assert.Equal(36, state.CloudInitInstance!.Length);
        Assert.Null(state.ImageState);
        AssertNothingLeft(rig);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StoppedAfterAnyCallAndRunAgainItEndsTheSame(bool isWindows)
    {
        int calls = int.MaxValue;
        for (int at = 0; at < calls; at++)
        {
            using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows);
            int seen = await Interruption.RunUntilAsync(at == 0 ? int.MaxValue : at, (sink, token) =>
                GeneralizeStateService.GetAsync(rig.Session, [new GetGeneralizeStateOptions { Id = rig.Machine.Id }], new RunOptions(), sink, token));
            calls = at == 0 ? seen : calls;

            GeneralizeState state = await ReadAsync(rig);

            Assert.True(state.GuestState == GuestStateName.Ready, $"Stopped after call {at}: {state.GuestState}");
            AssertNothingLeft(rig);
        }

        Assert.InRange(calls, 5, 100);
    }

    [Theory]
    [InlineData(true, KillMoment.BeforeCall)]
    [InlineData(true, KillMoment.AfterWrite)]
    [InlineData(false, KillMoment.BeforeCall)]
    [InlineData(false, KillMoment.AfterWrite)]
    public async Task KilledAtAnyCallAndRunAgainItLeavesNothing(bool isWindows, KillMoment moment)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, () => GeneralizeRig.CreateAsync(isWindows), rig => rig.Session,
            rig => (session, sink, token) => GeneralizeStateService.GetAsync(session, [new GetGeneralizeStateOptions { Id = rig.Machine.Id }], new RunOptions(), sink, token));

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 2 : 5, 100);
    }

    [Theory]
    [InlineData(true, GuestStateName.Generalized)]
    [InlineData(false, GuestStateName.Deprovisioned)]
    public async Task WhatWasProvenIsKnownOfAMachineThatDoesNotRun(bool isWindows, GuestStateName expected)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows);
        await rig.GeneralizeAsync();
        string before = rig.Sandbox.GetStatistics().Fingerprint;

        GeneralizeState state = await ReadAsync(rig);

        Assert.Equal((expected, true, "Generalized", "Deallocated"), (state.GuestState, state.IsProven, state.OSState, state.PowerState));
        Assert.NotNull(state.ProvenTime);
        Assert.Equal(before, rig.Sandbox.GetStatistics().Fingerprint);
    }

    [Fact]
    public async Task AMachineThatSomebodyMarkedIsNotProven()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        await rig.PowerAsync(VMPowerAction.Deallocate);
        await rig.GeneralizeAsync(flagOnly: true);

        GeneralizeState state = await ReadAsync(rig);

        Assert.Equal((GuestStateName.Unknown, false, "Generalized"), (state.GuestState, state.IsProven, state.OSState));
    }

    [Fact]
    public async Task ASysprepThatFailedHalfWayIsHalfGeneralized()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        rig.Sandbox.AddGuestFault(new SandboxGuestFault { Kind = GuestFaultKind.DscConfiguration, Machine = "*" });
        await rig.GeneralizeAsync();

        GeneralizeState state = await ReadAsync(rig);

        Assert.Equal((GuestStateName.HalfGeneralized, "IMAGE_STATE_UNDEPLOYABLE", false), (state.GuestState, state.ImageState, state.HasTag));
    }

    [Fact]
    public async Task ALinuxMachineWhoseJobIsDueIsGeneralizing()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        await rig.RunInGuestAsync("RunShellScript", "touch /run/imagecmdlets-generalize.sh");

        GeneralizeState state = await ReadAsync(rig);

        Assert.Equal((GuestStateName.Generalizing, "Scheduled"), (state.GuestState, state.Job));
    }

    [Fact]
    public async Task WithoutTheGuestAzureAloneIsAsked()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        string before = rig.Sandbox.GetStatistics().Fingerprint;

        GeneralizeState state = await ReadAsync(rig, skipInGuest: true);

        Assert.Equal((GuestStateName.Unknown, "Running", null), (state.GuestState, state.PowerState, state.ImageState));
        Assert.Equal(before, rig.Sandbox.GetStatistics().Fingerprint);
    }

    [Theory]
    [InlineData("imagecmdlets-state 1\nIsAgentProvisioned=False\nHasOvfEnv=False\nMachineId=Empty\nJob=None\nimagecmdlets-state-end", GuestStateName.Deprovisioned)]
    [InlineData("imagecmdlets-state 1\nIsAgentProvisioned=False\nHasOvfEnv=False\nMachineId=Set\nJob=None\nimagecmdlets-state-end", GuestStateName.HalfGeneralized)]
    [InlineData("imagecmdlets-state 1\nIsAgentProvisioned=True\nHasOvfEnv=True\nMachineId=Set\nJob=Failed\nimagecmdlets-state-end", GuestStateName.HalfGeneralized)]
    [InlineData("imagecmdlets-state 1\nIsAgentProvisioned=False\nHasOvfEnv=True\nMachineId=Set\nJob=Running\nimagecmdlets-state-end", GuestStateName.Generalizing)]
    public void LinuxIsJudgedByWhatItHasForgotten(string output, GuestStateName expected) =>
        Assert.Equal(expected, GuestStateReport.Find(output)!.Judge(isWindows: false));

    [Theory]
    [InlineData("imagecmdlets-state 1\r\nImageState=IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE\r\nHasTag=True\r\nimagecmdlets-state-end\r\n", GuestStateName.Generalized)]
    [InlineData("imagecmdlets-state 1\r\nImageState=IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE\r\nHasTag=False\r\nimagecmdlets-state-end\r\n", GuestStateName.HalfGeneralized)]
    [InlineData("imagecmdlets-state 1\nImageState=IMAGE_STATE_UNDEPLOYABLE\nIsSysprepRunning=True\nimagecmdlets-state-end\n", GuestStateName.Generalizing)]
    [InlineData("imagecmdlets-state 1\nImageState=IMAGE_STATE_COMPLETE\nGeneralizationState=3\nimagecmdlets-state-end\n", GuestStateName.HalfGeneralized)]
    [InlineData("imagecmdlets-state 1\nImageState=\nimagecmdlets-state-end\n", GuestStateName.Unknown)]
    public void WindowsIsJudgedByItsImageStateAndTag(string output, GuestStateName expected) =>
        Assert.Equal(expected, GuestStateReport.Find(output)!.Judge(isWindows: true));

    [Fact]
    public void AReportWithoutItsEndIsNone() => Assert.Null(GuestStateReport.Find("imagecmdlets-state 1\nImageState=IMAGE_STATE_COMPLETE\n"));

    private static async Task<GeneralizeState> ReadAsync(GeneralizeRig rig, bool skipInGuest = false)
    {
        var sink = new RecordingSink();
        await GeneralizeStateService.GetAsync(rig.Session, [new GetGeneralizeStateOptions { Id = rig.Machine.Id, SkipInGuest = skipInGuest }], new RunOptions(), sink, Token);
        Assert.Empty(sink.Errors);
        Assert.Empty(sink.Warnings);
        return Assert.Single(sink.Items.OfType<GeneralizeState>());
    }

    private static void AssertNothingLeft(GeneralizeRig rig) =>
        Assert.DoesNotContain(rig.Sandbox.GetStatistics().ResourcesByType.Keys, type => type.EndsWith("/runCommands", StringComparison.OrdinalIgnoreCase));
}
