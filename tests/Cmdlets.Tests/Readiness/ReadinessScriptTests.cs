using ImageCmdlets.Cmdlets.Tests.Generalization;

namespace ImageCmdlets.Cmdlets.Tests.Readiness;

/// <summary>The script that looks at Windows, in PowerShell itself: one machine for each failure.</summary>
[Collection(WindowsScripts.Name)]
public sealed class ReadinessScriptTests : IDisposable
{
    private const string Package = "Contoso.App_1.2.3.4_x64__8wekyb3d8bbwe";
    private readonly ReadinessScriptRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void AHealthyMachineHasNoFindingsAndEveryCheckIsMade()
    {
        IReadOnlyList<string> lines = _rig.Run();

        Assert.Equal("imagecmdlets-readiness 1 Windows", lines[0]);
        Assert.Equal(17, lines.Count(line => line.StartsWith("C ", StringComparison.Ordinal)));
        Assert.Equal("X 0", lines[^1]);
        Assert.Equal(19, lines.Count);
    }

    [Theory]
    [InlineData("$Guest.Volumes = @([pscustomobject]@{ MountPoint = 'C:'; VolumeStatus = 'FullyEncrypted'; ProtectionStatus = 'Off' })", "E BitLocker Windows.BitLocker C: FullyEncrypted, protection Off")]
    [InlineData("$Guest.Volumes = @([pscustomobject]@{ MountPoint = 'D:'; VolumeStatus = 'EncryptionInProgress'; ProtectionStatus = 'On' })", "W BitLocker Windows.BitLocker D: EncryptionInProgress, protection On")]
    [InlineData(@"$Guest.Registry['HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending'] = @{}", @"E PendingReboot Windows.PendingReboot Component Based Servicing\RebootPending")]
    [InlineData(@"$Guest.Registry['HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired'] = @{}", @"E PendingReboot Windows.PendingReboot WindowsUpdate\Auto Update\RebootRequired")]
    [InlineData(@"$Guest.Registry['HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager'] = @{ PendingFileRenameOperations = @('\??\C:\a.tmp', '', '\??\C:\b.tmp', '') }", @"W PendingReboot Windows.PendingReboot PendingFileRenameOperations: \??\C:\a.tmp")]
    [InlineData(@"$Guest.Registry['HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\PackagesPending'] = @{}", @"E Servicing Windows.ServicingBusy Component Based Servicing\PackagesPending")]
    [InlineData("$Guest.Services['TrustedInstaller'] = 'Running'", "W Servicing Windows.ServicingBusy The service TrustedInstaller runs.")]
    [InlineData(@"$Guest.Registry['HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\ReserveManager'] = @{ ActiveScenario = 1 }", "E Servicing Windows.ReservedStorage ReserveManager: ActiveScenario = 1")]
    [InlineData("$Guest.Domain = 'corp.example'", "W Domain Windows.DomainJoined corp.example")]
    [InlineData("$Guest.Roles = @('DHCP')", "E ServerRole Windows.ServerRole DHCP (The role DHCP)")]
    [InlineData("$Guest.Roles = @('NPAS')", "W ServerRole Windows.NetworkPolicyServer NPAS (The role NPAS)")]
    [InlineData(@"$Guest.Registry['HKLM:\SOFTWARE\Microsoft\Windows Advanced Threat Protection\Status'] = @{ OnboardingState = 1 }", @"E Defender Windows.DefenderOnboarded Windows Advanced Threat Protection\Status: OnboardingState = 1")]
    [InlineData(@"$Guest.Registry['HKLM:\SYSTEM\Setup\Status\SysprepStatus'].GeneralizationState = 3", "E Sysprep Windows.InvalidState SysprepStatus: GeneralizationState = 3, CleanupState = 2")]
    [InlineData(@"$Guest.Registry['HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State'].ImageState = 'IMAGE_STATE_UNDEPLOYABLE'", "W Sysprep Windows.ImageState ImageState = IMAGE_STATE_UNDEPLOYABLE")]
    [InlineData(@"$Guest.Registry['HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State'].ImageState = 'IMAGE_STATE_UNDEPLOYABLE'; $Guest.Registry['HKLM:\SYSTEM\Setup'] = @{ SystemSetupInProgress = 1 }", "E Sysprep Windows.ImageState ImageState = IMAGE_STATE_UNDEPLOYABLE")]
    [InlineData(@"$Guest.Registry['HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State'].ImageState = 'IMAGE_STATE_SPECIALIZE_RESEAL_TO_OOBE'", "E Sysprep Windows.ImageState ImageState = IMAGE_STATE_SPECIALIZE_RESEAL_TO_OOBE")]
    [InlineData(@"$Guest.Registry['HKLM:\SOFTWARE\Microsoft\MSDTC'] = @{ SysprepInProgress = 1 }", "E Sysprep Windows.Msdtc MSDTC: SysprepInProgress = 1")]
    [InlineData("$Guest.Processes = @('sysprep')", "E Sysprep Windows.SysprepRunning sysprep.exe")]
    [InlineData("$Guest.Rearm = 0", "E Sysprep Windows.RearmExhausted RemainingWindowsReArmCount = 0")]
    [InlineData("$Guest.Rearm = 2", "W Sysprep Windows.RearmLow RemainingWindowsReArmCount = 2")]
    [InlineData(@"$Guest.Registry['HKLM:\SYSTEM\Setup\Upgrade'] = @{}", @"E Upgrade Windows.UpgradeRemains HKLM\SYSTEM\Setup\Upgrade")]
    [InlineData(@"$Guest.Files['C:\Windows.old'] = $true", @"W Upgrade Windows.UpgradeRemains C:\Windows.old")]
    [InlineData("$Guest.Boot.Remove('{bootmgr}')", "E BootConfiguration Windows.BootConfiguration bcdedit /enum {bootmgr}: exit code 1")]
    [InlineData("$Guest.Boot['{current}'] = @('device                  partition=C:', 'osdevice                unknown')", "E BootConfiguration Windows.BootConfiguration {current}: osdevice unknown")]
    [InlineData("$Guest.Boot['{current}'] = @('device                  boot', 'osdevice                unbekannt')", "E BootConfiguration Windows.BootConfiguration {current}: osdevice unbekannt")]
    [InlineData("$Guest.Boot['{current}'] = @('device                  vhd=[C:]\\\\win.vhdx', 'path  x')", "E BootConfiguration Windows.BootConfiguration {current}: osdevice is missing")]
    [InlineData("$Guest.Services.WindowsAzureGuestAgent = 'Stopped'", "E Agent Windows.AgentService WindowsAzureGuestAgent is Stopped")]
    [InlineData("$Guest.Services.Remove('WindowsAzureGuestAgent')", "E Agent Windows.AgentService WindowsAzureGuestAgent is not installed")]
    [InlineData(@"$Guest.Registry['HKLM:\SYSTEM\CurrentControlSet\Services\RdAgent'].Start = 4", "E Agent Windows.AgentService RdAgent does not start by itself")]
    [InlineData(@"$Guest.Registry['HKLM:\SYSTEM\CurrentControlSet\Services\cdrom'].Start = 4", "E CdRom Windows.CdRomService cdrom: Start = 4")]
    [InlineData(@"$Guest.Registry['HKLM:\SOFTWARE\Policies\Microsoft\Windows\RemovableStorageDevices'] = @{ Deny_All = 1 }", "E CdRom Windows.RemovableStoragePolicy RemovableStorageDevices: Deny_All = 1")]
    [InlineData(@"$Guest.Registry['HKLM:\SOFTWARE\Policies\Microsoft\Windows\RemovableStorageDevices\{53f56308-b6bf-11d0-94f2-00a0c91efb8b}'] = @{ Deny_Read = 1 }", @"E CdRom Windows.RemovableStoragePolicy RemovableStorageDevices\{53f56308-b6bf-11d0-94f2-00a0c91efb8b}: Deny_Read = 1")]
    [InlineData(@"$Guest.Registry['HKLM:\SYSTEM\CurrentControlSet\Services\EventLog\System'].File = 'E:\Logs\System.evtx'", @"E EventLog Windows.EventLogPath System: E:\Logs\System.evtx")]
    [InlineData(@"$Guest.Registry['HKLM:\SYSTEM\CurrentControlSet\Services\dmwappushservice'] = @{ Start = 4 }", "E PushService Windows.PushService dmwappushservice: Start = 4")]
    [InlineData(@"$Guest.Files.Remove('C:\Windows\System32\Configuration')", @"E Dsc Windows.DscConfiguration C:\Windows\System32\Configuration is missing")]
    [InlineData(@"$Guest.Files['C:\Windows\System32\Configuration\Current.mof'] = $true", @"W Dsc Windows.DscDocument C:\Windows\System32\Configuration\Current.mof")]
    [InlineData(@"$Guest.Files['C:\Windows\Panther\unattend.xml'] = $true", @"I AnswerFile Windows.AnswerFile C:\Windows\Panther\unattend.xml")]
    [InlineData(@"$Guest.Files['C:\autounattend.xml'] = $true", @"W AnswerFile Windows.AnswerFile C:\autounattend.xml")]
    [InlineData(@"$Guest.Registry['HKLM:\SYSTEM\Setup'] = @{ UnattendFile = 'D:\u.xml' }", @"W AnswerFile Windows.AnswerFile HKLM\SYSTEM\Setup: UnattendFile = D:\u.xml")]
    [InlineData("$Guest.FreeMegabytes = 500", "E DiskSpace Windows.DiskSpace C: 500 MiB free")]
    [InlineData("$Guest.FreeMegabytes = 3000", "W DiskSpace Windows.DiskSpace C: 3000 MiB free")]
    public void EachFailureIsOneLine(string arrange, string line)
    {
        _rig.Arrange(arrange);

        Assert.Equal(line, Assert.Single(_rig.Run(), IsFinding));
    }

    [Theory]
    [InlineData("Installed = ''", true)]
    [InlineData("PackageUserInformation = @('S-1-5-21-1-500 [vm\\azureuser]: Installed')", true)]
    [InlineData("PackageUserInformation = @('S-1-5-18 [NT AUTHORITY\\SYSTEM]: Staged')", false)]
    [InlineData("IsFramework = $true", false)]
    [InlineData("NonRemovable = $true", false)]
    [InlineData("SignatureKind = 'System'", false)]
    [InlineData("Version = '1.0.0.0'; Name = 'Microsoft.WindowsStore'", false)]
    public void OnlyAPackageOfAUserThatNewUsersDoNotGetCounts(string property, bool counts)
    {
        string name = property.Contains("; Name", StringComparison.Ordinal) ? string.Empty : "; Name = 'Contoso.App'";
        _rig.Arrange($"$Guest.Packages = @([pscustomobject]@{{ PackageFullName = '{Package}'; {property}{name} }})");

        string[] expected = counts ? [$"E Appx Windows.AppxPackage {Package}"] : [];
        Assert.Equal(expected, _rig.Run().Where(IsFinding));
    }

    [Theory]
    [InlineData("Contoso.App_1.2.3.4_x64__8wekyb3d8bbwe", "Contoso.App_1.2.3.4_x64__8wekyb3d8bbwe", false)]
    [InlineData("Contoso.App_1.9.3.4_x64__8wekyb3d8bbwe", "Contoso.App_1.10.0.0_x64__8wekyb3d8bbwe", true)]
    [InlineData("Contoso.App_1.10.0.0_x64__8wekyb3d8bbwe", "Contoso.App_1.9.3.4_x64__8wekyb3d8bbwe", false)]
    [InlineData("Contoso.App_2019.1.0.0_neutral_~_8wekyb3d8bbwe", "Contoso.App_2019.1.0.0_neutral_~_8wekyb3d8bbwe", false)]
    [InlineData("Contoso.App_2019.1.0.0_neutral_~_8wekyb3d8bbwe", "Contoso.App_2020.1.0.0_neutral_~_8wekyb3d8bbwe", true)]
    [InlineData("Contoso.App_2019.1.0.0_neutral_~_8wekyb3d8bbwe", "Contoso.App_3000.0.0.0_x64__8wekyb3d8bbwe", false)]
    [InlineData("Contoso.Other_1.0.0.0_x64__8wekyb3d8bbwe", "Contoso.App_2020.1.0.0_neutral_~_8wekyb3d8bbwe", false)]
    public void AVersionThatIsNewerThanWhatNewUsersGetCounts(string provisioned, string installed, bool counts)
    {
        _rig.Guest["Provisioned"] = new object[] { provisioned };
        _rig.Arrange($"$Guest.Packages = @([pscustomobject]@{{ Name = 'Contoso.App'; Version = '{installed.Split('_')[1]}'; PackageFullName = '{installed}' }})");

        string[] expected = counts ? [$"E Appx Windows.AppxPackage {installed}"] : [];
        Assert.Equal(expected, _rig.Run().Where(IsFinding));
    }

    [Fact]
    public void AnImageThatCannotBeDeployedIsAnErrorWhileSysprepRuns()
    {
        _rig.SetValue(@"HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State", "ImageState", "IMAGE_STATE_UNDEPLOYABLE");
        _rig.Arrange("$Guest.Processes = @('sysprep')");

        Assert.Equal(["E Sysprep Windows.ImageState ImageState = IMAGE_STATE_UNDEPLOYABLE", "E Sysprep Windows.SysprepRunning sysprep.exe"], _rig.Run().Where(IsFinding));
    }

    [Fact]
    public void WhatThisWindowsDoesNotHaveCannotStopSysprep()
    {
        _rig.Arrange("$Guest.HasAppx = $false; $Guest.Roles = $null");

        Assert.Equal(["C Appx", "C BitLocker", "C ServerRole"], _rig.Run().Where(line => line is "C Appx" or "C BitLocker" or "C ServerRole"));
    }

    [Fact]
    public void WhatCannotBeAskedIsSkippedWithTheReasonAndTheRestIsDone()
    {
        _rig.Arrange("$Guest.Wmi = 'broken'; $Guest.Boot = $null");

        IReadOnlyList<string> lines = _rig.Run();

        Assert.Equal(
            ["S Domain Invalid class", "S Sysprep Invalid class", "S BootConfiguration There is no bcdedit.", "S DiskSpace Invalid class"],
            lines.Where(line => line.StartsWith("S ", StringComparison.Ordinal)));
        Assert.Contains("C CdRom", lines);
        Assert.Equal("X 0", lines[^1]);
    }

    [Fact]
    public void TheWorstComesFirstAndWhatDoesNotFitIsCounted()
    {
        _rig.Arrange("$Guest.Packages = @(foreach ($i in 1..80) { [pscustomobject]@{ Name = \"App$i\"; PackageFullName = \"Contoso.Application.With.A.Long.Name$i\" + '_1.0.0.0_x64__8wekyb3d8bbwe' } })");
        _rig.AddFile(@"C:\unattend.xml");

        IReadOnlyList<string> lines = _rig.Run();

        string[] findings = [.. lines.Where(IsFinding)];
        Assert.All(findings, line => Assert.StartsWith("E Appx ", line, StringComparison.Ordinal));
        Assert.Equal($"X {81 - findings.Length}", lines[^1]);
        Assert.InRange(lines.Sum(line => line.Length + 2), 3000, 3700);
    }

    private static bool IsFinding(string line) => line[0] is 'E' or 'W' or 'I' && line[1] == ' ';
}
