Describe 'Update-ImageScaleSet' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFRlc3RLZXlGb3JUaGVTYW5kYm94T25seTEyMzQ1Njc4OTA= test'

        # A gallery with two good versions; what follows is a rollout from the one to the other.
        function New-TestVersion {
            $null = New-ImageVM -g images -n seed -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
            $null = New-ImageGallery -g images -n prod
            $image = Invoke-Generalize -g images -n seed -Force -WarningAction SilentlyContinue | New-CustomImage -g images -n web-image
            $null = $image | New-ImageDefinition -g images -GalleryName prod -Name web
            foreach ($version in '1.0.0', '1.1.0') {
                $image | New-ImageVersion -g images prod web -Version $version -TargetRegion westeurope
            }
        }

        function New-TestSet([string] $Name, [int] $Capacity, [string] $Mode = 'Uniform') {
            New-ImageScaleSet -g apps -n $Name -l westeurope -Image $good.Id -SshPublicKey $key -Capacity $Capacity -OrchestrationMode $Mode -HealthProtocol http -HealthPort 80
        }

        function Get-Story {
            ($args[0] | ForEach-Object { "$($_.Batch) $($_.Name) $($_.State)".Trim() }) -join ', '
        }

        # Azure makes more instances than asked for and keeps those that come up first, so their numbers may have gaps.
        function Get-Number([string] $Name) {
            (Get-ImageScaleSet -g apps $Name -IncludeInstance).Instance | ForEach-Object InstanceId
        }

        function Get-VersionOf([string] $Name) {
            ((Get-ImageScaleSet -g apps $Name -IncludeInstance).Instance | ForEach-Object { "$($_.Version) $($_.Health)" }) -join ', '
        }

        function Get-Failure([scriptblock] $Script) {
            $ErrorActionPreference = 'Stop'
            try { $null = & $Script } catch { $_ }
        }
    }

    BeforeEach {
        Reset-ImageSandbox
        $good, $bad = New-TestVersion
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    # The whole story: five machines, one at a time; the third does not serve with the new version.
    It 'stops after the batch that falls ill, tells who runs what, and Undo-ImageRollout restores every machine' {
        $null = New-TestSet web 5
        $one, $two, $three, $four, $five = Get-Number web
        Set-ImageSandbox -GuestFault @{ VM = "web_$three"; Kind = 'Unhealthy'; Detail = '*/versions/1.1.0' }

        $rows = Get-ImageScaleSet -g apps web | Update-ImageScaleSet -Image $bad.Id -Force -ErrorVariable failed -ErrorAction SilentlyContinue

        Get-Story $rows | Should -BeExactly "web Repointed, 1 web $one Updated, 2 web $two Updated, 3 web $three Unhealthy, web $four Pending, web $five Pending"
        $failed[0].FullyQualifiedErrorId | Should -BeExactly 'RolloutStopped,ImageCmdlets.Commands.UpdateImageScaleSetCommand'
        $failed[0].CategoryInfo.Category | Should -BeExactly 'OperationStopped'
        $failed[0].ErrorDetails.RecommendedAction | Should -BeLike "*Undo-ImageRollout -ResourceId '$($bad.Id)'*"
        Get-VersionOf web | Should -BeExactly '1.1.0 Healthy, 1.1.0 Healthy, 1.1.0 Unhealthy, 1.0.0 Healthy, 1.0.0 Healthy'
        (Get-ImageUsage -ResourceId $bad.Id | Where-Object Kind -EQ ScaleSetInstance | ForEach-Object Name) -join ' ' | Should -BeExactly "$one $two $three"

        $restored = $bad | Undo-ImageRollout -Reason 'nginx does not start' -Force

        Get-Story $restored | Should -BeExactly "web 1.1.0 Excluded, web Repointed, 1 web $three Updated, 2 web $one Updated, 3 web $two Updated"
        Get-VersionOf web | Should -BeExactly '1.0.0 Healthy, 1.0.0 Healthy, 1.0.0 Healthy, 1.0.0 Healthy, 1.0.0 Healthy'
        Get-ImageUsage -ResourceId $bad.Id | Should -BeNullOrEmpty
        (Get-ImageVersion -g images prod web -Latest).Name | Should -BeExactly '1.0.0'
    }

    It 'goes on with the same command when the machines are healthy again, and then does nothing' {
        $null = New-TestSet web 3
        $one, $two, $three = Get-Number web
        Set-ImageSandbox -GuestFault @{ VM = "web_$one"; Kind = 'Unhealthy'; Detail = '*/versions/1.1.0' }
        (Get-Failure { Update-ImageScaleSet -g apps web $bad.Id -Force }).FullyQualifiedErrorId | Should -BeLike 'RolloutStopped,*'
        Set-ImageSandbox -RepairVM '*'

        Get-Story (Update-ImageScaleSet -g apps web $bad.Id -Force) | Should -BeExactly "1 web $two Updated, 2 web $three Updated"
        $before = (Get-ImageSandbox).Fingerprint
        Update-ImageScaleSet -g apps web $bad.Id -Force | Should -BeNullOrEmpty
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }

    It 'replaces the machines of a flexible set, and takes that back' {
        $null = New-TestSet flex 2 Flexible

        $rows = Update-ImageScaleSet -g apps flex $bad.Id -ReplaceMachine -Force
        ($rows | ForEach-Object State) -join ' ' | Should -BeExactly 'Repointed Updated Removed Updated Removed'
        Get-VersionOf flex | Should -BeExactly '1.1.0 Healthy, 1.1.0 Healthy'

        $rows = $bad | Undo-ImageRollout -ReplaceMachine -Force
        ($rows | ForEach-Object State) -join ' ' | Should -BeExactly 'Excluded Repointed Updated Removed Updated Removed'
        Get-VersionOf flex | Should -BeExactly '1.0.0 Healthy, 1.0.0 Healthy'
        (Get-ImageScaleSet -g apps flex).Capacity | Should -Be 2
    }

    It 'does several sets side by side, each by itself' {
        $null = New-TestSet web1 2
        $null = New-TestSet web2 2
        Set-ImageSandbox -GuestFault @{ VM = "web1_$(@(Get-Number web1)[0])"; Kind = 'Unhealthy'; Detail = '*/versions/1.1.0' }

        $null = Get-ImageScaleSet -g apps -n 'web*' | Update-ImageScaleSet -Image $bad.Id -Force -ErrorVariable failed -ErrorAction SilentlyContinue

        @($failed).Count | Should -Be 1
        Get-VersionOf web2 | Should -BeExactly '1.1.0 Healthy, 1.1.0 Healthy'
    }

    It 'changes nothing with -WhatIf, nor when it ends with <id> for <what>' -ForEach @(
        @{ what = 'a set that is not there'; id = 'ResourceNotFound'; call = { Update-ImageScaleSet -g apps none $bad.Id -Force } }
        @{ what = 'the id of something else'; id = 'InvalidResourceId'; call = { $bad.Id | Update-ImageScaleSet -Image $bad.Id -Force } }
        @{ what = 'a version that is not there'; id = 'ImageNotFound'; call = { Update-ImageScaleSet -g apps web $bad.Id.Replace('1.1.0', '9.9.9') -Force } }
        @{ what = 'what is no image'; id = 'InvalidImageReference'; call = { Update-ImageScaleSet -g apps web 'a/b' -Force } }
        @{ what = 'an image of the marketplace'; id = 'PropertyNotChangeable'; call = { Update-ImageScaleSet -g apps web 'Canonical:ubuntu-24_04-lts:server:latest' -Force } }
        @{ what = 'a machine that is not there'; id = 'ResourceNotFound'; call = { Update-ImageScaleSet -g apps web $bad.Id -InstanceId 7 -Force } }
        @{ what = '-ReplaceMachine with a uniform set'; id = 'InvalidArgument'; call = { Update-ImageScaleSet -g apps web $bad.Id -ReplaceMachine -Force } }
        @{ what = '-NoWait with batches'; id = 'InvalidArgument'; call = { Update-ImageScaleSet -g apps web $bad.Id -NoWait -Force } }
        @{ what = '-ModelOnly with -ReplaceMachine'; id = 'InvalidArgument'; call = { Update-ImageScaleSet -g apps web $bad.Id -ModelOnly -ReplaceMachine -Force } }
        @{ what = 'a pause of half a second'; id = 'InvalidArgument'; call = { Update-ImageScaleSet -g apps web $bad.Id -PauseBetweenBatches 00:00:00.5 -Force } }
    ) {
        $null = New-TestSet web 2
        $before = (Get-ImageSandbox).Fingerprint
        Update-ImageScaleSet -g apps web $bad.Id -WhatIf | Should -BeNullOrEmpty
        $failure = Get-Failure $call

        $failure.FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.UpdateImageScaleSetCommand"
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }
}
