Describe 'Copy-CustomImage of an image version' {
    BeforeAll {
        $here = Connect-ImageSession -Sandbox
        $image = New-ImageVM -g images -n web01 -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -DataDiskSizeGB 16 -WarningAction SilentlyContinue |
            Invoke-Generalize -Force | New-CustomImage
        $null = New-ImageGallery -g images -n prod
        $null = $image | New-ImageDefinition -g images -GalleryName prod -Name web
        $version = $image | New-ImageVersion -g images prod web
        function Get-Failure([scriptblock] $Script) {
            try { & $Script; $null } catch { $_ }
        }
    }

    AfterEach {
        Get-CustomImage -n web-* | Remove-CustomImage -Force
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    It 'makes a managed image where the version is, at once and without a gallery' {
        $copy = $version | Copy-CustomImage -l westeurope
        "$($copy.State) $($copy.Method) $($copy.Name)" | Should -BeExactly 'Succeeded Gallery web-1.0.0-westeurope'
        $copy.SourceId | Should -Be $version.Id
        $copy.Elapsed.TotalMinutes | Should -BeLessThan 2
        "$((Get-CustomImage -ResourceId $copy.Id).DataDisk | ForEach-Object { "$($_.Lun):$($_.DiskSizeGB)" })" | Should -BeExactly '0:16'
        @(Get-ImageGallery).Count | Should -Be 1
    }

    It 'makes one where it is not, by way of a gallery that goes again' {
        $copy = Copy-CustomImage -ResourceId $version.Id -l japaneast -TargetName web-japan
        "$($copy.State) $($copy.Method) $($copy.Location)" | Should -BeExactly 'Succeeded Gallery japaneast'
        @(Get-ImageGallery).Count | Should -Be 1
    }

    It 'makes one in another tenant' {
        $there = Connect-ImageSession -SandboxSession $here -Tenant (Get-ImageSandbox).TenantId[1] -NotDefault
        $null = New-ImageVM -Session $there -g landing -n seed -l northeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
        $disks = (Get-ImageSandbox).Resource['Microsoft.Compute/disks']
        $copy = $version | Copy-CustomImage -l northeurope -TargetSession $there -TargetResourceGroupName landing
        "$($copy.State) $($copy.Method) $($copy.Name)" | Should -BeExactly 'Succeeded BlobCopy web-1.0.0'
        $copy.BytesTransferred | Should -BeGreaterThan 1048576
        (Get-ImageSandbox).Resource['Microsoft.Compute/disks'] | Should -Be $disks
        @(Get-ImageGallery).Count | Should -Be 1
    }

    It 'refuses what a managed image cannot be' {
        $null = Get-ImageVM -g images -n web01 | New-ImageDefinition -g images -GalleryName prod -Name special -OSState Specialized
        $failure = Get-Failure { Copy-CustomImage -ResourceId "$($version.Id -replace '/web/', '/special/')" -l westeurope -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeExactly 'ImageNotFound,ImageCmdlets.Commands.CopyCustomImageCommand'
        $failure = Get-Failure { $version | Copy-CustomImage -l westeurope -Method SnapshotCopy -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeExactly 'CopySourceNotAvailable,ImageCmdlets.Commands.CopyCustomImageCommand'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-Method*'
    }
}
