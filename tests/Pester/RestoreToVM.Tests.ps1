Describe 'The way back of a machine' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $linux = 'Canonical:ubuntu-24_04-lts:server:latest'
        $key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFRlc3RLZXlGb3JUaGVTYW5kYm94T25seTEyMzQ1Njc4OTA= test'
        $source = 'ImageCmdlets.Commands.RestoreImageSnapshotCommand'

        function New-TestVM([string] $Name) {
            New-ImageVM -g images -n $Name -l westeurope -Image $linux -SshPublicKey $key -DataDiskSizeGB 8 -WarningAction SilentlyContinue
        }

        function Get-Failure([scriptblock] $Script) {
            try { & $Script; $null } catch { $_ }
        }
    }

    BeforeEach {
        Reset-ImageSandbox
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    Context 'Invoke-Generalize -Snapshot' {
        It 'names the snapshots in its result, and they bring the machine back' {
            $vm = New-TestVM web01
            $result = $vm | Invoke-Generalize -Snapshot -Force -WarningAction SilentlyContinue
            $back = $result.Snapshot | Restore-ImageSnapshot -ToVM -Force -WarningAction SilentlyContinue

            $result.Snapshot.Count | Should -Be 2
            $back.Id | Should -BeExactly $vm.Id
            $back.PowerState | Should -BeExactly 'Running'
            $back.OSState | Should -BeNullOrEmpty
            $back.PrivateIPAddress | Should -BeExactly $vm.PrivateIPAddress
            $back.PublicIPAddress | Should -BeExactly $vm.PublicIPAddress
            @(Get-ImageSnapshot).Count | Should -Be 2
        }

        It 'keeps them after a failure, and says so' {
            $vm = New-ImageVM -g images -n win01 -l westeurope -Image 'MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-g2:latest' -WarningAction SilentlyContinue
            Set-ImageSandbox -GuestFault @{ VM = 'win01'; Kind = 'BitLocker' }
            $failure = Get-Failure { $vm | Invoke-Generalize -Snapshot -SkipReadiness -Force -ErrorAction Stop -WarningAction SilentlyContinue }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'GeneralizeFailed,ImageCmdlets.Commands.InvokeGeneralizeCommand'
            "$failure" | Should -BeLike '*Restore-ImageSnapshot -ToVM.'
            $back = Get-ImageSnapshot | Restore-ImageSnapshot -ToVM -Force
            $back.PowerState | Should -BeExactly 'Running'
        }
    }

    Context 'Invoke-Generalize -PreserveSource' {
        It 'leaves the machine as it is, and nothing of the clone once there is the image' {
            $vm = New-TestVM web01
            $before = Get-ImageSandbox
            $image = $vm | Invoke-Generalize -PreserveSource -Force -WarningAction SilentlyContinue | New-CustomImage -Name golden

            $image.Name | Should -BeExactly 'golden'
            $image.OSType | Should -BeExactly 'Linux'
            $now = Get-ImageVM -g images -n web01
            $now.PowerState | Should -BeExactly 'Running'
            $now.OSState | Should -BeNullOrEmpty
            @(Get-ImageVM).Count | Should -Be 1
            @(Get-ImageSnapshot).Count | Should -Be 0
            (Get-ImageSandbox).ResourceCount | Should -Be ($before.ResourceCount + 1)
        }

        It 'leaves no clone behind where two images of one name are refused' {
            $clones = 'web01', 'web02' | ForEach-Object { New-TestVM $_ } | Invoke-Generalize -PreserveSource -Force -WarningAction SilentlyContinue
            $failure = Get-Failure { $clones | New-CustomImage -Name golden -WarningAction SilentlyContinue -ErrorAction Stop }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.NewCustomImageCommand'
            (Get-ImageVM | ForEach-Object Name) -join ' ' | Should -BeExactly 'web01 web02'
        }

        It 'makes one image of a clone that comes twice' {
            $clone = New-TestVM web01 | Invoke-Generalize -PreserveSource -Force -WarningAction SilentlyContinue
            $images = $clone, $clone | New-CustomImage -Name golden

            @($images).Count | Should -Be 1
            (Get-ImageVM).Name | Should -BeExactly 'web01'
        }

        It 'says whose clone the result is, and Remove-ImageVM removes all of it' {
            $vm = New-TestVM web01
            $before = Get-ImageSandbox
            $result = $vm | Invoke-Generalize -PreserveSource -Force -WarningAction SilentlyContinue

            $result.SourceVMId | Should -BeExactly $vm.Id
            $result.Name | Should -BeLike 'web01-clone-*'
            Remove-ImageVM -ResourceId $result.Id -Force
            (Get-ImageSandbox).ResourceCount | Should -Be $before.ResourceCount
        }

        It 'keeps no clone where the image is refused before it is begun' {
            $vm = New-TestVM web01
            $before = Get-ImageSandbox
            $failure = Get-Failure {
                $vm | Invoke-Generalize -PreserveSource -Force -WarningAction SilentlyContinue |
                    New-CustomImage -Name golden -Location northeurope -ErrorAction Stop -WarningAction SilentlyContinue
            }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'RegionMismatch,ImageCmdlets.Commands.NewCustomImageCommand'
            (Get-ImageSandbox).ResourceCount | Should -Be $before.ResourceCount
            (Get-ImageVM -g images -n web01).PowerState | Should -BeExactly 'Running'
        }

        It 'keeps the clone for the copies where that is asked for' {
            $copies = @(New-TestVM web01 | Invoke-Generalize -PreserveSource -Force -WarningAction SilentlyContinue |
                New-CustomImage -Name golden -KeepClone | Copy-CustomImage -Location northeurope)

            $copies.Count | Should -Be 1
            $copies[0].State | Should -BeExactly 'Succeeded'
            @(Get-ImageVM -n 'web01-clone-*').Count | Should -Be 1
        }

        It 'refuses -<parameter> beside it, and changes nothing' -ForEach @(@{ parameter = 'FlagOnly' }, @{ parameter = 'Snapshot' }, @{ parameter = 'NoWait' }) {
            $vm = New-TestVM web01
            $before = (Get-ImageSandbox).Fingerprint
            $extra = @{ $parameter = $true }
            $failure = Get-Failure { $vm | Invoke-Generalize -PreserveSource @extra -Force -ErrorAction Stop }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.InvokeGeneralizeCommand'
            $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'says with -WhatIf what it would do' {
            $vm = New-TestVM web01
            $before = (Get-ImageSandbox).Fingerprint
            $vm | Invoke-Generalize -PreserveSource -WhatIf
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }
    }

    Context 'Restore-ImageSnapshot -ToVM' {
        It 'asks first, and does not touch the machine where nobody can answer' {
            $vm = New-TestVM web01
            $snapshots = @(New-ImageSnapshot -Source $vm.Id -WarningAction SilentlyContinue)
            $before = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure { $snapshots | Restore-ImageSnapshot -ToVM -ErrorAction Stop }

            $failure | Should -Not -BeNullOrEmpty
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'does not ask with <name>' -ForEach @(
            @{ name = '-Force'; yes = @{ Force = $true } }
            @{ name = '-Confirm:$false'; yes = @{ Confirm = $false } }
        ) {
            $vm = New-TestVM web01
            $back = New-ImageSnapshot -Source $vm.Id -WarningAction SilentlyContinue | Restore-ImageSnapshot -ToVM @yes

            $back.Id | Should -BeExactly $vm.Id
        }

        It 'changes nothing with -Force and -WhatIf' {
            $vm = New-TestVM web01
            $snapshots = @(New-ImageSnapshot -Source $vm.Id -WarningAction SilentlyContinue)
            $before = (Get-ImageSandbox).Fingerprint
            $snapshots | Restore-ImageSnapshot -ToVM -Force -WhatIf

            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'exchanges the disks and keeps the old ones' {
            $vm = New-TestVM web01
            $back = New-ImageSnapshot -Source $vm.Id -WarningAction SilentlyContinue | Restore-ImageSnapshot -ToVM -Force

            $back.PowerState | Should -BeExactly 'Running'
            $back.OSDisk.SourceId | Should -Not -BeExactly $vm.OSDisk.SourceId
            $back.DataDisk[0].SourceId | Should -Not -BeExactly $vm.DataDisk[0].SourceId
            Remove-ImageDisk -ResourceId $vm.OSDisk.SourceId -Force
            Remove-ImageDisk -ResourceId $vm.DataDisk[0].SourceId -Force
        }

        It 'refuses -<parameter> beside it, and changes nothing' -ForEach @(@{ parameter = 'Name'; value = 'x' }, @{ parameter = 'Tag'; value = @{ a = 'b' } }, @{ parameter = 'NoWait'; value = $true }) {
            $snapshots = @(New-ImageSnapshot -Source (New-TestVM web01).Id -WarningAction SilentlyContinue)
            $before = (Get-ImageSandbox).Fingerprint
            $extra = @{ $parameter = $value }
            $failure = Get-Failure { $snapshots | Restore-ImageSnapshot -ToVM -Force @extra -ErrorAction Stop }

            $failure.FullyQualifiedErrorId | Should -BeExactly "InvalidArgument,$source"
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'refuses a snapshot that is of no machine' {
            $vm = New-TestVM web01
            $snapshot = New-ImageSnapshot -Source $vm.OSDisk.SourceId
            $before = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure { $snapshot | Restore-ImageSnapshot -ToVM -Force -ErrorAction Stop }

            $failure.FullyQualifiedErrorId | Should -BeExactly "InvalidArgument,$source"
            $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-VMId*'
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
            ($snapshot | Restore-ImageSnapshot -ToVM -Force -VMId $vm.Id).Id | Should -BeExactly $vm.Id
        }

        It 'says VMNotFound where the machine is gone' {
            $vm = New-TestVM web01
            $snapshots = @(New-ImageSnapshot -Source $vm.Id -WarningAction SilentlyContinue)
            $vm | Remove-ImageVM -Force
            $failure = Get-Failure { $snapshots | Restore-ImageSnapshot -ToVM -Force -ErrorAction Stop }

            $failure.FullyQualifiedErrorId | Should -BeExactly "VMNotFound,$source"
            $failure.TargetObject | Should -BeExactly $vm.Id
        }
    }
}
