<#
.SYNOPSIS
The main job, on the sandbox: from marketplace images to custom images in three regions, and back to nothing.

.DESCRIPTION
Makes a Windows and a Linux machine, takes snapshots, generalizes the machines, makes images, copies them to other regions, restores a
disk, makes new machines from a copy, and removes everything again. Nothing leaves this machine and no real time is waited: the sandbox
has its own clock. Uses only what the bare PowerShell engine has, so it runs in src/Shell as well as in pwsh.

.EXAMPLE
dotnet run --project src/Shell -- samples/golden-image.ps1

.EXAMPLE
./samples/golden-image.ps1 -CopyTo northeurope, japaneast, brazilsouth
#>
[CmdletBinding()]
param(
    # Where the images are made.
    [string] $Location = 'westeurope',

    # Where they are copied to.
    [string[]] $CopyTo = @('northeurope', 'japaneast')
)

$ErrorActionPreference = 'Stop'
$watch = [System.Diagnostics.Stopwatch]::StartNew()
$group = 'images'

# Out-Default shows each kind of object in its own table.
function Show-Step([string] $Text) { "`n=== $Text" | Out-Default }

if (-not (Get-Command New-ImageVM -ErrorAction Ignore)) {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', 'output', 'ImageCmdlets', 'ImageCmdlets.psd1'))
}

Show-Step 'A session to the sandbox: Azure Resource Manager as a model in this process'
Connect-ImageSession -Sandbox | Out-Default

Show-Step 'What the marketplace offers'
Find-MarketplaceImage -l $Location -Publisher Canonical -Offer 'ubuntu-24_04-lts' | Out-Default

Show-Step "Two machines in $Location, with network and disks; 'latest' is resolved"
$machines = @(
    New-ImageVM -g $group -n web01 -l $Location -Image 'MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-g2:latest' -DataDiskSizeGB 64 -WarningAction SilentlyContinue
    New-ImageVM -g $group -n app01 -l $Location -Image 'Canonical:ubuntu-24_04-lts:server:latest' -WarningAction SilentlyContinue
)
$machines | Out-Default

Show-Step 'Snapshots of all their disks, before anything is destroyed'
$snapshots = @($machines | New-ImageSnapshot)
$snapshots | Out-Default

Show-Step "Generalize in the guest, make the images, copy them to $($CopyTo -join ' and '): one pipeline"
$copies = @($machines | Invoke-Generalize -Force -OutVariable generalized | New-CustomImage -OutVariable images | Copy-CustomImage -Location $CopyTo)
$generalized | Out-Default
$images | Out-Default
$copies | Out-Default

Show-Step 'A disk as it was before, restored from its snapshot'
$restored = @($snapshots | Where-Object { $_.VMId -like '*/web01' -and $null -eq $_.Lun } | Restore-ImageSnapshot -Name web01-before)
$restored | Out-Default

Show-Step "New machines from the copies in $($CopyTo[0])"
$made = @(
    foreach ($copy in $copies | Where-Object Location -EQ $CopyTo[0]) {
        New-ImageVM -g "$group-new" -n ($copy.Name -replace '-image.*', '-new') -l $copy.Location -Image $copy.Id -WarningAction SilentlyContinue
    }
)
$made | Out-Default

$afterwards = Get-ImageSandbox

Show-Step 'Everything removed again'
$made | Remove-ImageVM -RemoveResourceGroup -Force
Get-CustomImage -g $group | Remove-CustomImage -Force
$snapshots | Remove-ImageSnapshot -Force
$restored | Remove-ImageDisk -Force
$machines | Remove-ImageVM -RemoveResourceGroup -Force
$left = Get-ImageSandbox

Show-Step 'Summary'
[pscustomobject]@{
    Machines       = $machines.Count + $made.Count
    Snapshots      = $snapshots.Count
    Images         = $images.Count
    Copies         = "$(@($copies | Where-Object State -EQ Succeeded).Count) of $($images.Count * $CopyTo.Count) in $($CopyTo -join ', ')"
    ResourcesMade  = $afterwards.ResourceCount
    ResourcesLeft  = $left.ResourceCount
    GroupsLeft     = $left.ResourceGroupCount
    SimulatedTime  = $left.Elapsed
    RealTime       = $watch.Elapsed
    ArmCalls       = $left.RequestCount
}

if ($left.ResourceCount + $left.ResourceGroupCount -ne 0 -or @($copies | Where-Object State -NE Succeeded).Count -ne 0) {
    throw 'The main job left something behind or did not finish; see above.'
}
