using ImageCmdlets.Engine.Generalization;

namespace ImageCmdlets.Engine.Tests.Generalization;

public sealed class LinuxGeneralizeTests
{
    // The job takes this for one that runs already, and does nothing: the guest that answers and never stops.
    private const string BlockJob = "mkdir /run/imagecmdlets-generalize.lock";

    private const string KillAgent = "systemd-run --on-active=5 systemctl stop walinuxagent";

    [Fact]
    public async Task AMachineIsDeprovisionedStopsByItselfAndIsMarked()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync();

        Assert.Null(error);
        Assert.Equal("Succeeded", result!.State);
        Assert.Equal("Deprovisioned", result.GuestState);
        Assert.Equal("Generalized", result.OSState);
        Assert.Equal("Deallocated", result.PowerState);
        Assert.Equal(rig.Machine.Id, result.Id);
        Assert.Empty(result.Finding);
        Assert.Equal(
            ["Inspect: Succeeded", "GuestStep: Succeeded", "VerifyGuest: Succeeded", "RemoveRunCommand: Skipped", "Deallocate: Succeeded", "Mark: Succeeded", "Verify: Succeeded"],
            result.Step.Select(step => step.ToString()));
        await rig.AssertGeneralizedAsync();
    }

    [Fact]
    public async Task EveryStepShowsWhileItRunsAndTheBarGoesAtTheEnd()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        var sink = new RecordingSink();

        await rig.GeneralizeAsync(sink: sink);

        string[] shown = ["Inspect", "GuestStep", "VerifyGuest", "Deallocate", "Mark", "Verify"];
        Assert.Equal(shown, sink.ProgressRecords.Select(record => record.Status).Where(status => !status.Contains('(', StringComparison.Ordinal)).Distinct());
        Assert.Single(sink.ProgressRecords.Select(record => record.ActivityId).Distinct());
        Assert.All(sink.ProgressRecords, record => Assert.Equal("Generalizing web01", record.Activity));
        Assert.True(sink.ProgressRecords[^1].Completed);
        Assert.Contains(sink.VerboseLines, line => line.StartsWith("web01: VerifyGuest: Succeeded after ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AGeneralizedMachineIsLeftAsItIs()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        await rig.GeneralizeAsync();
        string before = rig.Sandbox.GetStatistics().Fingerprint;

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync();

        Assert.Null(error);
        Assert.Equal(("Succeeded", "Deprovisioned"), (result!.State, result.GuestState));
        Assert.Equal("Generalized", result.OSState);
        Assert.Equal(
            ["Inspect: Succeeded", "GuestStep: Skipped", "VerifyGuest: Skipped", "RemoveRunCommand: Skipped", "Deallocate: Skipped", "Mark: Skipped", "Verify: Succeeded"],
            result.Step.Select(step => step.ToString()));
        Assert.Equal(before, rig.Sandbox.GetStatistics().Fingerprint);
    }

    [Theory]
    [InlineData(VMPowerAction.Deallocate, "deallocated")]
    [InlineData(VMPowerAction.PowerOff, "stopped")]
    public async Task AMachineThatDoesNotRunIsRefusedAndUnchanged(VMPowerAction action, string state)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        await rig.PowerAsync(action);
        string before = rig.Sandbox.GetStatistics().Fingerprint;

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync();

        Assert.Null(result);
        Assert.Equal(ErrorIds.VMNotReady, error!.ErrorId);
        Assert.Equal($"'web01' is {state}: its guest cannot be generalized.", error.Message);
        Assert.Contains("Start-ImageVM", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(rig.Machine.Id, error.Target);
        Assert.Equal(before, rig.Sandbox.GetStatistics().Fingerprint);
    }

    [Fact]
    public async Task AnAgentThatDoesNotAnswerIsRefusedAndUnchanged()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        await rig.RunInGuestAsync("RunShellScript", KillAgent);
        rig.Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        string before = rig.Sandbox.GetStatistics().Fingerprint;

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync();

        Assert.Null(result);
        Assert.Equal(ErrorIds.VMNotReady, error!.ErrorId);
        Assert.Equal(before, rig.Sandbox.GetStatistics().Fingerprint);
    }

    [Fact]
    public async Task AGuestThatNeverStopsIsUnverifiedAndNotMarked()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        await rig.RunInGuestAsync("RunShellScript", BlockJob);

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync();

        Assert.Equal(ErrorIds.GeneralizeUnverified, error!.ErrorId);
        Assert.Equal(rig.Machine.Id, error.Target);
        Assert.Equal("Unverified", result!.State);
        Assert.Null(result.GuestState);
        Assert.Equal("VerifyGuest: Unverified", result.Step[2].ToString());
        Assert.InRange(result.Step[2].Elapsed, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(11));
        await rig.AssertRunningAndUnmarkedAsync();
    }

    [Fact]
    public async Task WhatTheScriptWarnsOfIsFound()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        const string Failed = "{\"outcome\":\"Failed\",\"reason\":\"cloud-init clean failed.\"}";
        await rig.RunInGuestAsync("RunShellScript", $"echo '{Failed}' > /run/imagecmdlets-generalize.result");

        (GeneralizeResult? result, _) = await rig.GeneralizeAsync();

        Assert.Equal("Succeeded", result!.State);
        Assert.Equal(["An earlier run failed: cloud-init clean failed."], result.Finding);
    }

    [Fact]
    public async Task AzureNamesTheUserThatTheGuestHasForgotten()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        await rig.RunInGuestAsync("RunShellScript", "rm -f /var/lib/waagent/ovf-env.xml /etc/sudoers.d/90-cloud-init-users");

        (GeneralizeResult? result, _) = await rig.GeneralizeAsync();

        Assert.Equal("Succeeded", result!.State);
        Assert.Empty(result.Finding);
    }

    [Theory]
    [InlineData(new string[0], new string[0], new[] { "IMAGECMDLETS_ADMIN_USER=azureuser" })]
    [InlineData(new[] { "azureuser" }, new[] { "alice", "bob" }, new[] { "IMAGECMDLETS_ADMIN_USER=azureuser", "IMAGECMDLETS_KEEP_USERS=azureuser", "IMAGECMDLETS_REMOVE_USERS=alice,bob" })]
    public async Task TheScriptIsToldWhoStaysAndWhoGoes(string[] keep, string[] remove, string[] expected)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        await rig.RunInGuestAsync("RunShellScript", "useradd -m alice; useradd -m bob");
        using var watch = new RunCommandWatch(rig.Sandbox);

        await GeneralizeService.GeneralizeAsync(OtherProcess.Open(rig.Session, watch), [new GeneralizeOptions { Id = rig.Machine.Id, SkipReadiness = true, KeepUser = keep, RemoveUser = remove }],
            new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken);

        Assert.Equal(expected, Assert.Single(watch.Parameters).Order(StringComparer.Ordinal));
        await rig.AssertGeneralizedAsync();
    }

    [Theory]
    [InlineData(false, new[] { "a;reboot" }, new string[0], ErrorIds.InvalidArgument)]
    [InlineData(false, new string[0], new[] { "-r" }, ErrorIds.InvalidArgument)]
    [InlineData(false, new[] { "" }, new string[0], ErrorIds.InvalidArgument)]
    [InlineData(false, new[] { "alice" }, new[] { "alice" }, ErrorIds.InvalidArgument)]
    [InlineData(true, new[] { "alice" }, new string[0], ErrorIds.OSTypeMismatch)]
    public async Task UsersThatCannotBeMeantAreRefusedAndNothingIsChanged(bool isWindows, string[] keep, string[] remove, string expected)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows);
        string before = rig.Sandbox.GetStatistics().Fingerprint;
        foreach (bool preserve in new[] { false, true })
        {
            ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => GeneralizeService.GeneralizeAsync(rig.Session,
                [new GeneralizeOptions { Id = rig.Machine.Id, PreserveSource = preserve, KeepUser = keep, RemoveUser = remove }], new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken));

            Assert.Equal(expected, error.ErrorId);
            Assert.Equal(before, rig.Sandbox.GetStatistics().Fingerprint);
        }
    }

    [Fact]
    public async Task NoWaitReturnsWhenTheScriptIsAcceptedAndTheSameCommandGoesOn()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);

        (GeneralizeResult? begun, ImageCmdletsException? error) = await rig.GeneralizeAsync(new RunOptions { NoWait = true });
        (GeneralizeResult? result, _) = await rig.GeneralizeAsync();

        Assert.Null(error);
        Assert.Equal("InProgress", begun!.State);
        Assert.Equal(["Inspect: Succeeded", "GuestStep: Succeeded"], begun.Step.Select(step => step.ToString()));
        Assert.Equal("Succeeded", result!.State);
        Assert.Equal(1, rig.Sandbox.GetStatistics().RequestsByOperation["PUT Microsoft.Compute/virtualMachines/runCommands"]);
        await rig.AssertGeneralizedAsync();
    }

    [Fact]
    public async Task ATimeLimitEndsTheWaitingAndTheSameCommandGoesOn()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);

        (_, ImageCmdletsException? error) = await rig.GeneralizeAsync(new RunOptions { Timeout = TimeSpan.FromSeconds(30) });
        (GeneralizeResult? result, _) = await rig.GeneralizeAsync();

        Assert.Equal(ErrorIds.OperationTimedOut, error!.ErrorId);
        Assert.Equal("Succeeded", result!.State);
        await rig.AssertGeneralizedAsync();
    }

    [Fact]
    public async Task AMarkThatIsRefusedIsPickedUpWithoutTheGuest()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        rig.ForbidMark();

        (GeneralizeResult? refused, ImageCmdletsException? error) = await rig.GeneralizeAsync();
        bool wasKept = (await rig.ReadTracesAsync()).DiskTag.ContainsKey(GuestProof.TagName);
        rig.Sandbox.ClearFaults();
        (GeneralizeResult? result, _) = await rig.GeneralizeAsync();

        Assert.Equal(ErrorIds.AuthorizationFailed, error!.ErrorId);
        Assert.Equal("Failed", refused!.State);
        Assert.Equal("Mark: Failed", refused.Step[^1].ToString());
        Assert.True(wasKept);
        Assert.Equal("Succeeded", result!.State);
        Assert.Equal("Deprovisioned", result.GuestState);
        Assert.Equal(["GuestStep: Skipped", "VerifyGuest: Skipped"], result.Step.Skip(1).Take(2).Select(step => step.ToString()));
        await rig.AssertGeneralizedAsync();
    }

    [Fact]
    public async Task AProofDoesNotOutliveAStartOfTheMachine()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        rig.ForbidMark();
        await rig.GeneralizeAsync();
        rig.Sandbox.ClearFaults();
        await rig.PowerAsync(VMPowerAction.Start);
        rig.Sandbox.Clock.Advance(TimeSpan.FromHours(1));
        await rig.PowerAsync(VMPowerAction.Deallocate);

        (_, ImageCmdletsException? error) = await rig.GeneralizeAsync();

        Assert.Equal(ErrorIds.VMNotReady, error!.ErrorId);
        Assert.Null((await rig.ReadAsync()).OSState);
    }

    [Theory]
    [InlineData(VMPowerAction.PowerOff)]
    [InlineData(VMPowerAction.Deallocate)]
    public async Task AMachineThatSomebodyStopsBeforeItsMinuteIsOverIsNotTakenForOneThatStoppedByItself(VMPowerAction action)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        await rig.GeneralizeAsync(new RunOptions { NoWait = true });
        rig.Sandbox.Clock.Advance(TimeSpan.FromSeconds(40));
        await rig.PowerAsync(action);

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync();

        Assert.Null(result);
        Assert.Equal(ErrorIds.VMNotReady, error!.ErrorId);
        Assert.Null((await rig.ReadAsync()).OSState);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StoppedAfterAnyCallAndRunAgainItEndsTheSame(bool checksReadiness)
    {
        int calls = await GeneralizeRig.CountCallsAsync(isWindows: false, checksReadiness);
        for (int call = 1; call <= calls; call += Interruption.Stride)
        {
            using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
            await rig.StopAfterAndRunAgainAsync(call, checksReadiness);

            // The script that looks may be asked for twice, that which changes the guest never.
            int asked = rig.Sandbox.GetStatistics().RequestsByOperation["PUT Microsoft.Compute/virtualMachines/runCommands"];
            Assert.InRange(asked, 1, checksReadiness ? 3 : 1);
        }
    }
}
