# Looks for what would stop this Windows installation from being generalized, or would stay in its image. It changes nothing.
#
# Runs as SYSTEM in Windows PowerShell 5.1 through an Azure managed run command, without parameters. Its answer is lines:
#     imagecmdlets-readiness 1 Windows     the beginning
#     C <check>                            a check that was made
#     S <check> <reason>                   a check that could not be made
#     E|W|I <check> <rule> <evidence>      an error, a warning, a fact
#     X <number>                           the end, and how many findings did not fit
# Azure keeps the last 4,096 bytes of the output: the worst comes first, and what does not fit is counted.

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$longestReport = 3600
$longestEvidence = 200
$cbs = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing'
$services = 'HKLM:\SYSTEM\CurrentControlSet\Services'
$sysprep = Join-Path $env:SystemRoot 'System32\Sysprep'
$checks = @()
$check = ''
$found = @()

function Get-Value($key, $name) {
    $item = Get-ItemProperty -LiteralPath $key -Name $name -ErrorAction SilentlyContinue
    if ($item) { $item.$name }
}

function Get-Short($text) {
    $line = ("$text" -replace '[^ -~]+', ' ').Trim()
    if ($line.Length -gt $longestEvidence) { $line = $line.Substring(0, $longestEvidence) }
    $line
}

function Add-Finding($severity, $rule, $evidence) {
    $script:found = $script:found + "$severity $check $rule $(Get-Short $evidence)".Trim()
}

# What the block gives out is why the check could not be made.
function Test-That($name, $block) {
    $script:check = $name
    try {
        $why = @(& $block)
        if ($why.Count -gt 0) { $line = "S $name $(Get-Short $why[0])" } else { $line = "C $name" }
    }
    catch {
        $line = "S $name $(Get-Short $_.Exception.Message)"
    }
    $script:checks = $script:checks + $line
}

function Test-Command($name) {
    [bool](Get-Command -Name $name -ErrorAction SilentlyContinue)
}

function Test-Newer($version, $other) {
    $left = "$version".Split('.')
    $right = "$other".Split('.')
    for ($i = 0; $i -lt $left.Count; $i++) {
        if ($i -ge $right.Count) { return $true }
        if ([int]$left[$i] -ne [int]$right[$i]) { return ([int]$left[$i] -gt [int]$right[$i]) }
    }
    $false
}

# What is provisioned as a bundle has the bundle's version, which says nothing about that of the app inside.
function Get-Kind($fullName) {
    if ("$fullName" -like '*_~_*') { 'bundle' } else { 'app' }
}

# The Store updates an app for the user alone: what new users get stays old, and sysprep refuses the newer one (KB2769827).
function Test-UserOnly($package, $provisioned) {
    $kind = Get-Kind $package.PackageFullName
    $own = @($provisioned | Where-Object { $_.DisplayName -eq $package.Name })
    if ($own.Count -eq 0) { return ($kind -eq 'app') }
    $alike = @($own | Where-Object { (Get-Kind $_.PackageName) -eq $kind })
    if ($alike.Count -eq 0) { return $false }
    @($alike | Where-Object { -not (Test-Newer $package.Version $_.Version) }).Count -eq 0
}

# A package that a user has and a new user would not get. Parts of the system and what packages share do not count.
function Test-Appx {
    # A Windows without this command has no such packages.
    if (-not (Test-Command 'Get-AppxProvisionedPackage')) { return }
    $provisioned = @(Get-AppxProvisionedPackage -Online)
    foreach ($package in @(Get-AppxPackage -AllUsers -PackageTypeFilter Main, Bundle)) {
        if ($package.IsFramework -or $package.IsResourcePackage -or $package.NonRemovable) { continue }
        if ("$($package.SignatureKind)" -eq 'System') { continue }
        $users = "$($package.PackageUserInformation)"
        if (($users -ne '') -and ($users -notmatch 'Installed')) { continue }
        if (Test-UserOnly $package $provisioned) { Add-Finding 'E' 'Windows.AppxPackage' $package.PackageFullName }
    }
}

# Sysprep refuses an encrypted system volume also while its protection is off.
function Test-BitLocker {
    if (-not (Test-Command 'Get-BitLockerVolume')) { return }
    foreach ($volume in @(Get-BitLockerVolume)) {
        if ("$($volume.VolumeStatus)" -eq 'FullyDecrypted') { continue }
        if ("$($volume.MountPoint)" -eq $env:SystemDrive) { $severity = 'E' } else { $severity = 'W' }
        Add-Finding $severity 'Windows.BitLocker' "$($volume.MountPoint) $($volume.VolumeStatus), protection $($volume.ProtectionStatus)"
    }
}

function Test-PendingReboot {
    if (Test-Path -LiteralPath "$cbs\RebootPending") { Add-Finding 'E' 'Windows.PendingReboot' 'Component Based Servicing\RebootPending' }
    $update = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired'
    if (Test-Path -LiteralPath $update) { Add-Finding 'E' 'Windows.PendingReboot' 'WindowsUpdate\Auto Update\RebootRequired' }
    $renames = @(Get-Value 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager' 'PendingFileRenameOperations' | Where-Object { $_ })
    # Many healthy machines have some. Sysprep warns of them (File operations pending) and goes on: notepad-plus-plus/notepad-plus-plus#13675.
    if ($renames.Count -gt 0) { Add-Finding 'W' 'Windows.PendingReboot' "PendingFileRenameOperations: $($renames[0])" }
}

function Test-Servicing {
    if (Test-Path -LiteralPath "$cbs\PackagesPending") { Add-Finding 'E' 'Windows.ServicingBusy' 'Component Based Servicing\PackagesPending' }
    $sessions = Get-Value "$cbs\SessionsPending" 'Exclusive'
    if ($sessions) { Add-Finding 'E' 'Windows.ServicingBusy' "Component Based Servicing\SessionsPending: Exclusive = $sessions" }
    elseif (@(Get-Service -Name TrustedInstaller -ErrorAction SilentlyContinue | Where-Object { $_.Status -eq 'Running' }).Count -gt 0) {
        Add-Finding 'W' 'Windows.ServicingBusy' 'The service TrustedInstaller runs.'
    }
    $scenario = Get-Value 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\ReserveManager' 'ActiveScenario'
    if ($scenario) { Add-Finding 'E' 'Windows.ReservedStorage' "ReserveManager: ActiveScenario = $scenario" }
}

function Test-Domain {
    $computer = @(Get-CimInstance -ClassName Win32_ComputerSystem)[0]
    if ($computer.PartOfDomain) { Add-Finding 'W' 'Windows.DomainJoined' $computer.Domain }
}

function Test-ServerRole {
    # Only servers have this command, and roles.
    if (-not (Test-Command 'Get-WindowsFeature')) { return }
    $unsupported = 'AD-Certificate', 'AD-Domain-Services', 'ADFS-Federation', 'ADLDS', 'ADRMS', 'DHCP', 'Fax'
    foreach ($role in @(Get-WindowsFeature | Where-Object { $_.Installed })) {
        if ($unsupported -contains $role.Name) { Add-Finding 'E' 'Windows.ServerRole' "$($role.Name) ($($role.DisplayName))" }
        elseif ($role.Name -eq 'NPAS') { Add-Finding 'W' 'Windows.NetworkPolicyServer' "$($role.Name) ($($role.DisplayName))" }
    }
}

function Test-Defender {
    $state = Get-Value 'HKLM:\SOFTWARE\Microsoft\Windows Advanced Threat Protection\Status' 'OnboardingState'
    if ($state -eq 1) { Add-Finding 'E' 'Windows.DefenderOnboarded' 'Windows Advanced Threat Protection\Status: OnboardingState = 1' }
}

function Test-Sysprep {
    $status = 'HKLM:\SYSTEM\Setup\Status\SysprepStatus'
    $general = Get-Value $status 'GeneralizationState'
    $cleanup = Get-Value $status 'CleanupState'
    if ((($null -ne $general) -and ($general -ne 7)) -or (($null -ne $cleanup) -and ($cleanup -ne 2))) {
        Add-Finding 'E' 'Windows.InvalidState' "SysprepStatus: GeneralizationState = $general, CleanupState = $cleanup"
    }
    $image = Get-Value 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State' 'ImageState'
    $isRunning = @(Get-Process -Name sysprep -ErrorAction SilentlyContinue).Count -gt 0
    if (($null -ne $image) -and ($image -ne 'IMAGE_STATE_COMPLETE')) {
        # A sysprep that failed leaves this, and nothing but the next one that succeeds changes it.
        $isLeft = ($image -eq 'IMAGE_STATE_UNDEPLOYABLE') -and ($general -eq 7) -and (-not $isRunning)
        if ($isLeft -and ((Get-Value 'HKLM:\SYSTEM\Setup' 'SystemSetupInProgress') -ne 1)) { $severity = 'W' } else { $severity = 'E' }
        Add-Finding $severity 'Windows.ImageState' "ImageState = $image"
    }
    if ((Get-Value 'HKLM:\SOFTWARE\Microsoft\MSDTC' 'SysprepInProgress') -eq 1) {
        Add-Finding 'E' 'Windows.Msdtc' 'MSDTC: SysprepInProgress = 1'
    }
    if ($isRunning) { Add-Finding 'E' 'Windows.SysprepRunning' 'sysprep.exe' }
    $licensing = @(Get-CimInstance -ClassName SoftwareLicensingService)[0]
    $left = $licensing.RemainingWindowsReArmCount
    if ($null -ne $left) {
        if ($left -le 0) { Add-Finding 'E' 'Windows.RearmExhausted' "RemainingWindowsReArmCount = $left" }
        elseif ($left -le 2) { Add-Finding 'W' 'Windows.RearmLow' "RemainingWindowsReArmCount = $left" }
    }
}

function Test-Upgrade {
    if (Test-Path -LiteralPath 'HKLM:\SYSTEM\Setup\Upgrade') { Add-Finding 'E' 'Windows.UpgradeRemains' 'HKLM\SYSTEM\Setup\Upgrade' }
    $old = "$env:SystemDrive\Windows.old"
    if (Test-Path -LiteralPath $old) { Add-Finding 'W' 'Windows.UpgradeRemains' $old }
}

# Names of elements and kinds of devices are the same in every language; what bcdedit says besides is not.
function Test-BootConfiguration {
    if (-not (Test-Command 'bcdedit.exe')) { return 'There is no bcdedit.' }
    foreach ($entry in '{bootmgr}', '{current}') {
        $lines = @(& bcdedit.exe /enum $entry)
        if ($LASTEXITCODE -ne 0) {
            Add-Finding 'E' 'Windows.BootConfiguration' "bcdedit /enum ${entry}: exit code $LASTEXITCODE"
            return
        }
        if ($entry -eq '{current}') { $elements = 'device', 'osdevice' } else { $elements = @('device') }
        foreach ($element in $elements) {
            $line = @($lines | Where-Object { $_ -match "^$element\s" })
            if ($line.Count -eq 0) { Add-Finding 'E' 'Windows.BootConfiguration' "${entry}: $element is missing" }
            elseif ($line[0] -notmatch '\s(boot|(partition|locate|vhd|file|ramdisk|hd_partition)=.+|\[.+)$') {
                Add-Finding 'E' 'Windows.BootConfiguration' "${entry}: $($line[0] -replace '\s+', ' ')"
            }
        }
    }
}

# Images without RdAgent exist; one that has it needs it.
function Test-Agent {
    foreach ($name in 'RdAgent', 'WindowsAzureGuestAgent') {
        $service = @(Get-Service -Name $name -ErrorAction SilentlyContinue)
        if ($service.Count -eq 0) {
            if ($name -ne 'RdAgent') { Add-Finding 'E' 'Windows.AgentService' "$name is not installed" }
        }
        elseif ("$($service[0].Status)" -ne 'Running') { Add-Finding 'E' 'Windows.AgentService' "$name is $($service[0].Status)" }
        elseif ((Get-Value "$services\$name" 'Start') -ne 2) { Add-Finding 'E' 'Windows.AgentService' "$name does not start by itself" }
    }
}

# The first boot in Azure reads its settings from a virtual CD.
function Test-CdRom {
    $start = Get-Value "$services\cdrom" 'Start'
    if (($null -ne $start) -and ($start -ne 1)) { Add-Finding 'E' 'Windows.CdRomService' "cdrom: Start = $start" }
    $policy = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\RemovableStorageDevices'
    if ((Get-Value $policy 'Deny_All') -eq 1) { Add-Finding 'E' 'Windows.RemovableStoragePolicy' 'RemovableStorageDevices: Deny_All = 1' }
    $drives = '{53f56308-b6bf-11d0-94f2-00a0c91efb8b}'
    if ((Get-Value "$policy\$drives" 'Deny_Read') -eq 1) {
        Add-Finding 'E' 'Windows.RemovableStoragePolicy' "RemovableStorageDevices\${drives}: Deny_Read = 1"
    }
}

function Test-EventLog {
    foreach ($log in @(Get-ChildItem -LiteralPath "$services\EventLog" -ErrorAction SilentlyContinue)) {
        $file = Get-Value "$services\EventLog\$($log.PSChildName)" 'File'
        if (-not $file) { continue }
        $path = $file.Replace('%SystemRoot%', $env:SystemRoot)
        if (-not (Test-Path -LiteralPath (Split-Path -Path $path -Parent))) { Add-Finding 'E' 'Windows.EventLogPath' "$($log.PSChildName): $file" }
    }
}

# Sysprep waits for this service for ever.
function Test-PushService {
    if ((Get-Value "$services\dmwappushservice" 'Start') -eq 4) { Add-Finding 'E' 'Windows.PushService' 'dmwappushservice: Start = 4' }
}

function Test-Dsc {
    $folder = Join-Path $env:SystemRoot 'System32\Configuration'
    if (-not (Test-Path -LiteralPath $folder)) {
        Add-Finding 'E' 'Windows.DscConfiguration' "$folder is missing"
        return
    }
    foreach ($file in @(Get-ChildItem -LiteralPath $folder -Filter '*.mof')) { Add-Finding 'W' 'Windows.DscDocument' "$folder\$($file.Name)" }
}

# Setup itself leaves the first two in every machine.
function Test-AnswerFile {
    foreach ($path in "$sysprep\unattend.xml", "$env:SystemRoot\Panther\unattend.xml") {
        if (Test-Path -LiteralPath $path) { Add-Finding 'I' 'Windows.AnswerFile' $path }
    }
    foreach ($path in "$env:SystemDrive\unattend.xml", "$env:SystemDrive\autounattend.xml") {
        if (Test-Path -LiteralPath $path) { Add-Finding 'W' 'Windows.AnswerFile' $path }
    }
    $named = Get-Value 'HKLM:\SYSTEM\Setup' 'UnattendFile'
    if ($named) { Add-Finding 'W' 'Windows.AnswerFile' "HKLM\SYSTEM\Setup: UnattendFile = $named" }
}

function Test-DiskSpace {
    $drive = @(Get-CimInstance -ClassName Win32_LogicalDisk | Where-Object { $_.DeviceID -eq $env:SystemDrive })
    if ($drive.Count -eq 0) { return 'The system drive was not found.' }
    $free = [int]($drive[0].FreeSpace / 1mb)
    if ($free -lt 1024) { Add-Finding 'E' 'Windows.DiskSpace' "$env:SystemDrive $free MiB free" }
    elseif ($free -lt 4096) { Add-Finding 'W' 'Windows.DiskSpace' "$env:SystemDrive $free MiB free" }
}

# The worst first; what does not fit any more is only counted.
function Write-Report {
    $lines = @('imagecmdlets-readiness 1 Windows') + $checks
    $length = 0
    foreach ($line in $lines) { $length = $length + $line.Length + 2 }
    $cut = 0
    foreach ($severity in 'E', 'W', 'I') {
        foreach ($line in $found) {
            if (-not $line.StartsWith("$severity ")) { continue }
            if (($cut -gt 0) -or (($length + $line.Length + 2) -gt $longestReport)) {
                $cut = $cut + 1
                continue
            }
            $lines = $lines + $line
            $length = $length + $line.Length + 2
        }
    }
    $lines + "X $cut"
}

Test-That 'Appx' { Test-Appx }
Test-That 'BitLocker' { Test-BitLocker }
Test-That 'PendingReboot' { Test-PendingReboot }
Test-That 'Servicing' { Test-Servicing }
Test-That 'Domain' { Test-Domain }
Test-That 'ServerRole' { Test-ServerRole }
Test-That 'Defender' { Test-Defender }
Test-That 'Sysprep' { Test-Sysprep }
Test-That 'Upgrade' { Test-Upgrade }
Test-That 'BootConfiguration' { Test-BootConfiguration }
Test-That 'Agent' { Test-Agent }
Test-That 'CdRom' { Test-CdRom }
Test-That 'EventLog' { Test-EventLog }
Test-That 'PushService' { Test-PushService }
Test-That 'Dsc' { Test-Dsc }
Test-That 'AnswerFile' { Test-AnswerFile }
Test-That 'DiskSpace' { Test-DiskSpace }
Write-Report
exit 0
