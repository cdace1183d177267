namespace ImageCmdlets.Engine.Tests.Generalization;

/// <summary>Machines that are only marked, or are marked already.</summary>
public sealed class MarkingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FlagOnlyMarksWithoutTheGuest(bool isRunning)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        if (!isRunning)
            await rig.PowerAsync(VMPowerAction.Deallocate);

        var sink = new RecordingSink();
        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync(flagOnly: true, sink: sink);

        Assert.Null(error);
        Assert.Equal("Unverified", result!.State);
        Assert.Equal(["'web01' is marked as generalized; nothing proves that sysprep or waagent ran in it."], sink.Warnings);
        Assert.Null(result.GuestState);
        Assert.Equal(
            ["Inspect: Succeeded", "GuestStep: Skipped", "VerifyGuest: Skipped", "RemoveRunCommand: Skipped", isRunning ? "Deallocate: Succeeded" : "Deallocate: Skipped", "Mark: Succeeded", "Verify: Succeeded"],
            result.Step.Select(step => step.ToString()));
        Assert.False(rig.Sandbox.GetStatistics().RequestsByOperation.ContainsKey("PUT Microsoft.Compute/virtualMachines/runCommands"));
        await rig.AssertGeneralizedAsync(isProven: false);
    }

    [Theory]
    [InlineData(false, "Succeeded")]
    [InlineData(true, "Unverified")]
    public async Task AMachineThatIsMarkedAlreadyIsTakenForWhatItsProofSays(bool flagOnlyBefore, string state)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        await rig.GeneralizeAsync(flagOnly: flagOnlyBefore);

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync();

        Assert.Null(error);
        Assert.Equal(state, result!.State);
    }
}
