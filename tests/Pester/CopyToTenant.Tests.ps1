Describe 'Copy-CustomImage into another tenant' {
    BeforeAll {
        $here = Connect-ImageSession -Sandbox
        $there = Connect-ImageSession -SandboxSession $here -Tenant (Get-ImageSandbox).TenantId[1] -NotDefault
        $image = New-ImageVM -g images -n web01 -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -DataDiskSizeGB 16 -WarningAction SilentlyContinue |
            Invoke-Generalize -Force | New-CustomImage -Tag @{ team = 'web' }
        $null = New-ImageVM -Session $there -g landing -n seed -l northeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
        function Get-Failure([scriptblock] $Script) {
            try { & $Script; $null } catch { $_ }
        }
        function Get-Refusal([scriptblock] $Script) {
            $before = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure $Script
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
            $failure
        }
    }

    AfterEach {
        Get-CustomImage -Session $there | Remove-CustomImage -Session $there -Force
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    It 'is a session of the same sandbox in another tenant' {
        $there.TenantId | Should -Not -Be $here.TenantId
        $there.SubscriptionId | Should -Not -Be $here.SubscriptionId
        (Get-ImageSandbox -Session $there).Fingerprint | Should -BeExactly (Get-ImageSandbox).Fingerprint
    }

    It 'brings the pages of all disks, says how many bytes, and leaves nothing on either side' {
        $disks = (Get-ImageSandbox).Resource['Microsoft.Compute/disks']
        $copy = $image | Copy-CustomImage -l northeurope -TargetSession $there -TargetResourceGroupName landing
        "$($copy.State) $($copy.Method) $($copy.PercentComplete) $($copy.DiskCount)" | Should -BeExactly 'Succeeded BlobCopy 100 2'
        $copy.BytesTransferred | Should -BeGreaterThan 1048576
        $copy.Id | Should -BeLike "/subscriptions/$($there.SubscriptionId)/resourceGroups/landing/*/web01-image"
        $made = Get-CustomImage -Session $there -ResourceId $copy.Id
        "$($made.Location) $($made.OSType) $($made.HyperVGeneration) $($made.Tag['team']) $($made.DataDisk | ForEach-Object { "$($_.Lun):$($_.DiskSizeGB)" })" |
            Should -BeExactly "northeurope Linux $($image.HyperVGeneration) web 0:16"
        (Get-ImageSandbox).Resource['Microsoft.Compute/disks'] | Should -Be $disks
        @(Get-ImageSnapshot).Count + @(Get-ImageSnapshot -Session $there).Count | Should -Be 0
    }

    It 'makes machines there' {
        $copy = $image | Copy-CustomImage -l northeurope -TargetSession $there -TargetResourceGroupName landing
        $vm = New-ImageVM -Session $there -g landing -n copied -l northeurope -Image $copy.Id -WarningAction SilentlyContinue
        $vm.PowerState | Should -BeExactly 'Running'
        $vm | Remove-ImageVM -Session $there -Force
    }

    It 'says beforehand what it would do' {
        $before = (Get-ImageSandbox).Fingerprint
        $image | Copy-CustomImage -l northeurope -TargetSession $there -TargetResourceGroupName landing -WhatIf
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }

    It 'reaches the other tenant with a token of both, by a gallery' {
        $both = Connect-ImageSession -SandboxSession $here -AuxiliaryTenantId $there.TenantId -NotDefault
        $copy = Copy-CustomImage -Session $both -ResourceId $image.Id -l northeurope -TargetSubscriptionId $there.SubscriptionId -TargetResourceGroupName landing
        "$($copy.State) $($copy.Method)" | Should -BeExactly 'Succeeded Gallery'
        $both | Disconnect-ImageSession
    }

    It 'says what to type where the session is of another tenant' {
        $failure = Get-Refusal { $image | Copy-CustomImage -l northeurope -TargetSubscriptionId $there.SubscriptionId -TargetResourceGroupName landing -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeExactly 'AuthenticationFailed,ImageCmdlets.Commands.CopyCustomImageCommand'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike "*Connect-ImageSession -Tenant $($there.TenantId)*-TargetSession*"
    }

    It 'refuses <problem>' -ForEach @(
        @{ problem = '-NoWait'; parameters = @{ NoWait = $true } }
        @{ problem = 'snapshots, which stay in their tenant'; parameters = @{ Method = 'SnapshotCopy' } }
        @{ problem = 'a gallery without a token of both tenants'; parameters = @{ Method = 'Gallery' } }
    ) {
        $failure = Get-Refusal { $image | Copy-CustomImage -l northeurope -TargetSession $there -TargetResourceGroupName landing @parameters -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.CopyCustomImageCommand'
    }

    It 'refuses a tenant that the sandbox does not have, and more tenants than Azure takes' {
        (Get-Failure { Connect-ImageSession -SandboxSession $here -Tenant contoso.example -ErrorAction Stop }).FullyQualifiedErrorId |
            Should -BeExactly 'AuthenticationFailed,ImageCmdlets.Commands.ConnectImageSessionCommand'
        (Get-Failure { Connect-ImageSession -SandboxSession $here -AuxiliaryTenantId a, b, c, d -ErrorAction Stop }).FullyQualifiedErrorId |
            Should -BeExactly 'ParameterArgumentValidationError,ImageCmdlets.Commands.ConnectImageSessionCommand'
    }
}
