Describe 'Compare-CustomImage' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $image = New-ImageVM -g images -n seed -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -DataDiskSizeGB 32 -WarningAction SilentlyContinue |
            Invoke-Generalize -Force | New-CustomImage -g images -n golden -Tag @{ team = 'web' }

        function Get-Failure([scriptblock] $Script) {
            $ErrorActionPreference = 'Stop'
            try { $null = & $Script } catch { $_ }
        }
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    It 'says in what a copy differs: where it is, and what it was made of' {
        $copy = $image | Copy-CustomImage -Location northeurope

        $rows = $copy | Compare-CustomImage $image.Id

        ($rows | Where-Object Property -EQ Region).Reference | Should -BeExactly 'westeurope'
        ($rows | Where-Object Property -EQ Region).Difference | Should -BeExactly 'northeurope'
        $rows | Where-Object Property -In 'OSType', 'OSState', 'HyperVGeneration', 'OSDisk.Caching', 'DataDisk[0]', 'Tag[team]' | Should -BeNullOrEmpty
    }

    It 'says what a tag, a disk or a generation more or less is' {
        $null = New-ImageVM -g images -n other -l westeurope -Image 'Debian:debian-12:12:latest' -WarningAction SilentlyContinue

        $rows = Compare-CustomImage golden other -g images

        "$($rows | Where-Object Property -EQ HyperVGeneration)" | Should -BeExactly 'HyperVGeneration: V2 => V1'
        ($rows | Where-Object Property -EQ 'DataDisk[0]').Reference | Should -BeExactly 'present'
        ($rows | Where-Object Property -EQ 'DataDisk[0]').Difference | Should -BeNullOrEmpty
        ($rows | Where-Object Property -EQ 'Tag[team]').Reference | Should -BeExactly 'web'
        @($rows | Where-Object IsEqual).Count | Should -Be 0
    }

    It 'gives nothing for the same, and all of it with -IncludeEqual' {
        Compare-CustomImage $image.Id $image.Id.ToUpperInvariant() | Should -BeNullOrEmpty

        $rows = Compare-CustomImage $image.Id $image.Id -IncludeEqual
        ($rows | Where-Object Property -EQ OSType).Reference | Should -BeExactly 'Linux'
        @($rows | Where-Object { -not $_.IsEqual }).Count | Should -Be 0
    }

    It 'says what is not there' {
        $failure = Get-Failure { Compare-CustomImage golden missing -g images }

        $failure.FullyQualifiedErrorId | Should -BeExactly 'SourceNotFound,ImageCmdlets.Commands.CompareCustomImageCommand'
    }
}
