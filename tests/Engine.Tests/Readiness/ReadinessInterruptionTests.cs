using ImageCmdlets.Engine.Readiness;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Readiness;

/// <summary>Whatever ends a test early, the next one finds what it left, and in the end nothing is left.</summary>
public sealed class ReadinessInterruptionTests
{
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task StoppedAfterAnyCallAndRunAgainItEndsTheSame(bool isWindows, bool fix)
    {
        int calls = await CountAsync(isWindows, fix);
        for (int call = 1; call <= calls; call += Interruption.Stride)
        {
            using ReadinessRig rig = await BrokenAsync(isWindows);
            await rig.TestUntilAsync(call, fix);

            ImageReadiness readiness = await rig.TestAsync(fix: fix);

            Assert.True(readiness.Check.All(check => check.State != ReadinessCheckState.Skipped), $"Stopped after call {call}.");
            Assert.Equal(fix, readiness.Finding.All(finding => finding.Severity == FindingSeverity.Information || finding.IsFixed));
            rig.AssertNothingLeft();
        }
    }

    [Fact]
    public async Task AMachineThatDoesNotAnswerIsNotReadyWithinTheLimit()
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: true);
        rig.Break(GuestFaultKind.AgentDies);

        ImageReadiness readiness = await rig.TestAsync();

        Assert.False(readiness.IsReady);
        Assert.Equal("Azure.GuestSilent", readiness.Finding[0].RuleId);
        Assert.All(readiness.Check.Skip(7), check => Assert.Equal(ReadinessCheckState.Skipped, check.State));
        Assert.InRange(readiness.Elapsed, TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(12));
    }

    [Fact]
    public async Task AnAgentThatIsNotReadyIsTheFinding()
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: true);
        rig.Break(GuestFaultKind.AgentDies);
        await rig.TestAsync();

        ImageReadiness readiness = await rig.TestAsync();

        Assert.False(readiness.IsReady);
        Assert.Contains(readiness.Finding, finding => finding.RuleId is "Azure.AgentNotReady" or "Azure.GuestSilent" && finding.Severity == FindingSeverity.Error);
        Assert.InRange(readiness.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(16));
    }

    [Fact]
    public async Task TheCommandEndsWhenItsTimeIsOverAndTheNextOneGoesOn()
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: true);

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() =>
            rig.TestAsync(run: new RunOptions { Timeout = TimeSpan.FromSeconds(3) }));
        ImageReadiness readiness = await rig.TestAsync();

        Assert.Equal(ErrorIds.OperationTimedOut, error.ErrorId);
        Assert.True(readiness.IsReady);
        rig.AssertNothingLeft();
    }

    [Fact]
    public async Task ARunCommandOfSomebodyElseIsNotTouched()
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: true);
        await rig.Machine.PutForeignRunCommandAsync(GuestInspection.Purpose.Name);
        string before = rig.Sandbox.GetStatistics().Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => rig.TestAsync());

        Assert.Equal(ErrorIds.ResourceAlreadyExists, error.ErrorId);
        Assert.Equal(before, rig.Sandbox.GetStatistics().Fingerprint);
    }

    [Fact]
    public async Task AScriptThatAzureCannotHandOverIsTheFinding()
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: true);
        rig.Break(GuestFaultKind.AgentDies);
        rig.Sandbox.AddFault(new SandboxFault
        {
            Effect = SandboxFaultEffect.OperationFailure, Operation = "VirtualMachineRunCommands_CreateOrUpdate", Code = "VMExtensionHandlerNonTransientError",
            Message = "The handler has reported terminal failure.",
        });

        ImageReadiness readiness = await rig.TestAsync();

        Assert.False(readiness.IsReady);
        ImageFinding finding = Assert.Single(readiness.Finding, finding => finding.Severity == FindingSeverity.Error);
        Assert.Equal("Azure.GuestSilent", finding.RuleId);
        Assert.Contains("terminal failure", finding.Evidence, StringComparison.Ordinal);
    }

    private static async Task<int> CountAsync(bool isWindows, bool fix)
    {
        using ReadinessRig rig = await BrokenAsync(isWindows);
        int calls = await rig.TestUntilAsync(int.MaxValue, fix);
        Assert.InRange(calls, 6, 200);
        return calls;
    }

    private static async Task<ReadinessRig> BrokenAsync(bool isWindows)
    {
        ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows);
        rig.Break(isWindows ? GuestFaultKind.CdRomDisabled : GuestFaultKind.ResourceDiskSwap);
        return rig;
    }
}
