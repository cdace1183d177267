Describe 'Scale sets' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $group = '/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/images/providers/Microsoft.Compute'

        $linux = 'Canonical:ubuntu-24_04-lts:server:latest'
        $key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFRlc3RLZXlGb3JUaGVTYW5kYm94T25seTEyMzQ1Njc4OTA= test'

        function New-TestSet([string] $Name = 'web', [string] $Mode = 'Uniform') {
            $WarningPreference = 'SilentlyContinue'
            New-ImageScaleSet -g images -n $Name -l westeurope -Image $linux -SshPublicKey $key -OrchestrationMode $Mode
        }

        function Get-Failure([scriptblock] $Script) {
            $ErrorActionPreference = 'Stop'
            try { $null = & $Script } catch { $_ }
        }
    }

    BeforeEach {
        Reset-ImageSandbox
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    Context 'Get-ImageUsage' {
        It 'shows instance by instance who runs an image, from the lists as from Resource Graph' {
            $WarningPreference = 'SilentlyContinue'
            $null = New-ImageVM -g images -n seed -l westeurope -Image $linux
            $image = Invoke-Generalize -g images -n seed -Force | New-CustomImage -g images -n golden
            $null = Remove-ImageVM -g images -n seed -Force
            $uniform = $image | New-ImageScaleSet -g images -n web -SshPublicKey $key -OrchestrationMode Uniform
            $flexible = $image | New-ImageScaleSet -g images -n app -SshPublicKey $key

            foreach ($live in $true, $false) {
                $uses = @($image | Get-ImageUsage -Live:$live)
                @($uses | Where-Object Kind -EQ 'ScaleSet').Count | Should -Be 2
                $own = @($uses | Where-Object Kind -EQ 'ScaleSetInstance')
                "$($own.Id)" | Should -BeExactly "$($uniform.Instance.Id)"
                "$($own.LatestModelApplied)" | Should -BeExactly 'True True'
                "$($own.ScaleSetId)" | Should -Be "$($uniform.Id) $($uniform.Id)"
                $machines = @($uses | Where-Object Kind -EQ 'VM')
                $machines.Count | Should -Be 2
                $machines.Name | ForEach-Object { $flexible.Instance.Name -contains $_ | Should -BeTrue }
                "$($machines.ScaleSetId)" | Should -Be "$($flexible.Id) $($flexible.Id)"
                @($machines | Where-Object { $null -ne $_.LatestModelApplied }).Count | Should -Be 0
            }
        }
    }

    Context 'Get-ImageScaleSet' {
        It 'says nothing where there is none' {
            Get-ImageScaleSet | Should -BeNullOrEmpty
            Get-ImageScaleSet -n 'web*' -IncludeInstance | Should -BeNullOrEmpty
        }

        It 'ends with <id> for <what>' -ForEach @(
            @{ what = 'a name that is not there'; id = 'ResourceNotFound'; category = 'ObjectNotFound'; call = { Get-ImageScaleSet -n none } }
            @{ what = 'an id that is not there'; id = 'ResourceNotFound'; category = 'ObjectNotFound'; call = { "$group/virtualMachineScaleSets/none" | Get-ImageScaleSet } }
            @{ what = 'a group that is not there'; id = 'ResourceGroupNotFound'; category = 'ObjectNotFound'; call = { Get-ImageScaleSet nowhere } }
            @{ what = 'the id of something else'; id = 'InvalidResourceId'; category = 'InvalidArgument'; call = { Get-ImageScaleSet -ResourceId "$group/disks/web01" } }
        ) {
            # A machine makes the group.
            $null = New-ImageVM -g images -n web01 -l westeurope -Image 'Canonical:ubuntu-24_04-lts:server:latest' -WarningAction SilentlyContinue
            $before = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure $call

            $failure.FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.GetImageScaleSetCommand"
            $failure.CategoryInfo.Category | Should -BeExactly $category
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }
    }

    Context 'New-ImageScaleSet' {
        It 'makes a <mode> set that follows the newest version' -ForEach @(
            @{ mode = 'Flexible' }
            @{ mode = 'Uniform' }
        ) {
            $made = New-TestSet -Mode $mode

            $made.OrchestrationMode | Should -BeExactly $mode
            $made.Image | Should -BeExactly $linux
            $made.Capacity | Should -Be 2
            ($made.Instance | ForEach-Object PowerState) -join ' ' | Should -BeExactly 'Running Running'
            ($made | Get-ImageScaleSet -IncludeInstance).Instance[1].Version | Should -Match '^\d+\.\d+\.\d+$'
        }

        It 'is flexible, of two machines, without a load balancer, when nothing is said' {
            $made = New-ImageScaleSet images web $linux -l westeurope -WarningVariable said -WarningAction SilentlyContinue

            $made.OrchestrationMode | Should -BeExactly 'Flexible'
            $made.UpgradeMode | Should -BeExactly 'Manual'
            @(Get-ImageVM -g images).Count | Should -Be 2
            "$said" | Should -BeLike 'No password or SSH key was given*'
        }

        It 'makes a set whose upgrades roll while its machines are healthy' {
            $made = New-ImageScaleSet -g images -n web -l westeurope -Image $linux -SshPublicKey $key -OrchestrationMode uniform -UpgradeMode rolling `
                -HealthProtocol HTTP -HealthPort 8080 -HealthPath /health -MaxBatchPercent 50 -PauseBetweenBatches 00:00:30

            $made.UpgradeMode | Should -BeExactly 'Rolling'
            $made.HealthSource | Should -BeExactly 'Extension'
            ($made.Instance | ForEach-Object Health) -join ' ' | Should -BeExactly 'Healthy Healthy'
        }

        It 'makes <mode> spot machines with disks and extensions' -ForEach @(
            @{ mode = 'Flexible' }
            @{ mode = 'Uniform' }
        ) {
            $script = @{ Publisher = 'Microsoft.Azure.Extensions'; Type = 'CustomScript'; Version = '2.1'; Setting = @{ commandToExecute = 'true' }; ProtectedSetting = @{ token = 'secret' } }
            $made = New-ImageScaleSet -g images -n web -l westeurope -Image $linux -SshPublicKey $key -OrchestrationMode $mode `
                -Spot -EvictionPolicy Delete -DataDiskSizeGB 8, 16 -Extension $script -HealthProtocol tcp -HealthPort 22 -CustomData '#cloud-config'

            ($made.Instance | ForEach-Object Health) -join ' ' | Should -BeExactly 'Healthy Healthy'
            (Get-ImageSandbox).Resource['Microsoft.Compute/disks'] | Should -Be 6
        }

        It 'gives the same set to the same command, and refuses another' {
            $null = New-TestSet
            $again = New-TestSet
            $failure = Get-Failure { New-TestSet -Mode Flexible }

            $again.Name | Should -BeExactly 'web'
            $failure.FullyQualifiedErrorId | Should -BeExactly 'ResourceAlreadyExists,ImageCmdlets.Commands.NewImageScaleSetCommand'
        }

        It 'takes an image from the pipeline' {
            $null = New-ImageVM -g images -n gold -l westeurope -Image $linux -SshPublicKey $key
            $image = Invoke-Generalize -g images -n gold -Force | New-CustomImage -Name golden

            ($image | New-ImageScaleSet -g images -n web -SshPublicKey $key).ImageName | Should -BeExactly 'golden'
        }

        It 'changes nothing with -WhatIf, nor when it ends with <id> for <what>' -ForEach @(
            @{ what = 'a flexible set with automatic upgrades'; id = 'InvalidArgument'; call = { New-ImageScaleSet -g images -n web -l westeurope -Image $linux -UpgradeMode Automatic } }
            @{ what = 'rolling upgrades that nobody watches'; id = 'InvalidArgument'; call = { New-ImageScaleSet -g images -n web -l westeurope -Image $linux -OrchestrationMode Uniform -UpgradeMode Rolling } }
            @{ what = 'a pause of thirty ten-millionths of a second'; id = 'InvalidArgument'; call = { New-ImageScaleSet -g images -n web -l westeurope -Image $linux -OrchestrationMode Uniform -UpgradeMode Rolling -HealthProtocol tcp -HealthPort 22 -PauseBetweenBatches 30 } }
            @{ what = 'a probe that is no id'; id = 'InvalidResourceId'; call = { New-ImageScaleSet -g images -n web -l westeurope -Image $linux -OrchestrationMode Uniform -HealthProbeId alive } }
            @{ what = 'a flexible set with an identity of its own'; id = 'InvalidArgument'; call = { New-ImageScaleSet -g images -n web -l westeurope -Image $linux -AssignIdentity System } }
            @{ what = 'an eviction policy without spot machines'; id = 'InvalidArgument'; call = { New-ImageScaleSet -g images -n web -l westeurope -Image $linux -EvictionPolicy Delete } }
            @{ what = 'an extension of nobody'; id = 'InvalidArgument'; call = { New-ImageScaleSet -g images -n web -l westeurope -Image $linux -Extension @{ Type = 'CustomScript' } } }
            @{ what = 'a mode that there is not'; id = 'InvalidArgument'; call = { New-ImageScaleSet -g images -n web -l westeurope -Image $linux -OrchestrationMode Mixed } }
            @{ what = 'more machines than the quota has'; id = 'QuotaExceeded'; call = { New-ImageScaleSet -g images -n web -l westeurope -Image $linux -Capacity 900 } }
            @{ what = 'a zone that there is not'; id = 'ZoneNotSupported'; call = { New-ImageScaleSet -g images -n web -l westeurope -Image $linux -Zone 9 } }
            @{ what = 'a missing group without a region'; id = 'ResourceGroupNotFound'; call = { New-ImageScaleSet -g images -n web -Image $linux } }
        ) {
            $before = (Get-ImageSandbox).Fingerprint
            New-ImageScaleSet -g images -n web -l westeurope -Image $linux -WhatIf
            $failure = Get-Failure $call

            $failure.FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.NewImageScaleSetCommand"
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }
    }

    Context 'Remove-ImageScaleSet' {
        It 'leaves nothing of a <mode> set' -ForEach @(
            @{ mode = 'Flexible' }
            @{ mode = 'Uniform' }
        ) {
            New-TestSet -Mode $mode | Remove-ImageScaleSet -RemoveResourceGroup -Force

            Get-ImageScaleSet | Should -BeNullOrEmpty
            Get-ImageVM | Should -BeNullOrEmpty
            (Get-Failure { Get-ImageVM -g images }).FullyQualifiedErrorId | Should -BeExactly 'ResourceGroupNotFound,ImageCmdlets.Commands.GetImageVMCommand'
        }

        It 'removes by pattern, and nothing with -WhatIf' {
            $null = New-TestSet web1
            $null = New-TestSet web2
            Remove-ImageScaleSet -g images -n 'web*' -WhatIf
            @(Get-ImageScaleSet).Count | Should -Be 2

            Remove-ImageScaleSet -g images -n 'web*' -Force
            Get-ImageScaleSet | Should -BeNullOrEmpty
        }

        It 'ends with <id> for <what>' -ForEach @(
            @{ what = 'a set that is not there'; id = 'ResourceNotFound'; call = { Remove-ImageScaleSet -g images -n none -Force } }
            @{ what = 'the id of something else'; id = 'InvalidResourceId'; call = { Remove-ImageScaleSet -ResourceId "$group/disks/web01" -Force } }
            @{ what = '-NoWait with -RemoveResourceGroup'; id = 'InvalidArgument'; call = { Remove-ImageScaleSet -g images -n web -NoWait -RemoveResourceGroup -Force } }
        ) {
            $null = New-TestSet
            $before = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure $call

            $failure.FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.RemoveImageScaleSetCommand"
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }
    }
}
