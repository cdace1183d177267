Describe 'Copy-CustomImage into a gallery' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $null = New-ImageVM -g images -n seed -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
        $null = Invoke-Generalize -g images -n seed -Force -WarningAction SilentlyContinue
        $image = New-CustomImage -g images -n web-image -Source seed
        $null = New-ImageGallery -g images -n prod
        $null = New-ImageDefinition -g images prod web -FromSource $image.Id
        $null = New-ImageDefinition -g images prod copy -FromSource $image.Id
        function Get-Failure([scriptblock] $Script) {
            try { & $Script; $null } catch { $_ }
        }
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    It 'says the way first' {
        $before = (Get-ImageSandbox).Fingerprint
        $image | Copy-CustomImage -GalleryName prod -DefinitionName web -l northeurope -WhatIf | Should -BeNullOrEmpty
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }

    It 'makes a version in all regions, one result for each' {
        $results = $image | Copy-CustomImage -GalleryName prod -DefinitionName web -l northeurope, japaneast
        @($results).Count | Should -Be 2
        $results[0].Method | Should -BeExactly 'Gallery'
        $results[1].State | Should -BeExactly 'Succeeded'
        "$((Get-ImageVersion -g images prod web).TargetRegion)" | Should -BeExactly 'westeurope northeurope japaneast'
    }

    It 'finds it again and adds what is missing' {
        $results = Copy-CustomImage -g images -n web-image -DefinitionId (Get-ImageDefinition -g images prod web).Id -l japaneast, eastus
        $results[0].Method | Should -BeExactly 'Existing'
        $results[1].Method | Should -BeExactly 'Replication'
        @(Get-ImageVersion -g images prod web).Count | Should -Be 1
    }

    It 'takes versions' {
        $version = Get-ImageVersion -g images prod web
        ($version | Copy-CustomImage -GalleryName prod -DefinitionName web -l uksouth).Method | Should -BeExactly 'Replication'
        ($version | Copy-CustomImage -GalleryName prod -DefinitionName copy -l uksouth -Version 4.0.0).Id | Should -Match '/images/copy/versions/4.0.0$'
    }

    It 'refuses <problem>' -ForEach @(
        @{ problem = 'half a definition'; parameters = @{ GalleryName = 'prod' }; id = 'InvalidArgument' }
        @{ problem = 'a name for a version'; parameters = @{ GalleryName = 'prod'; DefinitionName = 'web'; TargetName = 'x' }; id = 'InvalidArgument' }
        @{ problem = 'another way'; parameters = @{ GalleryName = 'prod'; DefinitionName = 'web'; Method = 'SnapshotCopy' }; id = 'InvalidArgument' }
        @{ problem = 'a number for an image'; parameters = @{ Version = '1.0.0' }; id = 'InvalidArgument' }
        @{ problem = 'a definition that is not there'; parameters = @{ GalleryName = 'prod'; DefinitionName = 'none' }; id = 'ImageNotFound' }
    ) {
        $before = (Get-ImageSandbox).Fingerprint
        $failure = Get-Failure { Copy-CustomImage -g images -n web-image -l northeurope @parameters -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.CopyCustomImageCommand"
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }
}
