Describe 'Copy-ImageSnapshot' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $vm = New-ImageVM -g images -n web01 -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -DataDiskSizeGB 16 -WarningAction SilentlyContinue
        $null = New-ImageVM -g other -n seed -l northeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
        $set = @($vm | New-ImageSnapshot -n web01 -Tag @{ team = 'web' } -WarningAction SilentlyContinue)
        $full = $vm | New-ImageSnapshot -n whole -Full -OSDiskOnly
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
        Set-ImageSandbox -ClearFault
        Get-ImageSnapshot | Where-Object { $_.Name -notin 'web01-os', 'web01-lun0', 'whole' -or $_.ResourceGroupName -ne 'images' } | Remove-ImageSnapshot -Force
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    It 'copies a set to each region, with what tells it from others' {
        $copies = @($set | Copy-ImageSnapshot -l 'North Europe', japaneast)
        $copies.Count | Should -Be 4
        foreach ($copy in $copies) {
            $copy.State | Should -BeExactly 'Succeeded'
            $copy.PercentComplete | Should -Be 100
            $source = $set | Where-Object Id -EQ $copy.SourceId
            $copy.Name | Should -BeExactly "$($source.Name)-$($copy.Location)"
            $arrived = Get-ImageSnapshot -ResourceId $copy.Id
            $arrived.CompletionPercent | Should -Be 100
            $arrived.SetId | Should -BeExactly $source.SetId
            $arrived.VMId | Should -Be $vm.Id
            $arrived.Lun | Should -Be $source.Lun
            $arrived.Incremental | Should -BeTrue
            $arrived.Tag['team'] | Should -BeExactly 'web'
            $arrived.Tag['imagecmdlets-unfinished'] | Should -BeNullOrEmpty
        }
    }

    It 'takes all of them in the time of one' {
        $before = (Get-ImageSandbox).Time
        $null = $set | Copy-ImageSnapshot -l northeurope, japaneast, brazilsouth, eastus
        $elapsed = ((Get-ImageSandbox).Time - $before).TotalSeconds
        $elapsed | Should -BeLessThan 420
    }

    It 'gives what is there when it is run again' {
        $null = $set | Copy-ImageSnapshot -l northeurope
        $before = (Get-ImageSandbox).Fingerprint
        $again = @($set | Copy-ImageSnapshot -l northeurope -WarningVariable said -WarningAction SilentlyContinue)
        @($again | Where-Object State -EQ Succeeded).Count | Should -Be 2
        $said[0] | Should -Match 'and is given as it is'
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }

    It 'keeps names in another group, and a given name keeps the disks apart' {
        $kept = @($set | Copy-ImageSnapshot -l northeurope -TargetResourceGroupName other)
        "$($kept.Name)" | Should -Match '^web01-(os|lun0) web01-(os|lun0)$'
        $named = @($set | Copy-ImageSnapshot -l japaneast -TargetResourceGroupName other -TargetName backup -Tag @{ kept = 'yes' })
        @($named.Name | Where-Object { $_ -in 'backup-os', 'backup-lun0' }).Count | Should -Be 2
        $named[0].Tag['kept'] | Should -BeExactly 'yes'
        $named[0].Tag['team'] | Should -BeNullOrEmpty
        $named[0].SetId | Should -BeExactly $set[0].SetId
    }

    It 'pipes on into Restore-ImageSnapshot' {
        $disk = Copy-ImageSnapshot -g images -n web01-lun0 -l japaneast | Restore-ImageSnapshot -n again
        $disk.Location | Should -BeExactly 'japaneast'
        $disk.DiskSizeGB | Should -Be 16
        $disk | Remove-ImageDisk -Force
    }

    It 'begins copies without waiting, and goes on with them' {
        $begun = @($set | Copy-ImageSnapshot -l northeurope -NoWait)
        @($begun | Where-Object State -EQ InProgress).Count | Should -Be 2
        (Get-ImageSnapshot -ResourceId $begun[0].Id).Tag['imagecmdlets-unfinished'] | Should -BeExactly 'Copy-ImageSnapshot'
        $ended = @($set | Copy-ImageSnapshot -l northeurope)
        @($ended | Where-Object State -EQ Succeeded).Count | Should -Be 2
        (Get-ImageSnapshot -ResourceId $begun[0].Id).Tag['imagecmdlets-unfinished'] | Should -BeNullOrEmpty
    }

    It 'goes on where a time limit stopped it' {
        $failure = Get-Failure { $set | Copy-ImageSnapshot -l northeurope -TimeoutSeconds 60 -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeExactly 'OperationTimedOut,ImageCmdlets.Commands.CopyImageSnapshotCommand'
        @(Get-ImageSnapshot -g images -n web01-*-northeurope).Count | Should -Be 2
        @($set | Copy-ImageSnapshot -l northeurope | Where-Object State -EQ Succeeded).Count | Should -Be 2
    }

    It 'runs as a job' {
        $job = $set | Copy-ImageSnapshot -l northeurope -AsJob
        $copies = @($job | Wait-Job | Receive-Job)
        @($copies | Where-Object State -EQ Succeeded).Count | Should -Be 2
        $job | Remove-Job
    }

    It 'does nothing with -WhatIf' {
        Get-Refusal { $set | Copy-ImageSnapshot -l northeurope, japaneast -WhatIf } | Should -BeNullOrEmpty
    }

    It 'shows a failed copy and goes on with the others' {
        Set-ImageSandbox -Fault @{ Operation = 'Snapshots_CreateOrUpdate'; Path = '*-os-northeurope'; Effect = 'Forbidden' }
        $copies = @($set | Copy-ImageSnapshot -l northeurope, japaneast -ErrorVariable said -ErrorAction SilentlyContinue)
        $failed = $copies | Where-Object State -EQ Failed
        $failed.Name | Should -BeExactly 'web01-os-northeurope'
        $failed.Error.ErrorId | Should -BeExactly 'AuthorizationFailed'
        @($copies | Where-Object State -EQ Succeeded).Count | Should -Be 3
        @($said | Where-Object { $_.FullyQualifiedErrorId -eq 'AuthorizationFailed,ImageCmdlets.Commands.CopyImageSnapshotCommand' }).Count | Should -Be 1
        @(Get-ImageSnapshot -n web01-os-northeurope).Count | Should -Be 0
    }

    It 'refuses a full snapshot for another region and says what to do' {
        $said = Get-Refusal { $full | Copy-ImageSnapshot -l northeurope -ErrorAction Stop }
        $said.FullyQualifiedErrorId | Should -BeExactly 'OperationNotSupported,ImageCmdlets.Commands.CopyImageSnapshotCommand'
        "$($said.CategoryInfo.Category)" | Should -BeExactly 'InvalidOperation'
        $said.TargetObject | Should -Be $full.Id
        $said.ErrorDetails.RecommendedAction | Should -Match 'take an incremental snapshot of that disk with New-ImageSnapshot'
    }

    It 'copies a full snapshot within its region' {
        ($full | Copy-ImageSnapshot -l westeurope -TargetResourceGroupName other).State | Should -BeExactly 'Succeeded'
    }

    It 'refuses a name that something else has' {
        $null = $vm | New-ImageSnapshot -n web01-os-northeurope -OSDiskOnly
        $said = Get-Refusal { Copy-ImageSnapshot -g images -n web01-os -l northeurope -ErrorAction Stop }
        $said.FullyQualifiedErrorId | Should -BeExactly 'ResourceAlreadyExists,ImageCmdlets.Commands.CopyImageSnapshotCommand'
        "$($said.CategoryInfo.Category)" | Should -BeExactly 'ResourceExists'
        $said.TargetObject | Should -Match '/snapshots/web01-os-northeurope$'
    }

    It 'refuses <title>' -ForEach @(
        @{ title = 'an unknown region'; id = 'InvalidLocation'; arguments = @{ Location = 'mars' } }
        @{ title = 'a group that is not there'; id = 'ResourceGroupNotFound'; arguments = @{ Location = 'northeurope'; TargetResourceGroupName = 'nowhere' } }
        @{ title = 'a name that Azure forbids'; id = 'InvalidResourceName'; arguments = @{ Location = 'northeurope'; TargetName = 'a b' } }
        @{ title = 'the id of the snapshot itself'; id = 'InvalidArgument'; arguments = @{ Location = 'westeurope'; TargetName = 'web01' } }
    ) {
        $arguments = @{ ResourceGroupName = 'images'; Name = 'web01-os' } + $arguments
        (Get-Refusal { Copy-ImageSnapshot @arguments -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.CopyImageSnapshotCommand"
    }

    It 'refuses a snapshot that is not there' {
        $said = Get-Refusal { Copy-ImageSnapshot -g images -n none -l northeurope -ErrorAction Stop }
        $said.FullyQualifiedErrorId | Should -BeExactly 'SnapshotNotFound,ImageCmdlets.Commands.CopyImageSnapshotCommand'
    }

    It 'refuses what is no snapshot' {
        $said = Get-Refusal { Copy-ImageSnapshot -ResourceId $vm.Id -l northeurope -ErrorAction Stop }
        $said.FullyQualifiedErrorId | Should -BeExactly 'InvalidResourceId,ImageCmdlets.Commands.CopyImageSnapshotCommand'
    }
}
