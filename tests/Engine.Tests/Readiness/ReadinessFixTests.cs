using ImageCmdlets.Engine.Readiness;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Readiness;

public sealed class ReadinessFixTests
{
    private const string Package = "Microsoft.Winget.Source_2025.210.1541.8_neutral__8wekyb3d8bbwe";

    [Theory]
    [InlineData(true, GuestFaultKind.AppxPackage, "Windows.AppxPackage", "Remove-AppxPackage -AllUsers -Package " + Package)]
    [InlineData(true, GuestFaultKind.HalfGeneralized, "Windows.InvalidState", @"Set-ItemProperty HKLM:\SYSTEM\Setup\Status\SysprepStatus GeneralizationState 7, CleanupState 2")]
    [InlineData(true, GuestFaultKind.DtcState, "Windows.Msdtc", @"Set-ItemProperty HKLM:\SOFTWARE\Microsoft\MSDTC SysprepInProgress 0")]
    [InlineData(true, GuestFaultKind.CdRomDisabled, "Windows.CdRomService", @"Set-ItemProperty HKLM:\SYSTEM\CurrentControlSet\Services\cdrom Start 1")]
    [InlineData(true, GuestFaultKind.SysprepHangs, "Windows.PushService", "Set-Service dmwappushservice -StartupType Manual")]
    [InlineData(true, GuestFaultKind.AnswerFile, "Windows.AnswerFile", @"Move-Item C:\unattend.xml C:\unattend.xml.imagecmdlets")]
    [InlineData(false, GuestFaultKind.ResourceDiskSwap, "Linux.FstabResourceDisk", "cp -p /etc/fstab /etc/fstab.imagecmdlets; put \"# imagecmdlets: \" before its lines of swap on the resource disk")]
    public async Task WhatCanBeMendedIsMendedAndLookedAtAgain(bool isWindows, GuestFaultKind kind, string ruleId, string command)
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows);
        rig.Break(kind);
        ImageFinding found = Assert.Single((await rig.TestAsync()).Finding, finding => finding.RuleId == ruleId && finding.CanFix);
        Assert.Equal(command, ReadinessService.DescribeFix(found)!.Command);

        ImageReadiness mended = await rig.TestAsync(fix: true);

        ImageFinding finding = Assert.Single(mended.Finding, finding => finding.RuleId == ruleId && finding.Severity != FindingSeverity.Information);
        Assert.True(finding.IsFixed);
        Assert.False(finding.CanFix);
        Assert.Equal(found.Evidence, finding.Evidence);
        Assert.True(mended.IsReady);
        Assert.Empty(rig.Warnings);
        Assert.DoesNotContain((await rig.TestAsync()).Finding, again => again.RuleId == ruleId && again.Severity != FindingSeverity.Information);
        rig.AssertNothingLeft();
    }

    [Fact]
    public async Task SeveralAreMendedOneAfterTheOther()
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: true);
        rig.Break(GuestFaultKind.AppxPackage);
        rig.Break(GuestFaultKind.CdRomDisabled);
        rig.Break(GuestFaultKind.BitLocker);

        ImageReadiness mended = await rig.TestAsync(fix: true);

        Assert.Equal(["Windows.AppxPackage", "Windows.CdRomService"], mended.Finding.Where(finding => finding.IsFixed).Select(finding => finding.RuleId).Order());
        Assert.False(mended.IsReady);
        Assert.Equal("Windows.BitLocker", Assert.Single(mended.Finding, finding => finding is { Severity: FindingSeverity.Error, IsFixed: false }).RuleId);
    }

    [Fact]
    public async Task AMendedMachineCanBeGeneralized()
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: true);
        rig.Break(GuestFaultKind.AppxPackage);
        rig.Break(GuestFaultKind.HalfGeneralized);
        await rig.TestAsync(fix: true);

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.Machine.GeneralizeAsync();

        Assert.Null(error);
        Assert.Equal("Succeeded", result!.State);
    }

    [Fact]
    public async Task WhatASysprepThatFailedHalfWayLeftCanBeMendedAndGeneralized()
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: true);
        rig.Break(GuestFaultKind.HalfGeneralized);
        await rig.Machine.RunInGuestAsync("RunPowerShellScript",
            @"Set-ItemProperty HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State ImageState IMAGE_STATE_UNDEPLOYABLE");
        Assert.Equal(["Windows.ImageState", "Windows.InvalidState"],
            (await rig.TestAsync()).Finding.Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => finding.RuleId).Order());

        ImageReadiness mended = await rig.TestAsync(fix: true);
        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.Machine.GeneralizeAsync();

        Assert.Equal(FindingSeverity.Warning, Assert.Single(mended.Finding, finding => finding.RuleId == "Windows.ImageState").Severity);
        Assert.True(mended.IsReady);
        Assert.Null(error);
        Assert.Equal("Succeeded", result!.State);
    }

    [Fact]
    public async Task TheSwapOfTheResourceDiskStaysInACopy()
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: false);
        rig.Break(GuestFaultKind.ResourceDiskSwap);
        await rig.TestAsync(fix: true);

        string kept = await rig.Machine.RunInGuestAsync("RunShellScript", "tail -n 1 /etc/fstab.imagecmdlets; tail -n 1 /etc/fstab; ls /etc | grep fstab");

        Assert.Contains("/mnt/swapfile none swap sw 0 0\n# imagecmdlets: /mnt/swapfile none swap sw 0 0\nfstab\nfstab.imagecmdlets\n", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFixThatAzureRefusesIsNoFix()
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: true);
        rig.Break(GuestFaultKind.AppxPackage);
        rig.Sandbox.AddFault(new SandboxFault
        {
            Effect = SandboxFaultEffect.Forbidden, Action = "Microsoft.Compute/virtualMachines/runCommands/write", Skip = 1,
        });

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => rig.TestAsync(fix: true));
        ImageReadiness after = await rig.TestAsync();

        Assert.Equal(ErrorIds.AuthorizationFailed, error.ErrorId);
        Assert.Equal("Windows.AppxPackage", Assert.Single(after.Finding, finding => finding.Severity == FindingSeverity.Error).RuleId);
        rig.AssertNothingLeft();
    }

    [Fact]
    public async Task AFixWhoseScriptFailsIsAWarningAndTheFindingStays()
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: true);
        rig.Break(GuestFaultKind.SysprepHangs);
        var gone = new ImageFinding("Windows.AnswerFile", FindingSeverity.Warning, "x") { Evidence = @"C:\autounattend.xml" };
        var sink = new RecordingSink();

        await ReadinessService.FixAsync(rig.Machine.Session, [new FixReadinessOptions { Test = new TestReadinessOptions { Id = rig.Id }, Finding = [gone] }],
            new RunOptions(), sink, TestContext.Current.CancellationToken);

        Assert.Equal("Windows.PushService", Assert.Single(Assert.Single(sink.Items.OfType<ImageReadiness>()).Finding, finding => finding.CanFix).RuleId);
        Assert.StartsWith("Windows.AnswerFile could not be mended on 'web01': ", Assert.Single(sink.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Windows.AppxPackage", "Evil_1.0.0.0_x64__8wekyb3d8bbwe; Remove-Item C:\\")]
    [InlineData("Windows.AppxPackage", "Evil_1.0.0.0_x64__8wekyb3d8bbwe\nEvil")]
    [InlineData("Windows.AppxPackage", "")]
    [InlineData("Windows.AnswerFile", @"C:\Windows\..\unattend.xml")]
    [InlineData("Windows.AnswerFile", @"C:\Users\$(calc)\unattend.xml")]
    [InlineData("Windows.AnswerFile", @"\\server\share\unattend.xml")]
    [InlineData("Windows.BitLocker", "C: FullyEncrypted, protection Off")]
    public void WhatDoesNotHaveTheRightShapeNeverGoesBackIntoAGuest(string ruleId, string evidence) =>
        Assert.Null(ReadinessService.DescribeFix(new ImageFinding(ruleId, FindingSeverity.Error, "x") { Evidence = evidence }));
}
