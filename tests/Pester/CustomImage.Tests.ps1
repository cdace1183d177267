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
