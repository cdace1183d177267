<#
.SYNOPSIS
Brings the scale sets of an image definition to its latest version, one after the other in healthy batches, and takes the version back where it is bad.

.DESCRIPTION
A runbook for Azure Automation. It asks nothing, needs no host, and signs in as the account's managed identity. It finds the scale sets that use the definition and gives them the
latest version. Where machines do not come up or do not stay healthy, it stops, excludes the version from latest, and brings models and machines back to the version before;
the reason is in the version's tag imagecmdlets-undone, in the summary, and in the error that ends the job. It puts out an object for each model and machine, and a summary.

A job may end anywhere: Azure stops every PowerShell job after three hours (fair share) and starts jobs over when a worker is lost. Nothing is kept
in the job: started again with the same parameters it goes on with the batches, or with the way back, where that had begun. Large fleets take several jobs.

.PARAMETER ResourceGroupName
The resource group of the gallery.

.PARAMETER GalleryName
The gallery.

.PARAMETER DefinitionName
The image definition.

.PARAMETER ScaleSetName
Which scale sets, with wildcards such as ["web*"]; without it all that use the definition. They get the version in the order of their names.

.PARAMETER MaxBatchPercent
Percent of a set's machines that get the version at once.

.PARAMETER PauseMinutes
How long each batch must stay healthy before the next begins.

.PARAMETER ReplaceMachine
Whether to make new machines in place of those of flexible sets. Without it only their next machines get the version.

.PARAMETER SubscriptionId
The subscription, where the identity sees several.

.PARAMETER IdentityClientId
The client id of a user-assigned identity; without it the system-assigned one.

.EXAMPLE
Start-AzAutomationRunbook -ResourceGroupName ops -AutomationAccountName images -Name Update-Fleet -Parameters @{
    ResourceGroupName = 'images'; GalleryName = 'prod'; DefinitionName = 'web'; MaxBatchPercent = 10; PauseMinutes = 5
}

.EXAMPLE
./Update-Fleet.ps1 -ResourceGroupName images -GalleryName prod -DefinitionName web -ScaleSetName canary*

In a console after Connect-ImageSession: a default session that is there already is used.

.NOTES
Rights and import: README.md in this folder. Automation passes texts, numbers, $true and $false, and JSON arrays; no parameter needs more.
#>
[CmdletBinding()]
[OutputType([pscustomobject])]
param(
    [Parameter(Mandatory)] [string] $ResourceGroupName,
    [Parameter(Mandatory)] [string] $GalleryName,
    [Parameter(Mandatory)] [string] $DefinitionName,
    [string[]] $ScaleSetName = @('*'),
    [int] $MaxBatchPercent = 20,
    [int] $PauseMinutes = 0,
    [bool] $ReplaceMachine = $false,
    [string] $SubscriptionId,
    [string] $IdentityClientId
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$gallery = @{ ResourceGroupName = $ResourceGroupName; GalleryName = $GalleryName }
$definition = $gallery + @{ DefinitionName = $DefinitionName }
$pace = @{ MaxBatchPercent = $MaxBatchPercent; PauseBetweenBatches = [timespan]::FromMinutes($PauseMinutes) }

if (-not (Get-ImageSession -Default)) {
    $signIn = @{ Identity = $true }
    if ($SubscriptionId) { $signIn.SubscriptionId = $SubscriptionId }
    if ($IdentityClientId) { $signIn.ClientId = $IdentityClientId }
    $null = Connect-ImageSession @signIn
}

$version = Get-ImageVersion @definition -Latest
if (-not $version) { throw "No version of $DefinitionName counts as latest." }
$names = @()
$reason = $null
$updated = @()
$restored = @()
$problem = @()

# The way back from a version that an ended job had taken back; nothing is done where that is all done.
$bad = @(Get-ImageVersion @definition | Where-Object { $_.Tag.ContainsKey('imagecmdlets-undone') -and $_.Version -gt $version.Version })
if ($bad.Count -gt 0) {
    $bad | Undo-ImageRollout @pace -ReplaceMachine:$ReplaceMachine -Force -OutVariable restored -ErrorAction SilentlyContinue -ErrorVariable problem
    $restored = @($restored | Where-Object State -In Repointed, Updated, Removed)
    if ($restored.Count -gt 0) { $reason = $bad[-1].Tag['imagecmdlets-undone'] }
}

if (-not $reason) {
    $id = (Get-ImageDefinition @gallery -Name $DefinitionName).Id
    $models = @(Get-ImageUsage -ResourceId $id -Live | Where-Object Kind -EQ ScaleSet |
            Where-Object { $name = $_.Name; @($ScaleSetName | Where-Object { $name -like $_ }).Count -gt 0 })
    $order = [string[]] @($models | ForEach-Object Id)
    [array]::Sort($order, [System.StringComparer]::OrdinalIgnoreCase)
    foreach ($setId in $order) {
        $set = Get-ImageScaleSet -ResourceId $setId
        $names += $set.Name
        # A set that follows the latest version goes on doing so.
        $follows = ($models | Where-Object Id -EQ $setId).FollowsLatest
        $change = @{ ResourceId = $setId; Image = if ($follows) { $id } else { $version.Id } }
        if ($ReplaceMachine -and $set.OrchestrationMode -eq 'Flexible') { $change.ReplaceMachine = $true }
        try {
            Update-ImageScaleSet @change @pace -Force -OutVariable changed
        } catch {
            # What is not the version's fault does not keep the other sets; one that makes machines ill goes nowhere else.
            $problem += $_
            if ($_.FullyQualifiedErrorId -like 'RolloutStopped,*') { $reason = "$($set.Name): $_" }
        }
        $updated += @($changed | Where-Object State -EQ Updated)
        if ($reason) { break }
    }

    if ($reason) {
        $why = $reason.Substring(0, [Math]::Min(250, $reason.Length))
        $version | Undo-ImageRollout @pace -ReplaceMachine:$ReplaceMachine -Reason $why -Force -OutVariable restored -ErrorAction SilentlyContinue -ErrorVariable +problem
    }
}

[pscustomobject]@{
    Version  = $version.Name
    State    = if ($reason) { 'RolledBack' } elseif ($problem) { 'Incomplete' } else { 'Updated' }
    Reason   = $reason
    ScaleSet = $names
    Updated  = $updated.Count
    Restored = @($restored | Where-Object State -EQ Updated).Count
    Problem  = @($problem | ForEach-Object { "$_" })
}
if ($reason) { throw "The rollout was taken back: $reason" }
if ($problem) { throw $problem[0] }
