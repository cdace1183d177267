<#
.SYNOPSIS
Makes tonight's version of a golden image: marketplace image, machine, script, generalization, version in all regions, test, release, retention.

.DESCRIPTION
A runbook for Azure Automation. It asks nothing, needs no host, and signs in as the account's managed identity. The new version is published hidden
from latest; only when machines made of it have come up, differ and pass the test script is it released, and only then are old versions
retired. A version that fails stays hidden, with the reason in its tag imagecmdlets-undone, in the summary, and as the error that ends the job.

A job may end anywhere: Azure stops every PowerShell job after three hours (fair share) and starts jobs over when a worker is lost. Nothing is kept
in the job. What is done is read from Azure (the machine, its disk, the version and its tags), and each command goes on with what it
finds, so the same runbook with the same -BuildId ends the build, whenever and however often it is started. Schedule it twice a night to have that done.

.PARAMETER ResourceGroupName
The resource group of the gallery.

.PARAMETER GalleryName
The gallery.

.PARAMETER DefinitionName
The image definition, for generalized images. It is there before the first run, and one job at a time works on it.

.PARAMETER Image
What it begins with: a URN such as Debian:debian-12:12-gen2:latest, or the id of an image or version.

.PARAMETER Location
Where it is built and tested.

.PARAMETER Region
Where the version goes, such as ["westeurope=2","northeurope"]; Location must be among them. Without it: Location only.

.PARAMETER CustomizeScript
What makes it golden, run as root or SYSTEM; exit code 0 means that it worked. It is run once, unless it failed or was cut off.

.PARAMETER TestScript
What machines made of the version must pass; without it they must only come up and differ.

.PARAMETER SubnetId
A subnet with a way out for the machine that is built. Without it a network with a public address is made.

.PARAMETER SecurityType
That of the definition: Standard or TrustedLaunch.

.PARAMETER KeepLast
How many versions stay, besides those in use.

.PARAMETER MaxRemove
The brake: where retention would remove more versions at once, it removes none, and the job fails.

.PARAMETER BuildId
Which build this is. The same goes on with the same build, another begins a new one and gives up what is left of the last. Without it: the date (UTC).

.PARAMETER SubscriptionId
The subscription, where the identity sees several.

.PARAMETER IdentityClientId
The client id of a user-assigned identity; without it the system-assigned one.

.EXAMPLE
Start-AzAutomationRunbook -ResourceGroupName ops -AutomationAccountName images -Name New-NightlyImage -Parameters @{
    ResourceGroupName = 'images'; GalleryName = 'prod'; DefinitionName = 'web'; Image = 'Debian:debian-12:12-gen2:latest'; Location = 'westeurope'
    Region = 'westeurope', 'northeurope'; CustomizeScript = 'apt-get update && apt-get install --yes nginx'; TestScript = 'systemctl is-active nginx'
}

.EXAMPLE
Connect-ImageSession -Sandbox; ./New-NightlyImage.ps1 -ResourceGroupName images -GalleryName prod -DefinitionName web -Image Debian:debian-12:12-gen2:latest -Location westeurope

Tries it without Azure: a default session that is there already is used. The sandbox needs the gallery and the definition before.

.NOTES
Rights and import: README.md in this folder. Automation passes texts, numbers, $true and $false, and JSON arrays; no parameter needs more.
#>
[CmdletBinding()]
[OutputType([pscustomobject])]
param(
    [Parameter(Mandatory)] [string] $ResourceGroupName,
    [Parameter(Mandatory)] [string] $GalleryName,
    [Parameter(Mandatory)] [string] $DefinitionName,
    [Parameter(Mandatory)] [string] $Image,
    [Parameter(Mandatory)] [string] $Location,
    [string[]] $Region = @($Location),
    [string] $CustomizeScript,
    [string] $TestScript,
    [string] $SubnetId,
    [string] $SecurityType = 'Standard',
    [int] $KeepLast = 5,
    [int] $MaxRemove = 5,
    [string] $BuildId = [datetime]::UtcNow.ToString('yyyyMMdd'),
    [string] $SubscriptionId,
    [string] $IdentityClientId
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$definition = @{ ResourceGroupName = $ResourceGroupName; GalleryName = $GalleryName; DefinitionName = $DefinitionName }
# A group of its own, so that whatever is in it belongs to a build of this definition.
$builder = @{ ResourceGroupName = "$GalleryName-$DefinitionName-build"; Name = 'builder' }

# The version says itself how far the build is.
function Get-BuildVersion {
    Get-ImageVersion @definition | Where-Object { $_.Tag['build'] -eq $BuildId -and -not $_.Tag.ContainsKey('imagecmdlets-unfinished') }
}

function Remove-Builder {
    try { Remove-ImageVM @builder -RemoveResourceGroup -Force }
    catch { if ($_.FullyQualifiedErrorId -notmatch '^(VM|ResourceGroup)NotFound,') { throw } }
}

if (-not (Get-ImageSession -Default)) {
    $signIn = @{ Identity = $true }
    if ($SubscriptionId) { $signIn.SubscriptionId = $SubscriptionId }
    if ($IdentityClientId) { $signIn.ClientId = $IdentityClientId }
    $null = Connect-ImageSession @signIn
}

# What builds have left that nobody will go on with.
Get-ImageVersion @definition | Where-Object { $_.IsStaged -and $_.Tag['build'] -and $_.Tag['build'] -ne $BuildId } | ForEach-Object {
    $null = Undo-ImageRollout -ResourceId $_.Id -ExcludeOnly -Reason "Build $($_.Tag['build']) was given up." -Force
}
$machine = Get-ImageVM @builder -ErrorAction SilentlyContinue
if ($machine -and $machine.Tag['build'] -ne $BuildId) {
    Remove-Builder
    $machine = $null
}
Get-ImageLeftover -Maker ImageCmdlets | Where-Object { $_.IsSafeToRemove -and $_.ResourceGroupName -match "^(imagecmdlets-test-.*|$([regex]::Escape($builder.ResourceGroupName)))$" } |
    Remove-ImageLeftover -Force

$version = Get-BuildVersion
if (-not $version) {
    if ($machine.ProvisioningState -ne 'Succeeded') {
        $new = @{ Location = $Location; Image = $Image; SecurityType = $SecurityType; Tag = @{ build = $BuildId } }
        # An interrupted job may have begun with what was the latest then.
        if ($machine) { $new.Image = $machine.Image }
        if ($SubnetId) { $new.Subnet = $SubnetId; $new.NoPublicIPAddress = $true }
        $machine = New-ImageVM @builder @new -WarningAction SilentlyContinue
    }

    try {
        if ($CustomizeScript) { $null = $machine | Invoke-ImageScript -Script $CustomizeScript -Force }
        $generalized = $machine | Invoke-Generalize -Force
        if ($generalized.State -ne 'Succeeded') { throw "The machine is generalized, but nothing proves it: $($generalized.State)." }
    } catch {
        # Nobody can go on with such a machine. The error ends the job.
        Remove-Builder
        throw
    }

    $version = New-ImageVersion @definition -Source $machine.Id -TargetRegion $Region -Increment Date -StageExcluded -Tag @{ build = $BuildId }
}

if ($version.IsStaged) {
    $test = @{ Location = $Location; Force = $true }
    if ($TestScript) { $test.Script = $TestScript }
    $tested = $version | Test-CustomImage @test
    $failed = @($tested.Check | Where-Object State -EQ Failed)
    if ($failed.Count -eq 0) {
        $version = $version | Set-ImageVersion -ExcludeFromLatest:$false -Force
    } else {
        $why = ($failed | ForEach-Object { "$($_.Name) on $($_.VM): $($_.Evidence)" }) -join '; '
        $null = $version | Undo-ImageRollout -ExcludeOnly -Reason $why.Substring(0, [Math]::Min(250, $why.Length)) -Force
        $version = Get-BuildVersion
    }
}

Remove-Builder
$reason = $version.Tag['imagecmdlets-undone']
$retired = @()
if (-not $reason) {
    $retired = @(Get-ImageRetention -ResourceGroupName $ResourceGroupName -GalleryName $GalleryName -Name $DefinitionName -KeepLast $KeepLast |
            Invoke-ImageRetention -MaxRemove $MaxRemove -Force)
}

[pscustomobject]@{
    BuildId   = $BuildId
    Version   = $version.Name
    State     = if ($reason) { 'Hidden' } else { 'Released' }
    Reason    = $reason
    Region    = @($version.TargetRegion | ForEach-Object Location)
    Retired   = @($retired | Where-Object State -NE Kept | ForEach-Object Version)
    VersionId = $version.Id
}
if ($reason) { throw "Version $($version.Name) did not pass its test and stays hidden: $reason" }
