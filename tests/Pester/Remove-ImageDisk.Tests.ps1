Describe 'Remove-ImageDisk' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $vm = New-ImageVM -g images -n web01 -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
        $snapshot = $vm | New-ImageSnapshot -WarningAction SilentlyContinue
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    It 'removes a restored disk' {
        $disk = $snapshot | Restore-ImageSnapshot -Name web01-before
        $before = (Get-ImageSandbox).ResourceCount

        $disk | Remove-ImageDisk -Force

        (Get-ImageSandbox).ResourceCount | Should -Be ($before - 1)
    }

    It 'removes nothing with -WhatIf' {
        $disk = $snapshot | Restore-ImageSnapshot -Name web01-other
        $before = (Get-ImageSandbox).Fingerprint

        Remove-ImageDisk -g images -n web01-other -WhatIf

        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        $disk | Remove-ImageDisk -Force
    }

    It 'refuses the disk of a machine' {
        $before = (Get-ImageSandbox).Fingerprint
        $failure = try { Remove-ImageDisk -ResourceId $vm.OSDisk.SourceId -Force -ErrorAction Stop } catch { $_ }

        $failure.FullyQualifiedErrorId | Should -BeExactly 'ResourceInUse,ImageCmdlets.Commands.RemoveImageDiskCommand'
        $failure.CategoryInfo.Category | Should -BeExactly 'ResourceBusy'
        $failure.TargetObject | Should -BeExactly $vm.OSDisk.SourceId
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }

    It 'says that there is no such disk' {
        $failure = try { Remove-ImageDisk -g images -n nothing -Force -ErrorAction Stop } catch { $_ }

        $failure.FullyQualifiedErrorId | Should -BeExactly 'DiskNotFound,ImageCmdlets.Commands.RemoveImageDiskCommand'
    }

    It 'refuses the id of something else' {
        $failure = try { Remove-ImageDisk -ResourceId $vm.Id -Force -ErrorAction Stop } catch { $_ }

        $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidResourceId,ImageCmdlets.Commands.RemoveImageDiskCommand'
    }
}
