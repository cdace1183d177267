Describe 'Get-, Set- and Remove-CustomImage' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $null = New-ImageVM -g images -n seed -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
        function Get-Failure([scriptblock] $Script) {
            try { & $Script; $null } catch { $_ }
        }
        function New-TestImage([string] $Name) {
            New-CustomImage -g images -n $Name -Source "https://store.blob.core.windows.net/vhds/$Name.vhd" -OSType Linux -Tag @{ owner = 'me'; stage = 'test' }
        }
        $null = 'prod-a', 'prod-b', 'test-a' | ForEach-Object { New-TestImage $_ }
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    Context 'Get-CustomImage' {
        It 'finds <count> by <pattern>' -ForEach @(
            @{ pattern = 'prod-*'; count = 2 }
            @{ pattern = '[pt]*-a'; count = 2 }
            @{ pattern = 'PROD-A'; count = 1 }
            @{ pattern = 'none*'; count = 0 }
        ) {
            @(Get-CustomImage -g images -n $pattern).Count | Should -Be $count
            @(Get-CustomImage -n $pattern).Count | Should -Be $count
        }

        It 'takes an id, also from the pipeline' {
            $id = (Get-CustomImage -g images -n prod-a).Id
            (Get-CustomImage -ResourceId $id).Name | Should -BeExactly 'prod-a'
            ([pscustomobject] @{ Id = $id } | Get-CustomImage).Name | Should -BeExactly 'prod-a'
        }

        It 'says that a name is not there' {
            $failure = Get-Failure { Get-CustomImage -g images -n missing -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'ImageNotFound,ImageCmdlets.Commands.GetCustomImageCommand'
            $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
            $failure.TargetObject | Should -Match '/images/missing$'
        }

        It 'says that an id is of another type' {
            $failure = Get-Failure { Get-CustomImage -ResourceId (Get-ImageVM -g images -n seed).Id -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidResourceId,ImageCmdlets.Commands.GetCustomImageCommand'
        }
    }

    Context 'Get-CustomImage -IncludeGallery' {
        BeforeAll {
            $null = New-ImageGallery -g images -n shared
            $null = New-ImageGallery -g images -n other
            foreach ($name in 'prod-web', 'test-web') {
                $null = New-ImageDefinition -g images -GalleryName shared -Name $name -FromSource (Get-CustomImage -g images -n prod-a).Id
                $null = New-ImageVersion -g images -GalleryName shared -DefinitionName $name -Source (Get-CustomImage -g images -n prod-a).Id -Version 1.10.0
                $null = New-ImageVersion -g images -GalleryName shared -DefinitionName $name -Source (Get-CustomImage -g images -n prod-b).Id -Version 1.9.0
            }

            function Get-Label([object[]] $Image) {
                ($Image | ForEach-Object { if ($_.Kind -eq 'ImageVersion') { "$($_.DefinitionName)/$($_.Name)" } else { $_.Name } }) -join ' '
            }
        }

        AfterAll {
            Remove-ImageGallery -g images -n shared -Recurse -Force
            Remove-ImageGallery -g images -n other -Force
        }

        It 'shows managed images and versions in one list, each of its kind' {
            $all = Get-CustomImage -g images -IncludeGallery

            Get-Label $all | Should -BeExactly 'prod-a prod-b test-a prod-web/1.9.0 prod-web/1.10.0 test-web/1.9.0 test-web/1.10.0'
            $all[0] | Should -BeOfType ([ImageCmdlets.CustomImage])
            $all[3] | Should -BeOfType ([ImageCmdlets.ImageVersion])
            $all[0].PSObject.TypeNames[0] | Should -BeExactly 'ImageCmdlets.AnyImage'
        }

        It 'finds <Label> by <Name>' -ForEach @(
            @{ Name = 'prod-*'; Label = 'prod-a prod-b prod-web/1.9.0 prod-web/1.10.0' }
            @{ Name = 'prod-web'; Label = 'prod-web/1.9.0 prod-web/1.10.0' }
            @{ Name = 'PROD-A'; Label = 'prod-a' }
            @{ Name = 'none*'; Label = '' }
        ) {
            Get-Label (Get-CustomImage -g images -n $Name -IncludeGallery) | Should -BeExactly $Label
            Get-Label (Get-CustomImage -n $Name -IncludeGallery) | Should -BeExactly $Label
        }

        It 'takes the id of either kind, and of what versions are in' {
            Get-Label ((Get-CustomImage -g images -n prod-a).Id | Get-CustomImage -IncludeGallery) | Should -BeExactly 'prod-a'
            Get-Label ((Get-ImageVersion -g images shared prod-web 1.9.0).Id | Get-CustomImage -IncludeGallery) | Should -BeExactly 'prod-web/1.9.0'
            Get-Label ((Get-ImageDefinition -g images shared test-web).Id | Get-CustomImage -IncludeGallery) | Should -BeExactly 'test-web/1.9.0 test-web/1.10.0'
            Get-Label ((Get-ImageGallery -g images -n shared).Id | Get-CustomImage -IncludeGallery) | Should -BeExactly 'prod-web/1.9.0 prod-web/1.10.0 test-web/1.9.0 test-web/1.10.0'
        }

        It 'says what has neither' {
            (Get-Failure { Get-CustomImage -g images -n nobody -IncludeGallery -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeExactly 'ImageNotFound,ImageCmdlets.Commands.GetCustomImageCommand'
        }

        It 'pipes on as each kind does' {
            $copy = Get-CustomImage -g images -n prod-web -IncludeGallery | Set-ImageVersion -ExcludeFromLatest

            (@($copy) | ForEach-Object ExcludeFromLatest) -join ' ' | Should -BeExactly 'True True'
        }
    }

    Context 'Set-CustomImage' {
        It 'adds and takes away, and leaves the rest' {
            $image = Set-CustomImage -g images -n prod-a -AddTag @{ Stage = 'production'; built = '2026-01' } -RemoveTag owner
            $image.Tag.Count | Should -Be 2
            $image.Tag['stage'] | Should -BeExactly 'production'
            $image.Tag['built'] | Should -BeExactly '2026-01'
        }

        It 'replaces all tags, also by none' {
            (Set-CustomImage -g images -n prod-b -Tag @{ only = 'this' }).Tag.Count | Should -Be 1
            (Set-CustomImage -g images -n prod-b -Tag @{}).Tag.Count | Should -Be 0
        }

        It 'changes several and gives each' {
            @(Get-CustomImage -g images -n prod-* | Set-CustomImage -AddTag @{ team = 'web' }).Count | Should -Be 2
            @(Get-CustomImage -g images | Where-Object { $_.Tag['team'] -eq 'web' }).Count | Should -Be 2
        }

        It 'does nothing with -WhatIf' {
            $before = (Get-ImageSandbox).Fingerprint
            Set-CustomImage -g images -n test-a -Tag @{} -WhatIf
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'refuses <problem>' -ForEach @(
            @{ problem = 'nothing to change'; parameters = @{} }
            @{ problem = 'a tag that Azure would refuse'; parameters = @{ AddTag = @{ 'a/b' = 'c' } } }
        ) {
            $before = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure { Set-CustomImage -g images -n test-a @parameters -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.SetCustomImageCommand'
            $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'says that an image is not there' {
            $failure = Get-Failure { Set-CustomImage -g images -n missing -AddTag @{ a = 'b' } -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'ImageNotFound,ImageCmdlets.Commands.SetCustomImageCommand'
        }
    }

    Context 'Remove-CustomImage' {
        BeforeEach {
            $null = New-TestImage 'gone-a'
            $null = New-TestImage 'gone-b'
        }

        It 'removes what fits, and gives nothing' {
            $output = Remove-CustomImage -g images -n gone-* -Force
            $output | Should -BeNullOrEmpty
            @(Get-CustomImage -g images -n gone-*).Count | Should -Be 0
        }

        It 'takes objects' {
            Get-CustomImage -g images -n gone-* | Remove-CustomImage -Confirm:$false
            @(Get-CustomImage -g images -n gone-*).Count | Should -Be 0
        }

        It 'removes nothing with -WhatIf, whatever else is said' {
            Remove-CustomImage -g images -n gone-* -Force -WhatIf
            @(Get-CustomImage -g images -n gone-*).Count | Should -Be 2
        }

        It 'says what is not there and removes the others' {
            Remove-CustomImage -g images -n missing, gone-a -Force -ErrorVariable said -ErrorAction SilentlyContinue
            @($said | Where-Object { $_.FullyQualifiedErrorId -eq 'ImageNotFound,ImageCmdlets.Commands.RemoveCustomImageCommand' }).Count | Should -Be 1
            @(Get-CustomImage -g images -n gone-*).Name | Should -BeExactly 'gone-b'
        }
    }
}
