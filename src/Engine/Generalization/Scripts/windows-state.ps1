# Tells how far this Windows installation is with sysprep. Runs as SYSTEM in Windows PowerShell 5.1, without parameters, and changes nothing.
#
# It answers with lines NAME=VALUE between "imagecmdlets-state 1" and "imagecmdlets-state-end"; a value that is not there is empty.
# BootTime is of the machine's own clock, in UTC.

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Get-Value($key, $name) {
    $item = Get-ItemProperty -LiteralPath $key -Name $name -ErrorAction SilentlyContinue
    if ($item) { $item.$name }
}

function Get-RearmLeft {
    try {
        $licensing = @(Get-CimInstance -ClassName SoftwareLicensingService)[0]
        $licensing.RemainingWindowsReArmCount
    }
    catch {
        # Licensing does not run on every server core.
        ''
    }
}

function Get-BootTime {
    try {
        $system = @(Get-CimInstance -ClassName Win32_OperatingSystem)[0]
        $system.LastBootUpTime.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ')
    }
    catch {
        ''
    }
}

$status = 'HKLM:\SYSTEM\Setup\Status\SysprepStatus'
'imagecmdlets-state 1'
"ImageState=$(Get-Value 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State' 'ImageState')"
"GeneralizationState=$(Get-Value $status 'GeneralizationState')"
"CleanupState=$(Get-Value $status 'CleanupState')"
"HasTag=$(Test-Path -LiteralPath (Join-Path $env:SystemRoot 'System32\Sysprep\Sysprep_succeeded.tag'))"
"SysprepInProgress=$((Get-Value 'HKLM:\SOFTWARE\Microsoft\MSDTC' 'SysprepInProgress') -eq 1)"
"IsSysprepRunning=$(@(Get-Process -Name sysprep -ErrorAction SilentlyContinue).Count -gt 0)"
"RearmLeft=$(Get-RearmLeft)"
"BootTime=$(Get-BootTime)"
'imagecmdlets-state-end'
exit 0
