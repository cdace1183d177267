Describe 'Snapshots' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $vm = New-ImageVM -g images -n web01 -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -DataDiskSizeGB 16, 32 -WarningAction SilentlyContinue
        function Get-Failure([scriptblock] $Script) {
            try { & $Script; $null } catch { $_ }
        }
        function Get-Refusal([scriptblock] $Script) {
            $before = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure $Script
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
            $failure
        }
    }

    AfterEach {
        Get-ImageSnapshot -g images | Remove-ImageSnapshot -Force
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    Context 'New-ImageSnapshot' {
        It 'takes every disk of a machine, side by side, as one set' {
            $before = (Get-ImageSandbox).Time
            $set = @($vm | New-ImageSnapshot -WarningAction SilentlyContinue)
            $set.Count | Should -Be 3
            "$($set | ForEach-Object { "$($_.Lun):$($_.DiskSizeGB)" })" | Should -BeExactly "$(':30', '0:16', '1:32')"
            @($set | Where-Object { $_.SetId -ne $set[0].SetId -or $_.VMId -ne $vm.Id -or -not $_.Incremental }).Count | Should -Be 0
            $set[0].OSType | Should -BeExactly 'Linux'
            ((Get-ImageSandbox).Time - $before).TotalSeconds -lt 10 | Should -BeTrue
        }

        It 'warns that the disks of a running machine may not agree' {
            $null = $vm | New-ImageSnapshot -WarningVariable said -WarningAction SilentlyContinue
            $said[0] | Should -Match 'running'
        }

        It 'names them after machine and time, or as told' {
            (New-ImageSnapshot -Source $vm.Id -OSDiskOnly).Name | Should -Match '^web01-\d{14}$'
            $named = @(New-ImageSnapshot -g images -n before -Source web01 -WarningAction SilentlyContinue)
            "$($named.Name)" | Should -BeExactly 'before-os before-lun0 before-lun1'
        }

        It 'goes on with what a run left that did not wait' {
            $null = New-ImageSnapshot -g images -n before -Source web01 -Full -Tag @{ why = 'patch' } -NoWait -WarningAction SilentlyContinue
            Set-ImageSandbox -Advance '0:20:0'
            $first = Get-ImageSnapshot -g images -n before-lun1
            $second = @(New-ImageSnapshot -g images -n before -Source web01 -Full -WarningVariable said -WarningAction SilentlyContinue)
            @($said | Where-Object { $_ -match "^The snapshot 'before-(os|lun\d)' was made \d+ minutes ago .* and is given as it is\.$" }).Count | Should -Be 3
            $last = $second | Where-Object Name -EQ 'before-lun1'
            $last.TimeCreated | Should -Be $first.TimeCreated
            $last.Incremental | Should -BeFalse
            $last.Tag['why'] | Should -BeExactly 'patch'
            $last.Tag.ContainsKey('imagecmdlets-unfinished') | Should -BeFalse
        }

        It 'does not give yesterday''s snapshot for today''s' {
            $null = New-ImageSnapshot -g images -n nightly -Source web01 -OSDiskOnly
            Set-ImageSandbox -Advance '1.00:00:00'
            $failure = Get-Refusal { New-ImageSnapshot -g images -n nightly -Source web01 -OSDiskOnly -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'ResourceAlreadyExists,ImageCmdlets.Commands.NewImageSnapshotCommand'
            $failure.CategoryInfo.Category | Should -Be 'ResourceExists'
            $failure.Exception.Message | Should -Match 'made 24 hours ago .* the disk may have changed since\.$'
        }

        It 'takes a single disk' {
            $disk = New-ImageSnapshot -Source $vm.DataDisk[1].SourceId -Name data -Sku Standard_ZRS
            $disk.SourceId | Should -Be $vm.DataDisk[1].SourceId
            $disk.Sku | Should -BeExactly 'Standard_ZRS'
            $disk.SetId | Should -BeNullOrEmpty
        }

        It 'does nothing with -WhatIf' {
            $before = (Get-ImageSandbox).Fingerprint
            $vm | New-ImageSnapshot -WhatIf
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'refuses <problem>' -ForEach @(
            @{ problem = 'a machine that is not there'; parameters = @{ ResourceGroupName = 'images'; Source = 'missing' }; id = 'VMNotFound'; category = 'ObjectNotFound' }
            @{ problem = 'a name without a group'; parameters = @{ Source = 'web01' }; id = 'InvalidArgument'; category = 'InvalidArgument' }
            @{ problem = 'a name against the rules'; parameters = @{ ResourceGroupName = 'images'; Source = 'web01'; Name = '_x' }; id = 'InvalidResourceName'; category = 'InvalidArgument' }
            @{ problem = 'a missing group'; parameters = @{ ResourceGroupName = 'nowhere'; Source = 'web01' }; id = 'ResourceGroupNotFound'; category = 'ObjectNotFound' }
        ) {
            $failure = Get-Refusal { New-ImageSnapshot @parameters -WarningAction SilentlyContinue -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.NewImageSnapshotCommand"
            $failure.CategoryInfo.Category | Should -Be $category
        }

        It 'refuses a name that is a snapshot of another disk' {
            $there = New-ImageSnapshot -Source $vm.DataDisk[0].SourceId -Name taken
            $failure = Get-Refusal { New-ImageSnapshot -Source $vm.DataDisk[1].SourceId -Name taken -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'ResourceAlreadyExists,ImageCmdlets.Commands.NewImageSnapshotCommand'
            $failure.TargetObject | Should -Be $there.Id
        }
    }

    Context 'Get- and Remove-ImageSnapshot' {
        BeforeEach {
            $set = @(New-ImageSnapshot -g images -n nightly -Source web01 -WarningAction SilentlyContinue)
        }

        It 'finds by pattern, by set and by id' {
            @(Get-ImageSnapshot -g images -n nightly-lun*).Count | Should -Be 2
            @(Get-ImageSnapshot | Where-Object SetId -EQ $set[0].SetId).Count | Should -Be 3
            (Get-ImageSnapshot -ResourceId ($set | Where-Object Lun -EQ 0).Id).Name | Should -BeExactly 'nightly-lun0'
            @(Get-ImageSnapshot -g images -n none*).Count | Should -Be 0
        }

        It 'shows that what is no copy is complete' {
            (Get-ImageSnapshot -g images -n nightly-os).CompletionPercent | Should -Be 100
        }

        It 'says that a name is not there' {
            $failure = Get-Failure { Get-ImageSnapshot -g images -n missing -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'SnapshotNotFound,ImageCmdlets.Commands.GetImageSnapshotCommand'
            $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        }

        It 'removes what fits, and gives nothing' {
            Remove-ImageSnapshot -g images -n nightly-lun* -Force | Should -BeNullOrEmpty
            (Get-ImageSnapshot -g images).Name | Should -BeExactly 'nightly-os'
        }

        It 'removes nothing with -WhatIf' {
            $set | Remove-ImageSnapshot -Force -WhatIf
            @(Get-ImageSnapshot -g images).Count | Should -Be 3
        }

        It 'says that what it is to remove is not there' {
            $failure = Get-Failure { Remove-ImageSnapshot -g images -n missing -Force -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'SnapshotNotFound,ImageCmdlets.Commands.RemoveImageSnapshotCommand'
        }
    }

    Context 'Restore-ImageSnapshot' {
        BeforeEach {
            $set = @(New-ImageSnapshot -g images -n before -Source web01 -WarningAction SilentlyContinue)
        }

        AfterEach {
            Remove-ImageDisk -g images -n before-*, *-before, yesterday*, plain* -Force
        }

        It 'takes a snapshot that comes twice once' {
            $made = @($set[0], $set[0] | Restore-ImageSnapshot -Name web01-once -WarningVariable said)
            $made.Count | Should -Be 1
            @($said).Count | Should -Be 0
            $made | Remove-ImageDisk -Force
        }

        It 'makes a disk of a snapshot, by object or by name' {
            $disk = $set[0] | Restore-ImageSnapshot -Name web01-before -Sku Premium_LRS -DiskSizeGB 64 -Zone 2
            $disk.Name | Should -BeExactly 'web01-before'
            $disk.OSType | Should -BeExactly 'Linux'
            $disk.Sku | Should -BeExactly 'Premium_LRS'
            $disk.DiskSizeGB | Should -Be 64
            $disk.SourceId | Should -Be $set[0].Id
            $disk.Zone[0] | Should -BeExactly '2'
            (Restore-ImageSnapshot -g images -Source before-lun1).Name | Should -BeExactly 'before-lun1-disk'
        }

        It 'gives an image the LUNs that the disks of the snapshots had' {
            $image = New-CustomImage -g images -n of-snapshots -Source before-os -DataDiskSource before-lun1
            $image.DataDisk.Count | Should -Be 1
            $image.DataDisk[0].Lun | Should -Be 1
            $image | Remove-CustomImage -Force
        }

        It 'makes the disks of a set side by side' {
            $disks = @($set | Restore-ImageSnapshot)
            $disks.Count | Should -Be 3
            @($disks | Where-Object { $_.Sku -ne 'Standard_LRS' }).Count | Should -Be 0
        }

        It 'refuses <problem>' -ForEach @(
            @{ problem = 'a snapshot that is not there'; parameters = @{ ResourceGroupName = 'images'; Source = 'missing' }; id = 'SnapshotNotFound'; category = 'ObjectNotFound' }
            @{ problem = 'a size below the snapshot'; parameters = @{ ResourceGroupName = 'images'; Source = 'before-lun1'; Name = 'small'; DiskSizeGB = 31 }; id = 'InvalidArgument'; category = 'InvalidArgument' }
            @{ problem = 'a name against the rules'; parameters = @{ ResourceGroupName = 'images'; Source = 'before-os'; Name = 'x-' }; id = 'InvalidResourceName'; category = 'InvalidArgument' }
        ) {
            $failure = Get-Refusal { Restore-ImageSnapshot @parameters -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.RestoreImageSnapshotCommand"
            $failure.CategoryInfo.Category | Should -Be $category
        }

        It 'gives the disk of an earlier run with a warning, but not that of an earlier snapshot of the same name' {
            $null = New-ImageSnapshot -g images -n nightly -Source web01 -OSDiskOnly
            $first = Restore-ImageSnapshot -g images -n yesterday -Source nightly
            $second = Restore-ImageSnapshot -g images -n yesterday -Source nightly -WarningVariable said -WarningAction SilentlyContinue
            $second.TimeCreated | Should -Be $first.TimeCreated
            $said[0] | Should -Match "^The disk 'yesterday' was made \d+ seconds ago"

            Remove-ImageSnapshot -g images -n nightly -Force
            $null = New-ImageSnapshot -g images -n nightly -Source web01 -OSDiskOnly
            $failure = Get-Refusal { Restore-ImageSnapshot -g images -n yesterday -Source nightly -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'ResourceAlreadyExists,ImageCmdlets.Commands.RestoreImageSnapshotCommand'
            $failure.Exception.Message | Should -Match "it is of another snapshot, which had the name 'nightly' before\.$"
            $failure.TargetObject | Should -Be $first.Id
        }

        It 'refuses a disk of another size and kind' {
            $null = $set[0] | Restore-ImageSnapshot -Name plain
            $failure = Get-Refusal { $set[0] | Restore-ImageSnapshot -Name plain -DiskSizeGB 200 -Sku Premium_LRS -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'ResourceAlreadyExists,ImageCmdlets.Commands.RestoreImageSnapshotCommand'
            $failure.Exception.Message | Should -Match 'it has 30 GiB, not 200; it is Standard_LRS, not Premium_LRS\.$'
        }

        It 'refuses a disk that is something else' {
            $os = $vm.OSDisk.SourceId.Split('/')[-1]
            $failure = Get-Refusal { $set[0] | Restore-ImageSnapshot -Name $os -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'ResourceAlreadyExists,ImageCmdlets.Commands.RestoreImageSnapshotCommand'
        }
    }
}
