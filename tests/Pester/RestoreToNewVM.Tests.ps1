Describe 'Restore-ImageSnapshot -NewVMName' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $vm = New-ImageVM -g images -n web01 -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -Size Standard_D4s_v5 -DataDiskSizeGB 16, 32 -WarningAction SilentlyContinue
        $set = @($vm | New-ImageSnapshot -n before -Tag @{ team = 'web' } -WarningAction SilentlyContinue)
        $os = $set | Where-Object Lun -EQ $null
        $disks = (Get-ImageSandbox).Resource['Microsoft.Compute/disks']
        function Get-Refusal([scriptblock] $Script) {
            $before = (Get-ImageSandbox).Fingerprint
            $failure = try { & $Script; $null } catch { $_ }
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
            $failure
        }
    }

    AfterEach {
        Set-ImageSandbox -ClearFault
        Get-ImageVM -g images | Where-Object Name -NE web01 | Remove-ImageVM -Force
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    It 'makes a machine like the one that was' {
        $made = $set | Restore-ImageSnapshot -NewVMName again
        $made.Name | Should -BeExactly 'again'
        $made.Size | Should -BeExactly 'Standard_D4s_v5'
        $made.PowerState | Should -BeExactly 'Running'
        $made.HyperVGeneration | Should -BeExactly $vm.HyperVGeneration
        "$($made.DataDisk.Lun)" | Should -BeExactly '0 1'
        $made.OSDisk.Caching | Should -BeExactly $vm.OSDisk.Caching
        $made.OSDisk.StorageAccountType | Should -BeExactly $vm.OSDisk.StorageAccountType
        $made.PublicIPAddress | Should -BeNullOrEmpty
        $made.PrivateIPAddress | Should -Match '^10\.0\.0\.'
        $made.Tag['team'] | Should -BeExactly 'web'
    }

    It 'leaves the machine and its snapshots alone, and goes as a whole' {
        $before = (Get-ImageVM -g images -n web01).OSDisk.SourceId
        $set | Restore-ImageSnapshot -NewVMName again | Remove-ImageVM -Force
        (Get-ImageVM -g images -n web01).OSDisk.SourceId | Should -Be $before
        @(Get-ImageSnapshot -g images).Count | Should -Be 3
        (Get-ImageSandbox).Resource['Microsoft.Compute/disks'] | Should -Be $disks
    }

    It 'takes another size and kind of disk' {
        $made = $set | Restore-ImageSnapshot -NewVMName small -Size Standard_D2s_v5 -Sku StandardSSD_LRS -Tag @{ own = 'tag' }
        $made.Size | Should -BeExactly 'Standard_D2s_v5'
        $made.DataDisk[1].StorageAccountType | Should -BeExactly 'StandardSSD_LRS'
        $made.Tag['own'] | Should -BeExactly 'tag'
        $made.Tag['team'] | Should -BeNullOrEmpty
    }

    It 'makes the machine in another region, of copies' {
        $null = New-ImageVM -g north -n seed -l northeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
        $made = $set | Copy-ImageSnapshot -l northeurope -TargetResourceGroupName north | Restore-ImageSnapshot -NewVMName away
        $made.Location | Should -BeExactly 'northeurope'
        $made.ResourceGroupName | Should -BeExactly 'north'
        $made.Size | Should -BeExactly 'Standard_D4s_v5'
        $made.DataDisk.Count | Should -Be 2
        Get-ImageVM -g north | Remove-ImageVM -Force
    }

    It 'gives the machine that the same command has made' {
        $made = $set | Restore-ImageSnapshot -NewVMName again
        $before = (Get-ImageSandbox).Fingerprint
        $second = $set | Restore-ImageSnapshot -NewVMName again -WarningVariable said -WarningAction SilentlyContinue
        $second.Id | Should -Be $made.Id
        $said[0] | Should -Match 'was made of these snapshots by an earlier run'
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }

    It 'goes on where a time limit stopped it' {
        $there = (Get-ImageSandbox).Resource['Microsoft.Compute/disks']
        $failure = try { $set | Restore-ImageSnapshot -NewVMName late -TimeoutSeconds 30 -ErrorAction Stop } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -BeExactly 'OperationTimedOut,ImageCmdlets.Commands.RestoreImageSnapshotCommand'
        ($set | Restore-ImageSnapshot -NewVMName late).ProvisioningState | Should -BeExactly 'Succeeded'
        (Get-ImageSandbox).Resource['Microsoft.Compute/disks'] | Should -Be ($there + 3)
    }

    It 'leaves nothing where Azure refuses the machine' {
        $before = (Get-ImageSandbox).ResourceCount
        Set-ImageSandbox -Fault @{ Operation = 'VirtualMachines_CreateOrUpdate'; Effect = 'Forbidden' }
        $failure = try { $set | Restore-ImageSnapshot -NewVMName never -ErrorAction Stop } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -BeExactly 'AuthorizationFailed,ImageCmdlets.Commands.RestoreImageSnapshotCommand'
        (Get-ImageSandbox).ResourceCount | Should -Be $before
    }

    It 'runs as a job, and does nothing with -WhatIf' {
        Get-Refusal { $set | Restore-ImageSnapshot -NewVMName again -WhatIf } | Should -BeNullOrEmpty
        $job = $set | Restore-ImageSnapshot -NewVMName again -AsJob
        ($job | Wait-Job | Receive-Job).Name | Should -BeExactly 'again'
        $job | Remove-Job
    }

    It 'refuses <title>' -ForEach @(
        @{ title = 'data disks without the OS disk'; id = 'InvalidArgument'; category = 'InvalidArgument'; from = { $set | Where-Object Lun -NE $null }; arguments = @{ NewVMName = 'again' } }
        @{ title = 'a set that is not whole'; id = 'InvalidArgument'; category = 'InvalidArgument'; from = { $os }; arguments = @{ NewVMName = 'again' } }
        @{ title = 'the name of another machine'; id = 'ResourceAlreadyExists'; category = 'ResourceExists'; from = { $set }; arguments = @{ NewVMName = 'web01' } }
        @{ title = 'a size that is not there'; id = 'InvalidVMSize'; category = 'InvalidArgument'; from = { $set }; arguments = @{ NewVMName = 'again'; Size = 'Standard_None' } }
        @{ title = 'a network that is not there'; id = 'ResourceNotFound'; category = 'ObjectNotFound'; from = { $set }; arguments = @{ NewVMName = 'again'; Subnet = 'none' } }
        @{ title = 'a group that is not there'; id = 'ResourceGroupNotFound'; category = 'ObjectNotFound'; from = { $set }; arguments = @{ NewVMName = 'again'; ResourceGroupName = 'nowhere' } }
        @{ title = 'a name that Azure forbids'; id = 'InvalidResourceName'; category = 'InvalidArgument'; from = { $set }; arguments = @{ NewVMName = 'bad.' } }
        @{ title = '-NoWait'; id = 'InvalidArgument'; category = 'InvalidArgument'; from = { $set }; arguments = @{ NewVMName = 'again'; NoWait = $true } }
        @{ title = 'a name for the disk'; id = 'InvalidArgument'; category = 'InvalidArgument'; from = { $set }; arguments = @{ NewVMName = 'again'; Name = 'disk' } }
    ) {
        $given = & $from
        $said = Get-Refusal { $given | Restore-ImageSnapshot @arguments -ErrorAction Stop }
        $said.FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.RestoreImageSnapshotCommand"
        "$($said.CategoryInfo.Category)" | Should -BeExactly $category
        $said.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'refuses the snapshots of a generalized machine' {
        $golden = New-ImageVM -g images -n golden -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
        $null = $golden | Invoke-Generalize -Force
        $snapshots = @($golden | New-ImageSnapshot -n golden)
        $said = Get-Refusal { $snapshots | Restore-ImageSnapshot -NewVMName again -ErrorAction Stop }
        $said.FullyQualifiedErrorId | Should -BeExactly 'OSStateMismatch,ImageCmdlets.Commands.RestoreImageSnapshotCommand'
        $said.TargetObject | Should -Be $snapshots[0].Id
        $snapshots | Remove-ImageSnapshot -Force
    }
}
