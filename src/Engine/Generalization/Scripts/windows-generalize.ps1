# Generalizes this Windows installation with sysprep, so that its disk can become an Azure image.
#
# Runs as SYSTEM in Windows PowerShell 5.1 through an Azure managed run command, without parameters. It answers with one line
# of JSON and exit code 0 only when Windows itself says that it is generalized: by its image state and by sysprep's tag file.
# It does not shut the machine down: as long as the agent lives, the answer can be read and the run command be taken away.
# Running it again does no harm: a generalized machine is left as it is, and a sysprep that still runs is waited for.

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$setupState = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State'
$goal = 'IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE'
$sysprep = Join-Path $env:SystemRoot 'System32\Sysprep'
$panther = Join-Path $env:SystemRoot 'Panther'
$tag = Join-Path $sysprep 'Sysprep_succeeded.tag'
$log = Join-Path $sysprep 'Panther\setupact.log'
# Together less than the run command's own time limit, so that this script is the one that tells of a sysprep that hangs.
$agentMinutes = 3
$sysprepMinutes = 22
# Azure keeps the last 4,096 bytes of the output; a longer line would lose its beginning. All of it is ASCII: a character is a byte.
$longestReport = 3500

function Get-ImageState {
    $state = Get-ItemProperty -LiteralPath $setupState -Name ImageState -ErrorAction SilentlyContinue
    if ($state) { $state.ImageState } else { '' }
}

function Test-Generalized {
    ((Get-ImageState) -eq $goal) -and (Test-Path -LiteralPath $tag)
}

# What Windows says in its own language has two or three bytes a character.
function Get-Short($text, $longest) {
    $line = ("$text" -replace '[^ -~]+', ' ').Trim()
    if ($line.Length -gt $longest) { $line = $line.Substring(0, $longest) }
    $line
}

# The log grows from run to run, and setuperr.log does not say where one begins: only the last run of setupact.log counts.
function Get-LastRun {
    $run = @{ Number = 0; Errors = @() }
    if (Test-Path -LiteralPath $log) {
        foreach ($line in (Get-Content -LiteralPath $log)) {
            if ($line -match 'Beginning of a new sysprep run') {
                $run.Number = $run.Number + 1
                $run.Errors = @()
            }
            # The only warning that can tell why sysprep did not go on: a restart is pending.
            elseif (($line -match ', Error\s') -or ($line -match 'File operations pending')) {
                $run.Errors = $run.Errors + (Get-Short $line 300)
            }
        }
    }
    $run
}

function Write-Report($outcome, $exitCode, $reason, $lastErrors) {
    $errors = @($lastErrors)
    # In JSON a character can become six.
    if ($reason) { $reason = Get-Short $reason 400 }
    while ($true) {
        $report = [ordered]@{
            result = 'imagecmdlets-generalize'
            os = 'Windows'
            outcome = $outcome
            imageState = Get-ImageState
            tag = [bool](Test-Path -LiteralPath $tag)
            exitCode = $exitCode
            run = $ownRun
            reason = $reason
            lastErrors = $errors
        }
        $json = ConvertTo-Json -InputObject $report -Compress
        if (($json.Length -le $longestReport) -or ($errors.Count -eq 0)) { break }
        # The first errors of a run name the cause, the last ones only repeat that it failed.
        if ($errors.Count -eq 1) { $errors = @() } else { $errors = @($errors[0..($errors.Count - 2)]) }
    }
    $json
}

# Sysprep during provisioning generalizes a half-made machine. Images without one of the services exist.
function Wait-Agent {
    $deadline = (Get-Date).AddMinutes($agentMinutes)
    foreach ($name in 'RdAgent', 'WindowsAzureGuestAgent') {
        while ($true) {
            $service = Get-Service -Name $name -ErrorAction SilentlyContinue
            if ((-not $service) -or ($service.Status -eq 'Running')) { break }
            if ((Get-Date) -ge $deadline) { throw "The service $name does not run." }
            Start-Sleep -Seconds 5
        }
    }
}

# An answer file that is left would steer the first start of every machine made of the image; the tag would vouch for this run.
function Remove-Leftover {
    foreach ($path in (Join-Path $sysprep 'unattend.xml'), $panther) {
        Remove-Item -LiteralPath $path -Recurse -Force -ErrorAction SilentlyContinue
    }
    if (Test-Path -LiteralPath $tag) { Remove-Item -LiteralPath $tag -Force }
}

function Wait-Sysprep($process) {
    $deadline = (Get-Date).AddMinutes($sysprepMinutes)
    while (-not $process.HasExited) {
        if ((Get-Date) -ge $deadline) { return $false }
        Start-Sleep -Seconds 5
    }
    # The process can end a moment before its last entry in the registry.
    $deadline = (Get-Date).AddMinutes(1)
    while (((Get-ImageState) -eq 'IMAGE_STATE_UNDEPLOYABLE') -and ((Get-Date) -lt $deadline)) {
        Start-Sleep -Seconds 5
    }
    $true
}

# Of what sysprep waits for without an end, its log says nothing.
function Get-HangReason {
    $service = Get-ItemProperty -LiteralPath 'HKLM:\SYSTEM\CurrentControlSet\Services\dmwappushservice' -Name Start -ErrorAction SilentlyContinue
    if ($service -and ($service.Start -eq 4)) { ' It waits for the service dmwappushservice, which is disabled.' }
}

$exitCode = $null
# Which run of the log this script is about; 0 as long as sysprep has not begun one.
$ownRun = 0
try {
    if (Test-Generalized) {
        Write-Report 'AlreadyGeneralized' $null $null @()
        exit 0
    }

    $runsBefore = 0
    $running = @(Get-Process -Name sysprep -ErrorAction SilentlyContinue)
    if ($running.Count -gt 0) {
        $process = $running[0]
    }
    else {
        Wait-Agent
        Remove-Leftover
        $runsBefore = (Get-LastRun).Number
        $arguments = '/generalize', '/oobe', '/mode:vm', '/quiet', '/quit'
        $process = Start-Process -FilePath (Join-Path $sysprep 'sysprep.exe') -ArgumentList $arguments -PassThru
        # Without its handle, the process forgets its exit code.
        $null = $process.Handle
    }

    $ended = Wait-Sysprep $process
    if ($ended) {
        # A process that another script started need not tell; the image state decides anyway.
        try { $exitCode = $process.ExitCode } catch { $exitCode = $null }
    }
    $run = Get-LastRun
    $lastErrors = @()
    if ($run.Number -gt $runsBefore) {
        $ownRun = $run.Number
        $lastErrors = $run.Errors
    }

    if (Test-Generalized) {
        Write-Report 'Generalized' $exitCode $null $lastErrors
        exit 0
    }
    if (-not $ended) {
        Write-Report 'TimedOut' $null "Sysprep did not end within $sysprepMinutes minutes.$(Get-HangReason)" $lastErrors
        exit 2
    }
    Write-Report 'Failed' $exitCode "Sysprep ended with exit code $exitCode and left the image state $(Get-ImageState)." $lastErrors
    exit 1
}
catch {
    Write-Report 'Failed' $exitCode $_.Exception.Message @()
    exit 1
}
