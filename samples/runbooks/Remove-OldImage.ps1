<#
.SYNOPSIS
Retires old image versions of a gallery by rules: plan, report, and, where that is wanted, removal.

.DESCRIPTION
A runbook for Azure Automation. It asks nothing, needs no host, and signs in as the account's managed identity. It puts out the plan, one object for each version
with what is to become of it and why, and a summary. With -ReportOnly, the default, Azure is only read.

Versions that anybody uses, that are latest anywhere, that are being made or wait to be released always stay, and where not everything could be looked at
all do. Before a version is removed it is looked at once more and excluded from latest.

A job may end anywhere: Azure stops every PowerShell job after three hours (fair share) and starts jobs over when a worker is lost. Nothing is kept
in the job: started again with the same parameters it plans anew, and removes what is left. A version that Azure is changing at that moment stays
until the next run.

.PARAMETER ResourceGroupName
The resource group of the gallery.

.PARAMETER GalleryName
The gallery.

.PARAMETER DefinitionName
The image definitions, with wildcards; without it all of the gallery.

.PARAMETER KeepLast
How many of the newest versions of each definition stay.

.PARAMETER KeepDays
Versions published less than so many days ago stay; 0: age keeps none.

.PARAMETER KeepTag
Versions with any of these tags stay, such as ["audit","owner=finance"]; a name alone stands for any value.

.PARAMETER MaxRemove
The brake: where the plan removes more versions, none is removed, and the job fails.

.PARAMETER ReportOnly
Whether to report only. Pass false to have the versions removed.

.PARAMETER SubscriptionId
The subscription, where the identity sees several.

.PARAMETER IdentityClientId
The client id of a user-assigned identity; without it the system-assigned one.

.EXAMPLE
Start-AzAutomationRunbook -ResourceGroupName ops -AutomationAccountName images -Name Remove-OldImage -Parameters @{ ResourceGroupName = 'images'; GalleryName = 'prod'; KeepDays = 90 }

Reports what would go.

.EXAMPLE
Start-AzAutomationRunbook -ResourceGroupName ops -AutomationAccountName images -Name Remove-OldImage -Parameters @{ ResourceGroupName = 'images'; GalleryName = 'prod'; KeepDays = 90; ReportOnly = $false }

Removes it.

.NOTES
Rights and import: README.md in this folder. Automation passes texts, numbers, $true and $false, and JSON arrays; no parameter needs more.
#>
[CmdletBinding()]
[OutputType([pscustomobject])]
param(
    [Parameter(Mandatory)] [string] $ResourceGroupName,
    [Parameter(Mandatory)] [string] $GalleryName,
    [string] $DefinitionName = '*',
    [int] $KeepLast = 5,
    [int] $KeepDays = 0,
    [string[]] $KeepTag = @(),
    [int] $MaxRemove = 10,
    [bool] $ReportOnly = $true,
    [string] $SubscriptionId,
    [string] $IdentityClientId
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# A default session that is there already is used: so the runbook is tried in a console or on the sandbox.
if (-not (Get-ImageSession -Default)) {
    $signIn = @{ Identity = $true }
    if ($SubscriptionId) { $signIn.SubscriptionId = $SubscriptionId }
    if ($IdentityClientId) { $signIn.ClientId = $IdentityClientId }
    $null = Connect-ImageSession @signIn
}

$rule = @{ ResourceGroupName = $ResourceGroupName; GalleryName = $GalleryName; Name = $DefinitionName; KeepLast = $KeepLast }
if ($KeepDays -gt 0) { $rule.KeepDays = $KeepDays }
if ($KeepTag) {
    $rule.KeepTag = @{}
    foreach ($tag in $KeepTag) {
        $name, $value = $tag -split '=', 2
        $rule.KeepTag[$name] = "$value"
    }
}

$plan = @(Get-ImageRetention @rule)
$plan
$going = @($plan | Where-Object Action -EQ Remove)

# A version that cannot be removed does not keep the others; what went wrong ends the job, after the summary.
$result = @()
$problem = @()
if (-not $ReportOnly) {
    $result = @($going | Invoke-ImageRetention -MaxRemove $MaxRemove -Force -ErrorAction SilentlyContinue -ErrorVariable problem)
}

$gone = @($result | Where-Object { $_.State -in 'Removed', 'SoftDeleted' })
$size = 0
foreach ($version in $going | Where-Object { $_.SizeGB -and ($ReportOnly -or $_.Id -in $gone.Id) }) { $size += $version.SizeGB * $version.ReplicaCount }
[pscustomobject]@{
    ReportOnly   = $ReportOnly
    Version      = $plan.Count
    ToRemove     = @($going | ForEach-Object { "$($_.DefinitionName) $($_.Version)" })
    Removed      = @($gone | ForEach-Object { "$($_.DefinitionName) $($_.Version)" })
    Failed       = @($result | Where-Object State -EQ Failed | ForEach-Object { "$($_.DefinitionName) $($_.Version): $($_.Error.Message)" })
    ReplicaGB    = $size
}
if ($problem) { throw $problem[0] }
