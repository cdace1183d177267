# The main job as one pipeline, and that it leaves nothing: samples/golden-image.ps1 tells it at length.
Describe 'The main job' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $urn = 'MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-g2:latest'
        $vm = New-ImageVM -g images -n web01 -l westeurope -Image $urn -DataDiskSizeGB 16 -WarningAction SilentlyContinue
        $snapshots = @($vm | New-ImageSnapshot)
        $results = @($vm | Invoke-Generalize -Force -OutVariable generalized | New-CustomImage -OutVariable images | Copy-CustomImage -Location northeurope, japaneast)
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    It 'resolves latest and says which version that is' {
        $vm.Image | Should -Match '^MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-g2:\d+\.\d+\.\d+$'
    }

    It 'generalizes in the guest and proves it' {
        $generalized[0].State | Should -BeExactly 'Succeeded'
        $generalized[0].GuestState | Should -BeExactly 'IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE'
        $generalized[0].OSState | Should -BeExactly 'Generalized'
        (Get-ImageVM -g images -n web01).OSState | Should -BeExactly 'Generalized'
    }

    It 'makes an image of the OS disk and the data disk' {
        $images[0].OSType | Should -BeExactly 'Windows'
        $images[0].HyperVGeneration | Should -BeExactly 'V2'
        $images[0].DataDisk.Count | Should -Be 1
        $images[0].DataDisk[0].Lun | Should -Be 0
    }

    It 'copies it to each region, with both disks' {
        $results.Count | Should -Be 2
        foreach ($result in $results) {
            $result.State | Should -BeExactly 'Succeeded'
            $result.DiskCount | Should -Be 2
            $copy = Get-CustomImage -ResourceId $result.Id
            $copy.Location | Should -BeExactly $result.Location
            $copy.DataDisk.Count | Should -Be 1
            $copy.HyperVGeneration | Should -BeExactly 'V2'
        }
    }

    It 'leaves no temporaries' {
        @(Get-ImageSnapshot -g images).Count | Should -Be $snapshots.Count
    }

    It 'restores a disk as it was before' {
        $disk = $snapshots | Where-Object { $null -eq $_.Lun } | Restore-ImageSnapshot -Name web01-before
        $disk.OSType | Should -BeExactly 'Windows'
        $disk.SourceId | Should -BeExactly ($snapshots | Where-Object { $null -eq $_.Lun }).Id
    }

    It 'makes machines from the copy, where the copy is' {
        $target = $results | Where-Object Location -EQ japaneast
        $made = @(New-ImageVM -g tokyo -n new01, new02 -l japaneast -Image $target.Id -WarningAction SilentlyContinue)
        $made.Count | Should -Be 2
        foreach ($machine in $made) {
            $machine.Location | Should -BeExactly 'japaneast'
            $machine.PowerState | Should -BeExactly 'Running'
            $machine.Image | Should -Be $target.Id
        }
    }

    It 'takes the same simulated time every time' {
        $elapsed = foreach ($run in 1, 2) {
            $session = Connect-ImageSession -Sandbox -NotDefault
            $null = New-ImageVM -Session $session -g images -n web01 -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue |
                Invoke-Generalize -Session $session -Force | New-CustomImage -Session $session | Copy-CustomImage -Session $session -Location northeurope, japaneast
            $state = Get-ImageSandbox -Session $session
            "$($state.Elapsed) $($state.RequestCount) $($state.Fingerprint)"
        }
        $elapsed[0] | Should -BeExactly $elapsed[1]
    }
}
