Describe 'Test-CustomImage' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $linux = 'Canonical:ubuntu-24_04-lts:server:latest'
        $source = 'ImageCmdlets.Commands.TestCustomImageCommand'
        $null = New-ImageVM -g images -n seed -l westeurope -Image $linux -WarningAction SilentlyContinue
        $null = New-ImageGallery -g images -n prod
        $null = Get-ImageVM -g images -n seed | New-ImageDefinition -g images -GalleryName prod -Name web -OSState Generalized
        $image = Invoke-Generalize -g images -n seed -Force -WarningAction SilentlyContinue | New-CustomImage -g images -n golden

        # Marked without anything having been done in the guest.
        $null = New-ImageVM -g images -n raw -l westeurope -Image $linux -WarningAction SilentlyContinue
        $null = Stop-ImageVM -g images -n raw -Force
        $null = Invoke-Generalize -g images -n raw -FlagOnly -Force -WarningAction SilentlyContinue
        $null = New-CustomImage -g images -n raw -Source raw -WarningAction SilentlyContinue

        function Get-Failure([scriptblock] $Script) {
            try { & $Script; $null } catch { $_ }
        }
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    It 'passes a good image, by <how>, and leaves nothing' -ForEach @(
        @{ how = 'name'; call = { Test-CustomImage -g images -n golden } }
        @{ how = 'pattern'; call = { Test-CustomImage images 'gold*' } }
        @{ how = 'id'; call = { Test-CustomImage -ResourceId $image.Id } }
        @{ how = 'object'; call = { $image | Test-CustomImage } }
        @{ how = 'job'; call = { $image | Test-CustomImage -AsJob | Receive-Job -Wait -AutoRemoveJob } }
    ) {
        $before = (Get-ImageSandbox).Resource
        $result = & $call

        $result.Id | Should -BeExactly $image.Id
        $result.Image | Should -BeExactly 'golden'
        $result.State | Should -Be 'Passed'
        "$($result.Check | Where-Object { $_.VM -eq 'test01' } | ForEach-Object { $_.Name })" | Should -BeExactly 'Provisioning Agent MachineId HostName HostKey'
        $result.Check.Count | Should -Be 10
        $result.KeptResourceGroupName | Should -BeNullOrEmpty
        "$((Get-ImageSandbox).Resource.Values)" | Should -BeExactly "$($before.Values)"
    }

    It 'explains an image that is not generalized' {
        $result = Test-CustomImage -g images -n raw

        $result.State | Should -Be 'Failed'
        $failed = @($result.Check | Where-Object { $_.State -eq 'Failed' })
        $failed.Count | Should -Be 2
        $failed[0].Name | Should -BeExactly 'Provisioning'
        $failed[0].VM | Should -BeExactly 'test01'
        $failed[0].Evidence | Should -Match 'did not finish in the allotted time'
        $failed[0].Fix | Should -Match 'The image is not generalized.*Invoke-Generalize'
        $failed[0].SerialLog | Should -Match 'raw login:$'
        @(Get-ImageLeftover).Count | Should -Be 0
    }

    It 'publishes hidden, tests, and releases what passed' {
        $null = $image | New-ImageVersion -g images prod web -TargetRegion westeurope -StageExcluded |
            Test-CustomImage -Script 'test -x /usr/sbin/waagent' | Where-Object { $_.State -eq 'Passed' } | Set-ImageVersion -ExcludeFromLatest:$false -Force

        $version = Get-ImageVersion -g images prod web 1.0.0
        $version.ExcludeFromLatest | Should -BeFalse
        $version.IsStaged | Should -BeFalse
    }

    It 'leaves a version hidden that did not pass' {
        $result = $image | New-ImageVersion -g images prod web -TargetRegion westeurope -StageExcluded | Test-CustomImage -Check @{ web = 'exit 7' }
        $null = $result | Where-Object { $_.State -eq 'Passed' } | Set-ImageVersion -ExcludeFromLatest:$false -Force

        $result.Image | Should -BeExactly 'prod/web/1.0.1'
        $result.State | Should -Be 'Failed'
        (Get-ImageVersion -g images prod web 1.0.1).ExcludeFromLatest | Should -BeTrue
    }

    It 'tests a version by its names' {
        $result = Test-CustomImage -g images -GalleryName prod -DefinitionName web -Name 1.0.0 -Count 1
        $result.Image | Should -BeExactly 'prod/web/1.0.0'
        $result.State | Should -Be 'Passed'
    }

    It 'gives each check of the user a name and what it printed' {
        $result = Test-CustomImage -g images -n golden -Count 1 -Check ([ordered]@{ waagent = 'test -x /usr/sbin/waagent && echo here'; port = 'echo closed >&2; exit 3' })

        $agent = $result.Check | Where-Object { $_.Name -eq 'waagent' }
        $agent.State | Should -Be 'Passed'
        $agent.ExitCode | Should -Be 0
        $agent.Evidence | Should -BeExactly 'here'
        $port = $result.Check | Where-Object { $_.Name -eq 'port' }
        $port.State | Should -Be 'Failed'
        $port.ExitCode | Should -Be 3
        $port.Evidence | Should -Match 'closed'
    }

    It 'keeps the machines where that is wanted, and takes them away with the next test' {
        $kept = Test-CustomImage -g images -n golden -Count 1 -Keep
        $kept.KeptResourceGroupName | Should -Match '^imagecmdlets-test-'
        (Get-ImageVM -g $kept.KeptResourceGroupName -n test01).PowerState | Should -BeExactly 'Running'

        $null = Test-CustomImage -g images -n golden -Count 1 -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -Match 'of an earlier run'
        $failure = Get-Failure { Get-ImageVM -g $kept.KeptResourceGroupName -n test01 -ErrorAction Stop }
        $failure | Should -Not -BeNullOrEmpty
    }

    It 'changes nothing with -WhatIf' {
        $before = (Get-ImageSandbox).Fingerprint
        Test-CustomImage -g images -n golden -WhatIf | Should -BeNullOrEmpty
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }

    It 'refuses <what> before anything is made' -ForEach @(
        @{ what = 'a file that is not there'; id = 'FileNotFound'; call = { Test-CustomImage -g images -n golden -Script './no-such-check.sh' -ErrorAction Stop } }
        @{ what = 'a check that is no script'; id = 'InvalidArgument'; call = { Test-CustomImage -g images -n golden -Check @{ web = 7 } -ErrorAction Stop } }
        @{ what = 'a check by the name of an own one'; id = 'InvalidArgument'; call = { Test-CustomImage -g images -n golden -Check @{ agent = 'exit 0' } -ErrorAction Stop } }
        @{ what = 'what is not waited for'; id = 'InvalidArgument'; call = { Test-CustomImage -g images -n golden -NoWait -ErrorAction Stop } }
        @{ what = 'a region that is none'; id = 'InvalidLocation'; call = { Test-CustomImage -g images -n golden -Location mars -ErrorAction Stop } }
        @{ what = 'a machine'; id = 'InvalidResourceId'; call = { Get-ImageVM -g images -n raw | Test-CustomImage -ErrorAction Stop } }
        @{ what = 'an image that is not there'; id = 'ImageNotFound'; call = { Test-CustomImage -g images -n nothing -ErrorAction Stop } }
        @{ what = 'a version without its definition'; id = 'InvalidArgument'; call = { Test-CustomImage -g images -GalleryName prod -n 1.0.0 -ErrorAction Stop } }
    ) {
        $before = (Get-ImageSandbox).Fingerprint
        $failure = Get-Failure $call
        $failure.FullyQualifiedErrorId | Should -BeExactly "$id,$source"
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }
}
