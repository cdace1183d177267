<#
.SYNOPSIS
Sharing images with another subscription and another tenant, on the sandbox: right missing, told, granted, deployed, revoked, refused; by role and by direct sharing.

.DESCRIPTION
A publisher makes an image version in a gallery. Two applications want to deploy it, each with rights in its own subscription only: one in
another subscription of the publisher's tenant, one in another tenant, which signs in at both. Test-ImagePermission says before the work what
is missing, New-ImageVM is refused by exactly that; the publisher grants it, the machine is made; the publisher revokes it, and the next
machine is refused. Then a whole gallery is shared directly with each of them: seen in the list, deployed without any right on it, taken back, refused. Nothing leaves this machine. Uses only what the bare PowerShell engine has, so it runs in src/Shell as well as in pwsh.

.EXAMPLE
dotnet run --project src/Shell -- samples/share-across-tenants.ps1
#>
[CmdletBinding()]
param(
    # Where the image is made and deployed.
    [string] $Location = 'westeurope'
)

$ErrorActionPreference = 'Stop'

# Out-Default shows each kind of object in its own table.
function Show-Step([string] $Text) { "`n=== $Text" | Out-Default }

function Assert-That([bool] $Condition, [string] $Text) {
    if (-not $Condition) { throw "The scenario went wrong: $Text" }
}

# The error that a command ends with; nothing where it ends well.
function Get-Failure([scriptblock] $Script) {
    try { $null = & $Script } catch { $_ }
}

if (-not (Get-Command New-ImageVM -ErrorAction Ignore)) {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', 'output', 'ImageCmdlets', 'ImageCmdlets.psd1'))
}

Show-Step 'The publisher makes an image version in a gallery'
$publisher = Connect-ImageSession -Sandbox
$sandbox = Get-ImageSandbox
$null = New-ImageVM -g images -n seed -l $Location -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
$image = Get-ImageVM -g images -n seed | Invoke-Generalize -Force | New-CustomImage
$null = New-ImageGallery -g images -n prod
$definition = New-ImageDefinition -g images prod web -FromSource $image.Id
$version = New-ImageVersion -g images prod web -Source $image.Id -Version 1.0.0
$version | Out-Default

Show-Step 'Two applications, each with rights in its own subscription only'
$partner = Connect-ImageSession -SandboxSession $publisher -Tenant $sandbox.TenantId[1] -NotDefault
$consumers = @(
    @{ Name = 'another subscription'; PrincipalId = '40000000-0000-4000-8000-000000000001'; Owner = $publisher; SubscriptionId = $sandbox.SubscriptionId[1]; SignIn = @{} }
    @{
        Name = 'another tenant'; PrincipalId = '40000000-0000-4000-8000-000000000002'; Owner = $partner; SubscriptionId = $partner.SubscriptionId
        SignIn = @{ Tenant = $partner.TenantId; AuxiliaryTenantId = $publisher.TenantId }
    }
)
foreach ($consumer in $consumers) {
    Grant-ImageAccess -Session $consumer.Owner "/subscriptions/$($consumer.SubscriptionId)" -PrincipalId $consumer.PrincipalId -PrincipalType ServicePrincipal -Role Contributor | Out-Default
    $signIn = $consumer.SignIn
    $consumer.Session = Connect-ImageSession -SandboxSession $publisher -PrincipalId $consumer.PrincipalId -NotDefault @signIn
}

$rows = @(
    foreach ($consumer in $consumers) {
        $session = $consumer.Session
        $name = $consumer.Name
        $deploy = @{ Session = $session; ResourceGroupName = 'landing'; Location = $Location; Image = $version.Id; WarningAction = 'SilentlyContinue' }
        $test = @{ Session = $session; Operation = 'Deploy'; ResourceId = $version.Id; TargetResourceGroupName = 'landing' }

        Show-Step "From $($name): the right is missing, and that is told before the work"
        $missing = @(Test-ImagePermission @test -Missing)
        $missing | Out-Default
        $missing[0].RecommendedAction | Out-Default
        Assert-That (@($missing | Where-Object Scope -NotLike "$($definition.Id)*").Count -eq 0) 'Something else than the image is missing.'
        $refused = Get-Failure { New-ImageVM @deploy -Name web01 }
        "$refused" | Out-Default
        Assert-That ($missing.Count -gt 0 -and $refused.FullyQualifiedErrorId -like '*AuthorizationFailed,*') 'The right was not missing.'

        Show-Step "From $($name): granted and deployed"
        Grant-ImageAccess -Session $publisher $definition.Id -PrincipalId $consumer.PrincipalId -PrincipalType ServicePrincipal -Role 'Compute Gallery Image Reader' | Out-Default
        Assert-That (@(Test-ImagePermission @test -Missing).Count -eq 0) 'A right is missing after it was granted.'
        $made = New-ImageVM @deploy -Name web01
        $made | Out-Default

        Show-Step "From $($name): revoked and refused"
        Get-ImageAccess -Session $publisher $definition.Id -Principal $consumer.PrincipalId | Revoke-ImageAccess -Session $publisher -Force
        $again = Get-Failure { New-ImageVM @deploy -Name web02 }
        "$again" | Out-Default
        Assert-That ($again.FullyQualifiedErrorId -eq $refused.FullyQualifiedErrorId) 'The right was not taken away.'

        [pscustomobject]@{
            From         = $name
            Subscription = $session.SubscriptionId
            Missing      = $missing.Count
            Refused      = $refused.FullyQualifiedErrorId -replace ',.*'
            Deployed     = $made.PowerState
            RefusedAgain = $again.FullyQualifiedErrorId -replace ',.*'
        }
    }
)

Show-Step 'The publisher makes a gallery that can be shared directly'
$gallery = New-ImageGallery -g images -n shared -Permission Groups
$null = New-ImageDefinition -g images shared web -FromSource $version.Id
$null = New-ImageVersion -g images shared web -Source $version.Id -Version 1.0.0
$groups = @(@{ SharedSubscriptionId = $consumers[0].SubscriptionId }, @{ SharedTenantId = $partner.TenantId })

$rows += @(
    foreach ($number in 0, 1) {
        $consumer = $consumers[$number]
        $session = $consumer.Session
        $group = $groups[$number]

        Show-Step "With $($consumer.Name): shared as a whole, and seen in the list"
        Assert-That (@(Get-SharedImage -Session $session $Location).Count -eq 0) 'Something is in the list before it was shared.'
        $deploy = @{ Session = $session; ResourceGroupName = 'landing'; Location = $Location; Image = "/SharedGalleries/$($gallery.UniqueName)/Images/web"; WarningAction = 'SilentlyContinue' }
        $refused = Get-Failure { New-ImageVM @deploy -Name direct01 -ErrorAction Stop }
        "$refused" | Out-Default
        $gallery | Grant-ImageAccess -Session $publisher @group | Out-Default
        $shared = Get-SharedImage -Session $session $Location -DefinitionName web -Latest
        $shared | Out-Default

        Show-Step "With $($consumer.Name): deployed without a right on the gallery"
        Assert-That ($null -ne (Get-Failure { Get-ImageGallery -Session $session -ResourceId $gallery.Id -ErrorAction Stop })) 'The gallery itself can be read.'
        $made = $shared | New-ImageVM -Session $session -g landing -Name direct01 -WarningAction SilentlyContinue
        $made | Out-Default

        Show-Step "With $($consumer.Name): taken back and refused"
        $gallery | Revoke-ImageAccess -Session $publisher @group -Force
        $again = Get-Failure { $shared | New-ImageVM -Session $session -g landing -Name direct02 -ErrorAction Stop -WarningAction SilentlyContinue }
        "$again" | Out-Default
        Assert-That (@(Get-SharedImage -Session $session $Location).Count -eq 0) 'It is still in the list.'

        [pscustomobject]@{
            From         = "$($consumer.Name), directly"
            Subscription = $session.SubscriptionId
            # What is shared directly needs no role.
            Missing      = 0
            Refused      = $refused.FullyQualifiedErrorId -replace ',.*'
            Deployed     = $made.PowerState
            RefusedAgain = $again.FullyQualifiedErrorId -replace ',.*'
        }
    }
)

Show-Step 'Summary'
$rows
Assert-That ($rows.Count -eq 4 -and @($rows | Where-Object Deployed -NE Running).Count -eq 0) 'A machine was not made.'
