using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Generalization;

public sealed class WindowsGeneralizeTests
{
    private const string RunPowerShell = "RunPowerShellScript";
    private const string Goal = "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE";
    private const string Package = "Microsoft.Winget.Source_2025.210.1541.8_neutral__8wekyb3d8bbwe";

    private const string InstallForOneUser =
        @"New-Item -Path 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\Users\S-1-5-21-0-0-0-500\" + Package + "' -Force | Out-Null";

    // Within the three minutes that sysprep takes.
    private static readonly string s_killAgentSoon = AtLater(60, "Stop-Service WindowsAzureGuestAgent");

    [Fact]
    public async Task SysprepIsRunProvenAndMarked()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync();

        Assert.Null(error);
        Assert.Equal("Succeeded", result!.State);
        Assert.Equal("Windows", result.OSType);
        Assert.Equal(Goal, result.GuestState);
        Assert.Equal("Generalized", result.OSState);
        Assert.Equal("Deallocated", result.PowerState);
        Assert.Empty(result.Finding);
        Assert.All(result.Step, step => Assert.Equal("Succeeded", step.State));
        Assert.Equal(
            ["Inspect", "GuestStep", "VerifyGuest", "RemoveRunCommand", "Deallocate", "Mark", "Verify"],
            result.Step.Select(step => step.Name));
        Assert.Equal($"Sysprep has generalized Windows: {Goal}, tag file present.", result.Step[2].Detail);
        Assert.InRange(result.Step[2].Elapsed, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(5));
        await rig.AssertGeneralizedAsync();
    }

    [Fact]
    public async Task APackageOfOneUserFailsWithItsNameAndLeavesTheMachineRunning()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        await rig.RunInGuestAsync(RunPowerShell, InstallForOneUser);

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync();

        Assert.Equal(ErrorIds.GeneralizeFailed, error!.ErrorId);
        Assert.Equal(rig.Machine.Id, error.Target);
        Assert.Contains(Package, error.Message, StringComparison.Ordinal);
        Assert.Equal("Failed", result!.State);
        Assert.Equal("IMAGE_STATE_COMPLETE", result.GuestState);
        Assert.Equal(
            $"Package {Package} was installed for a user, but not provisioned for all users. This package will not function properly in the sysprep image.",
            result.Finding[0]);
        Assert.Equal(["VerifyGuest: Failed", "ReadLog: Succeeded", "RemoveRunCommand: Succeeded"], result.Step.Skip(2).Select(step => step.ToString()));
        Assert.StartsWith("20", result.Log!.Text, StringComparison.Ordinal);
        Assert.Equal(1, result.Log.Text.Split("Beginning of a new sysprep run").Length - 1);
        Assert.False(result.Log.IsTruncated);
        Assert.True(result.Log.Length > result.Log.Text.Length, "The log has the publisher's run, too.");
        await rig.AssertRunningAndUnmarkedAsync();
        Assert.False((await rig.ReadTracesAsync()).HasRunCommand);
    }

    [Fact]
    public async Task FilesThatWaitToBeRenamedAreAWarningOnly()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        await rig.RunInGuestAsync(RunPowerShell, @"Set-ItemProperty -Path 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager' -Name PendingFileRenameOperations -Value '\??\C:\a.tmp'");

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync(checksReadiness: true);

        Assert.Null(error);
        Assert.Equal(("Succeeded", null), (result!.State, result.RootCause));
        Assert.Equal(["WinMain: File operations pending"], result.Finding);
        await rig.AssertGeneralizedAsync();
    }

    [Fact]
    public async Task OnceTheCauseIsMendedTheSameCommandSucceeds()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        await rig.RunInGuestAsync(RunPowerShell, InstallForOneUser);
        await rig.GeneralizeAsync();
        await rig.RunInGuestAsync(RunPowerShell, $"Remove-AppxPackage -Package {Package} -AllUsers");

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync();

        Assert.Null(error);
        Assert.Equal("Succeeded", result!.State);
        Assert.Empty(result.Finding);
        await rig.AssertGeneralizedAsync();
    }

    [Fact]
    public async Task AnEarlierRunThatStoppedHalfWayIsTheFinding()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        await rig.RunInGuestAsync(RunPowerShell, @"Set-ItemProperty -Path HKLM:\SYSTEM\Setup\Status\SysprepStatus -Name GeneralizationState -Value 3");

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync();

        Assert.Equal(ErrorIds.GeneralizeFailed, error!.ErrorId);
        Assert.Contains("the machine is in an invalid state", result!.Finding[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAgentThatDiesIsUnverifiedWithinTheLimitAndNotMarked()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        await rig.RunInGuestAsync(RunPowerShell, s_killAgentSoon);

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync();

        Assert.Equal(ErrorIds.GeneralizeUnverified, error!.ErrorId);
        Assert.Equal("Unverified", result!.State);
        Assert.Null(result.GuestState);
        Assert.Equal(["VerifyGuest: Unverified", "RemoveRunCommand: Skipped"], result.Step.Skip(2).Select(step => step.ToString()));
        Assert.InRange(result.Elapsed, TimeSpan.FromMinutes(27), TimeSpan.FromMinutes(32));
        await rig.AssertRunningAndUnmarkedAsync();
    }

    [Fact]
    public async Task AfterTheAgentHasComeBackTheSameCommandSeesThatSysprepHadDoneItsWork()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        await rig.RunInGuestAsync(RunPowerShell, s_killAgentSoon + "; " + AtLater(3600, "Start-Service WindowsAzureGuestAgent"));
        await rig.GeneralizeAsync();
        rig.Sandbox.Clock.Advance(TimeSpan.FromHours(1));

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync();

        Assert.Null(error);
        Assert.Equal("Succeeded", result!.State);
        Assert.StartsWith("Windows was generalized before", result.Step[2].Detail, StringComparison.Ordinal);
        await rig.AssertGeneralizedAsync();
    }

    [Fact]
    public async Task AScriptThatAzureCannotHandOverFailsWithAzuresReasonAndCanBeTriedAgain()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        rig.Sandbox.AddFault(new SandboxFault
        {
            Effect = SandboxFaultEffect.OperationFailure, Operation = "VirtualMachineRunCommands_CreateOrUpdate", Code = "VMExtensionHandlerNonTransientError",
            Message = "The handler for VM extension type 'Microsoft.CPlat.Core.RunCommandHandlerWindows' has reported terminal failure.",
        });

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync();
        (GeneralizeResult? again, _) = await rig.GeneralizeAsync();

        Assert.Equal(ErrorIds.VMExtensionFailed, error!.ErrorId);
        Assert.Contains("RunCommandHandlerWindows", error.Message, StringComparison.Ordinal);
        Assert.Equal("Failed", result!.State);
        Assert.Equal("VerifyGuest: Failed", result.Step[^1].ToString());
        Assert.Equal("Succeeded", again!.State);
        await rig.AssertGeneralizedAsync();
    }

    [Fact]
    public async Task ARunCommandThatCannotBeRemovedIsAWarningOnly()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        rig.Sandbox.AddFault(new SandboxFault
        {
            Effect = SandboxFaultEffect.Forbidden, Action = "Microsoft.Compute/virtualMachines/runCommands/delete", Count = int.MaxValue,
        });
        var sink = new RecordingSink();

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync(sink: sink);

        Assert.Null(error);
        Assert.Equal("Succeeded", result!.State);
        Assert.Equal("RemoveRunCommand: Failed", result.Step[3].ToString());
        Assert.StartsWith("The run command imagecmdlets-generalize is left on 'web01': ", Assert.Single(sink.Warnings), StringComparison.Ordinal);
        Assert.Equal("Generalized", (await rig.ReadAsync()).OSState);
    }

    [Fact]
    public async Task AFailedLookDoesNotEndTheWatch()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        rig.Sandbox.AddFault(new SandboxFault
        {
            Operation = "VirtualMachineRunCommands_GetByVirtualMachine", Status = 503, Code = "ServerTimeout", Message = "The request timed out.", Skip = 3, Count = 12,
        });

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync();

        Assert.Null(error);
        Assert.Equal("Succeeded", result!.State);
    }

    [Fact]
    public async Task ARunCommandOfSomebodyElseIsNotTouched()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        await rig.PutForeignRunCommandAsync();
        string before = rig.Sandbox.GetStatistics().Fingerprint;

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync();

        Assert.Null(result);
        Assert.Equal(ErrorIds.ResourceAlreadyExists, error!.ErrorId);
        Assert.Equal(before, rig.Sandbox.GetStatistics().Fingerprint);
    }

    [Fact]
    public async Task StoppedAfterAnyCallAndRunAgainItEndsTheSame()
    {
        int calls = await GeneralizeRig.CountCallsAsync(isWindows: true);
        for (int call = 1; call <= calls; call += Interruption.Stride)
        {
            using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
            await rig.StopAfterAndRunAgainAsync(call);
        }
    }

    private static string AtLater(int seconds, string command) =>
        $"Register-ScheduledTask -TaskName 'after{seconds}' -User SYSTEM -Trigger (New-ScheduledTaskTrigger -Once -At (Get-Date).AddSeconds({seconds})) "
        + $"-Action (New-ScheduledTaskAction -Execute 'powershell.exe' -Argument '-Command \"{command}\"') | Out-Null";
}
