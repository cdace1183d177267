using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Readiness;

/// <summary>Each failure that a guest can show is found by the script, with what shows it.</summary>
public sealed class GuestFindingTests
{
    private const string Package = "Microsoft.Winget.Source_2025.210.1541.8_neutral__8wekyb3d8bbwe";

    [Theory]
    [InlineData(GuestFaultKind.AppxPackage, Package, "Windows.AppxPackage", FindingSeverity.Error, Package)]
    [InlineData(GuestFaultKind.BitLocker, null, "Windows.BitLocker", FindingSeverity.Error, "C: FullyEncrypted, protection Off")]
    [InlineData(GuestFaultKind.PendingReboot, null, "Windows.PendingReboot", FindingSeverity.Error, @"Component Based Servicing\RebootPending")]
    [InlineData(GuestFaultKind.ServicingBusy, null, "Windows.ServicingBusy", FindingSeverity.Error, @"Component Based Servicing\SessionsPending: Exclusive = 2")]
    [InlineData(GuestFaultKind.ReservedStorage, null, "Windows.ReservedStorage", FindingSeverity.Error, "ReserveManager: ActiveScenario = 1")]
    [InlineData(GuestFaultKind.DomainJoined, "corp.example", "Windows.DomainJoined", FindingSeverity.Warning, "corp.example")]
    [InlineData(GuestFaultKind.ServerRole, "AD-Domain-Services", "Windows.ServerRole", FindingSeverity.Error, "AD-Domain-Services (AD-Domain-Services)")]
    [InlineData(GuestFaultKind.ServerRole, "NPAS", "Windows.NetworkPolicyServer", FindingSeverity.Warning, "NPAS (NPAS)")]
    [InlineData(GuestFaultKind.DefenderOnboarded, null, "Windows.DefenderOnboarded", FindingSeverity.Error, @"Windows Advanced Threat Protection\Status: OnboardingState = 1")]
    [InlineData(GuestFaultKind.HalfGeneralized, null, "Windows.InvalidState", FindingSeverity.Error, "SysprepStatus: GeneralizationState = 3, CleanupState = 2")]
    [InlineData(GuestFaultKind.DtcState, null, "Windows.Msdtc", FindingSeverity.Error, "MSDTC: SysprepInProgress = 1")]
    [InlineData(GuestFaultKind.RearmExhausted, null, "Windows.RearmExhausted", FindingSeverity.Error, "RemainingWindowsReArmCount = 0")]
    [InlineData(GuestFaultKind.UpgradeRemains, null, "Windows.UpgradeRemains", FindingSeverity.Error, @"HKLM\SYSTEM\Setup\Upgrade")]
    [InlineData(GuestFaultKind.BootConfiguration, null, "Windows.BootConfiguration", FindingSeverity.Error, "bcdedit /enum {bootmgr}: exit code 1")]
    [InlineData(GuestFaultKind.CdRomDisabled, null, "Windows.CdRomService", FindingSeverity.Error, "cdrom: Start = 4")]
    [InlineData(GuestFaultKind.EventLogPath, null, "Windows.EventLogPath", FindingSeverity.Error, @"Application: E:\Logs\Application.evtx")]
    [InlineData(GuestFaultKind.SysprepHangs, null, "Windows.PushService", FindingSeverity.Error, "dmwappushservice: Start = 4")]
    [InlineData(GuestFaultKind.DscConfiguration, null, "Windows.DscConfiguration", FindingSeverity.Error, @"C:\Windows\System32\Configuration is missing")]
    [InlineData(GuestFaultKind.AnswerFile, null, "Windows.AnswerFile", FindingSeverity.Warning, @"C:\unattend.xml")]
    [InlineData(GuestFaultKind.DiskFull, "700", "Windows.DiskSpace", FindingSeverity.Error, "C: 700 MiB free")]
    public Task WindowsShows(GuestFaultKind kind, string? detail, string ruleId, FindingSeverity severity, string evidence) =>
        AssertFoundAsync(isWindows: true, kind, detail, ruleId, severity, evidence);

    [Theory]
    [InlineData(GuestFaultKind.AgentOutdated, "2.2.45", "Linux.AgentVersion", FindingSeverity.Warning, "WALinuxAgent 2.2.45")]
    [InlineData(GuestFaultKind.OvfEnvMissing, null, "Linux.OvfEnvMissing", FindingSeverity.Warning, "/var/lib/waagent/ovf-env.xml")]
    [InlineData(GuestFaultKind.CloudInitFailed, null, "Linux.CloudInitState", FindingSeverity.Error, "status: error")]
    [InlineData(GuestFaultKind.ExtraUser, "eve", "Linux.ExtraUser", FindingSeverity.Warning, "eve (/home/eve)")]
    [InlineData(GuestFaultKind.ExtraUser, "eve", "Linux.Sudoers", FindingSeverity.Warning, "/etc/sudoers.d/eve: eve ALL=(ALL) NOPASSWD:ALL")]
    [InlineData(GuestFaultKind.ExtraUser, "eve", "Linux.AuthorizedKeys", FindingSeverity.Warning, "/home/eve/.ssh/authorized_keys: 1 keys")]
    [InlineData(GuestFaultKind.ExtraUser, "eve", "Linux.ShellHistory", FindingSeverity.Information, "/home/eve/.bash_history")]
    [InlineData(GuestFaultKind.ResourceDiskSwap, null, "Linux.FstabResourceDisk", FindingSeverity.Warning, "/etc/fstab: /mnt/swapfile none swap")]
    [InlineData(GuestFaultKind.DeviceName, null, "Linux.FstabByDevice", FindingSeverity.Error, "/etc/fstab: /dev/sdc1 /data ext4 defaults")]
    [InlineData(GuestFaultKind.ImmutableFile, "/etc/passwd", "Linux.ImmutableFile", FindingSeverity.Error, "/etc/passwd")]
    [InlineData(GuestFaultKind.DiskFull, "400", "Linux.DiskSpace", FindingSeverity.Warning, "/ 400 MiB free")]
    public Task LinuxShows(GuestFaultKind kind, string? detail, string ruleId, FindingSeverity severity, string evidence) =>
        AssertFoundAsync(isWindows: false, kind, detail, ruleId, severity, evidence);

    [Fact]
    public async Task FilesThatWaitToBeRenamedKeepNobodyFromGeneralizing()
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: true);
        await rig.Machine.RunInGuestAsync("RunPowerShellScript", @"Set-ItemProperty -Path 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager' -Name PendingFileRenameOperations -Value '\??\C:\a.tmp'");

        ImageReadiness readiness = await rig.TestAsync();

        Assert.True(readiness.IsReady);
        ImageFinding finding = Assert.Single(readiness.Finding, finding => finding.RuleId == "Windows.PendingReboot");
        Assert.Equal((FindingSeverity.Warning, @"PendingFileRenameOperations: \??\C:\a.tmp"), (finding.Severity, finding.Evidence));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AFreshMachineIsReady(bool isWindows)
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows);

        ImageReadiness readiness = await rig.TestAsync();

        Assert.True(readiness.IsReady);
        Assert.Equal(rig.Id, readiness.Id);
        Assert.All(readiness.Finding, finding => Assert.Equal(FindingSeverity.Information, finding.Severity));
        Assert.All(readiness.Check, check => Assert.Equal(ReadinessCheckState.Passed, check.State));
        Assert.Equal(isWindows ? 24 : 18, readiness.Check.Count);
        Assert.Equal(0, readiness.OmittedCount);
        Assert.InRange(readiness.Elapsed, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(2));
        Assert.Empty(rig.Warnings);
        rig.AssertNothingLeft();
    }

    [Fact]
    public async Task WhatHasFailedComesBeforeWhatWarns()
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: true);
        rig.Break(GuestFaultKind.AnswerFile);
        rig.Break(GuestFaultKind.BitLocker);

        ImageReadiness readiness = await rig.TestAsync();

        Assert.Equal(["Windows.BitLocker", "Windows.AnswerFile"], readiness.Finding.Take(2).Select(finding => finding.RuleId));
        Assert.Equal(ReadinessCheckState.Failed, StateOf(readiness, ReadinessCheckName.BitLocker));
        Assert.Equal(ReadinessCheckState.Warning, StateOf(readiness, ReadinessCheckName.AnswerFile));
        Assert.Equal(ReadinessCheckState.Passed, StateOf(readiness, ReadinessCheckName.Domain));
    }

    [Fact]
    public async Task OnlyTheChecksThatWereAskedForAreTold()
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: true);
        rig.Break(GuestFaultKind.BitLocker);

        ImageReadiness readiness = await rig.TestAsync(check: [ReadinessCheckName.Domain, ReadinessCheckName.State]);

        Assert.True(readiness.IsReady);
        Assert.Equal([ReadinessCheckName.State, ReadinessCheckName.Domain], readiness.Check.Select(check => check.Name));
        Assert.Empty(readiness.Finding);
    }

    [Theory]
    [InlineData(true, ReadinessCheckName.Swap, "'web01' runs Windows, for which there is no check Swap.", "Pass some of the checks for Windows: State, Extension,")]
    [InlineData(false, ReadinessCheckName.BitLocker, "'web01' runs Linux, for which there is no check BitLocker.", "Pass some of the checks for Linux: State, Extension,")]
    public async Task ACheckThatDoesNotFitTheSystemIsRefused(bool isWindows, ReadinessCheckName check, string message, string fix)
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows);
        string before = rig.Sandbox.GetStatistics().Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => rig.TestAsync(check: [ReadinessCheckName.State, check]));

        Assert.Equal((ErrorIds.InvalidArgument, message, rig.Id), (error.ErrorId, error.Message, error.Target));
        Assert.StartsWith(fix, error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(before, rig.Sandbox.GetStatistics().Fingerprint);
    }

    [Fact]
    public async Task AnAppThatAUserHasInANewerVersionIsFoundAndMended()
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: true);
        await rig.Machine.RunInGuestAsync("RunPowerShellScript",
            $@"reg add HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\Applications\{Package.Replace("2025.210", "2024.9", StringComparison.Ordinal)}");
        rig.Break(GuestFaultKind.AppxPackage);

        ImageReadiness before = await rig.TestAsync();
        ImageReadiness mended = await rig.TestAsync(fix: true);

        Assert.Equal(("Windows.AppxPackage", Package), (before.Finding[0].RuleId, before.Finding[0].Evidence));
        Assert.False(before.IsReady);
        Assert.True(mended.IsReady);
    }

    [Fact]
    public async Task WhatDoesNotFitIsCountedAndTheWorstIsKept()
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows: false);
        for (int i = 0; i < 60; i++)
            rig.Break(GuestFaultKind.ExtraUser, $"user{i:00}");
        rig.Break(GuestFaultKind.ImmutableFile, "/etc/passwd");

        ImageReadiness readiness = await rig.TestAsync();

        Assert.Equal("Linux.ImmutableFile /etc/passwd", $"{readiness.Finding[0].RuleId} {readiness.Finding[0].Evidence}");
        Assert.InRange(readiness.Finding.Count, 20, 100);
        Assert.Equal((60 * 4) + 1 + 2, readiness.Finding.Count(finding => finding.RuleId.StartsWith("Linux.", StringComparison.Ordinal)) + readiness.OmittedCount);
    }

    private static async Task AssertFoundAsync(bool isWindows, GuestFaultKind kind, string? detail, string ruleId, FindingSeverity severity, string evidence)
    {
        using ReadinessRig rig = await ReadinessRig.CreateAsync(isWindows);
        rig.Break(kind, detail);

        ImageReadiness readiness = await rig.TestAsync();

        ImageFinding finding = Assert.Single(readiness.Finding, finding => finding.RuleId == ruleId && finding.Severity == severity);
        Assert.Equal(evidence, finding.Evidence);
        Assert.Equal(rig.Id, finding.Target);
        Assert.False(finding.IsFixed);
        Assert.Equal(severity != FindingSeverity.Error, readiness.IsReady);
        rig.AssertNothingLeft();
    }

    private static ReadinessCheckState StateOf(ImageReadiness readiness, ReadinessCheckName name) => readiness.Check.Single(check => check.Name == name).State;
}
