Describe 'Undo-ImageRollout' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $null = New-ImageVM -g images -n seed -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
        $null = New-ImageGallery -g images -n prod
        $image = Invoke-Generalize -g images -n seed -Force -WarningAction SilentlyContinue | New-CustomImage -g images -n web-image
        $definition = $image | New-ImageDefinition -g images -GalleryName prod -Name web
        foreach ($version in '1.0.0', '1.1.0', '1.2.0') {
            $null = $image | New-ImageVersion -g images prod web -Version $version -TargetRegion westeurope, northeurope
        }
        $null = New-ImageVM -g apps -n web01 -l westeurope -Image (Get-ImageVersion -g images prod web 1.2.0).Id -WarningAction SilentlyContinue

        function Get-Failure([scriptblock] $Script) {
            $ErrorActionPreference = 'Stop'
            try { $null = & $Script } catch { $_ }
        }
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    It 'with -WhatIf changes nothing, and tells what still runs the version' {
        $before = (Get-ImageSandbox).Fingerprint

        $rows = Get-ImageVersion -g images prod web 1.2.0 | Undo-ImageRollout -WhatIf

        ($rows | ForEach-Object { "$_" }) -join ', ' | Should -BeExactly 'VM web01: RunsBadVersion'
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }

    It 'takes the latest version back, with the reason, and lists what runs it' {
        $rows = Get-ImageVersion -g images prod web -Latest | Undo-ImageRollout -Reason 'sshd does not start' -Force

        ($rows | ForEach-Object { "$_" }) -join ', ' | Should -BeExactly 'ImageVersion web 1.2.0: Excluded, VM web01: RunsBadVersion'
        $rows[0].To | Should -BeExactly (Get-ImageVersion -g images prod web 1.1.0).Id
        (Get-ImageVersion -g images prod web -Latest).Name | Should -BeExactly '1.1.0'
        (Get-ImageVersion -g images prod web -Latest -Location northeurope).Name | Should -BeExactly '1.1.0'
        $bad = Get-ImageVersion -g images prod web 1.2.0
        $bad.Tag['imagecmdlets-undone'] | Should -BeExactly 'sshd does not start'
        ($bad.TargetRegion | ForEach-Object ExcludeFromLatest) -join ' ' | Should -BeExactly 'True True'
    }

    It 'changes nothing more the second time' {
        $before = (Get-ImageSandbox).Fingerprint

        $rows = Undo-ImageRollout -g images prod web 1.2.0 -Force

        $rows[0].State | Should -BeExactly 'Excluded'
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }

    It 'is itself undone by Set-ImageVersion' {
        $null = Set-ImageVersion -g images prod web 1.2.0 -ExcludeFromLatest:$false

        (Get-ImageVersion -g images prod web -Latest -Location northeurope).Name | Should -BeExactly '1.2.0'
        (Get-ImageVersion -g images prod web 1.2.0).Tag.ContainsKey('imagecmdlets-undone') | Should -BeFalse
    }

    It 'is refused where there is no good version, and excludes only where it is told so' {
        $before = (Get-ImageSandbox).Fingerprint

        $failure = Get-Failure { Undo-ImageRollout -g images prod web 1.0.0 -Force }

        $failure.FullyQualifiedErrorId | Should -BeExactly 'ImageNotFound,ImageCmdlets.Commands.UndoImageRolloutCommand'
        $failure.ErrorDetails.RecommendedAction | Should -Match '-ExcludeOnly'
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        (Undo-ImageRollout -g images prod web 1.0.0 -ExcludeOnly -Force).State | Should -BeExactly 'Excluded'
    }

    It 'refuses <text>: <id>' -ForEach @(
        @{ text = '-To of the bad version'; id = 'InvalidArgument'; more = @{ To = '1.2.0' } }
        @{ text = '-To that is not there'; id = 'ImageNotFound'; more = @{ To = '9.0.0' } }
        @{ text = '-To with -ExcludeOnly'; id = 'InvalidArgument'; more = @{ To = '1.1.0'; ExcludeOnly = $true } }
        @{ text = '-NoWait'; id = 'InvalidArgument'; more = @{ NoWait = $true } }
    ) {
        $before = (Get-ImageSandbox).Fingerprint

        $failure = Get-Failure { Undo-ImageRollout -g images prod web 1.2.0 -Force @more }

        $failure.FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.UndoImageRolloutCommand"
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }

    It 'refuses what is no version' {
        $failure = Get-Failure { $definition.Id | Undo-ImageRollout -Force }

        $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidResourceId,ImageCmdlets.Commands.UndoImageRolloutCommand'
    }
}
