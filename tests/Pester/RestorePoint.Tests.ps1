Describe 'New-ImageSnapshot of restore points and images' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $linux = New-ImageVM -g images -n web01 -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -DataDiskSizeGB 16, 32 -WarningAction SilentlyContinue
        $windows = New-ImageVM -g images -n win01 -Image 'MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-g2:latest' -WarningAction SilentlyContinue
        $golden = New-ImageVM -g images -n golden -Image 'Debian:debian-12:12-gen2:latest' -DataDiskSizeGB 8 -WarningAction SilentlyContinue
        $image = $golden | Invoke-Generalize -Force | New-CustomImage
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
        Get-ImageSnapshot | Remove-ImageSnapshot -Force
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    It 'takes all disks in one moment and says how far they agree' {
        $set = @($linux | New-ImageSnapshot -n before -RestorePoint -WarningVariable said)
        $said | Should -BeNullOrEmpty
        "$($set.Name)" | Should -BeExactly 'before-os before-lun0 before-lun1'
        foreach ($snapshot in $set) {
            $snapshot.Consistency | Should -BeExactly 'FileSystemConsistent'
            $snapshot.SetId | Should -BeExactly $set[0].SetId
            $snapshot.VMId | Should -Be $linux.Id
            $snapshot.RestorePointId | Should -BeNullOrEmpty
            $snapshot.Incremental | Should -BeTrue
        }

        $set[0].SourceId | Should -Be $linux.OSDisk.SourceId
        $set[2].SourceId | Should -Be $linux.DataDisk[1].SourceId
    }

    It 'leaves nothing of what it needs on the way' {
        $null = $linux, $windows | New-ImageSnapshot -RestorePoint
        (Get-ImageSandbox).Resource['Microsoft.Compute/disks'] | Should -Be $disks
        (Get-ImageSandbox).Resource['Microsoft.Compute/restorePointCollections'] | Should -BeNullOrEmpty
        @(Get-ImageSnapshot | Where-Object { $_.Tag['imagecmdlets-unfinished'] }).Count | Should -Be 0
    }

    It 'asks applications on Windows, and nobody where that is wanted' {
        ($windows | New-ImageSnapshot -RestorePoint).Consistency | Should -BeExactly 'ApplicationConsistent'
        ($windows | New-ImageSnapshot -n crash -RestorePoint -CrashConsistent).Consistency | Should -BeExactly 'CrashConsistent'
    }

    It 'keeps the restore point where that is asked for' {
        $set = @($linux | New-ImageSnapshot -n kept -RestorePoint -KeepRestorePoint -OSDiskOnly)
        $set.Count | Should -Be 1
        $set[0].Name | Should -BeExactly 'kept'
        $set[0].RestorePointId | Should -Match '/restorePointCollections/kept/restorePoints/kept$'
        (Get-ImageSandbox).Resource['Microsoft.Compute/restorePointCollections'] | Should -Be 1
        (Get-ImageSandbox).Resource['Microsoft.Compute/disks'] | Should -Be $disks
    }

    It 'goes on where a time limit stopped it' {
        $failure = try { $linux | New-ImageSnapshot -n later -RestorePoint -TimeoutSeconds 20 -ErrorAction Stop } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -BeExactly 'OperationTimedOut,ImageCmdlets.Commands.NewImageSnapshotCommand'
        $set = @($linux | New-ImageSnapshot -n later -RestorePoint -WarningVariable said -WarningAction SilentlyContinue)
        $set.Count | Should -Be 3
        $said[0] | Should -Match "^An unfinished run has begun these snapshots of 'web01' under the name 'later', and is gone on with"
        (Get-ImageSandbox).Resource['Microsoft.Compute/disks'] | Should -Be $disks
    }

    It 'leaves nothing half when Azure refuses a part' {
        Set-ImageSandbox -Fault @{ Operation = 'Snapshots_CreateOrUpdate'; Path = '*-lun1'; Effect = 'Forbidden' }
        $failure = try { $linux | New-ImageSnapshot -n half -RestorePoint -ErrorAction Stop } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -BeExactly 'AuthorizationFailed,ImageCmdlets.Commands.NewImageSnapshotCommand'
        @(Get-ImageSnapshot).Count | Should -Be 0
        (Get-ImageSandbox).Resource['Microsoft.Compute/disks'] | Should -Be $disks
    }

    It 'does nothing with -WhatIf' {
        Get-Refusal { $linux, $image | New-ImageSnapshot -RestorePoint -WhatIf } | Should -BeNullOrEmpty
    }

    It 'refuses <title>' -ForEach @(
        @{ title = 'to keep a restore point that is not asked for'; id = 'InvalidArgument'; target = 'KeepRestorePoint'; arguments = { @{ Source = $linux.Id; KeepRestorePoint = $true } } }
        @{ title = 'crash consistency without a restore point'; id = 'InvalidArgument'; target = 'CrashConsistent'; arguments = { @{ Source = $linux.Id; CrashConsistent = $true } } }
        @{ title = 'a restore point that is not waited for'; id = 'InvalidArgument'; target = 'NoWait'; arguments = { @{ Source = $linux.Id; RestorePoint = $true; NoWait = $true } } }
        @{ title = 'a restore point of a disk'; id = 'InvalidArgument'; target = '*'; arguments = { @{ Source = $linux.OSDisk.SourceId; RestorePoint = $true } } }
        @{ title = 'a region for a machine'; id = 'InvalidArgument'; target = 'northeurope'; arguments = { @{ Source = $linux.Id; Location = 'northeurope' } } }
        @{ title = 'a region that is not there'; id = 'InvalidLocation'; target = 'mars'; arguments = { @{ Source = $image.Id; Location = 'mars' } } }
        @{ title = 'a managed image, of which Azure makes no disks'; id = 'OperationNotSupported'; target = '*'; arguments = { @{ Source = $image.Id } } }
        @{ title = 'an image that is not there'; id = 'ImageNotFound'; target = '*'; arguments = { @{ Source = "$($image.Id)x" } } }
    ) {
        $given = & $arguments
        $said = Get-Refusal { New-ImageSnapshot @given -ErrorAction Stop }
        $said.FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.NewImageSnapshotCommand"
        $said.TargetObject | Should -BeLike $target
        $said.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}
