Describe 'Test-ImageReadiness' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $linux = 'Canonical:ubuntu-24_04-lts:server:latest'
        $windows = 'MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-g2:latest'
        $key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFRlc3RLZXlGb3JUaGVTYW5kYm94T25seTEyMzQ1Njc4OTA= test'
        $source = 'ImageCmdlets.Commands.TestImageReadinessCommand'
        $package = 'Microsoft.Winget.Source_2025.210.1541.8_neutral__8wekyb3d8bbwe'

        function New-LinuxVM([string[]] $Name) {
            New-ImageVM -g images -n $Name -l westeurope -Image $linux -SshPublicKey $key -WarningAction SilentlyContinue
        }

        function New-WindowsVM([string[]] $Name) {
            New-ImageVM -g images -n $Name -l westeurope -Image $windows -WarningAction SilentlyContinue
        }

        function Get-Failure([scriptblock] $Script) {
            try { & $Script; $null } catch { $_ }
        }

        function Get-RunCommandCount {
            @((Get-ImageSandbox).Resource.Keys | Where-Object { $_ -like '*/runCommands' }).Count
        }
    }

    BeforeEach {
        Reset-ImageSandbox
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    Context 'a machine against which nothing stands' {
        It 'is ready: <os>' -ForEach @(
            @{ os = 'Linux'; make = { New-LinuxVM web01 }; checks = 18 }
            @{ os = 'Windows'; make = { New-WindowsVM web01 }; checks = 24 }
        ) {
            $vm = & $make
            $result = $vm | Test-ImageReadiness

            $result.IsReady | Should -Be $true
            $result.Id | Should -BeExactly $vm.Id
            $result.Name | Should -BeExactly 'web01'
            $result.ResourceGroupName | Should -BeExactly 'images'
            $result.OSType | Should -BeExactly $os
            $result.PowerState | Should -BeExactly 'Running'
            $result.Check.Count | Should -Be $checks
            @($result.Check | Where-Object { $_.State -ne 'Passed' }).Count | Should -Be 0
            @($result.Finding | Where-Object { $_.Severity -ne 'Information' }).Count | Should -Be 0
            $result.OmittedCount | Should -Be 0
            $result.Elapsed.TotalMinutes | Should -BeLessThan 3
            Get-RunCommandCount | Should -Be 0
        }

        It 'is found by <how>' -ForEach @(
            @{ how = 'name'; call = { Test-ImageReadiness -g images -n web01 } }
            @{ how = 'pattern'; call = { Test-ImageReadiness images 'web*' } }
            @{ how = 'id'; call = { Test-ImageReadiness -ResourceId $vm.Id } }
            @{ how = 'an object of the Az module'; call = { [pscustomobject]@{ Id = $vm.Id; Name = 'web01' } | Test-ImageReadiness } }
        ) {
            $vm = New-LinuxVM web01
            $result = & $call

            $result.IsReady | Should -Be $true
            $result.Id | Should -BeExactly $vm.Id
        }

        It 'pipes on into Invoke-Generalize' {
            $result = New-LinuxVM web01 | Test-ImageReadiness | Where-Object { $_.IsReady } | Invoke-Generalize -Force

            $result.State | Should -BeExactly 'Succeeded'
        }
    }

    Context 'what a Windows guest shows' {
        It 'finds <kind> as <rule>' -ForEach @(
            @{ kind = 'AppxPackage'; rule = 'Windows.AppxPackage'; severity = 'Error'; evidence = 'Microsoft.Winget.Source_2025.210.1541.8_neutral__8wekyb3d8bbwe'; fix = '*Microsoft.Winget.Source_2025*Remove-AppxPackage*' }
            @{ kind = 'BitLocker'; rule = 'Windows.BitLocker'; severity = 'Error'; evidence = 'C: FullyEncrypted, protection Off'; fix = '*manage-bde -off C:*' }
            @{ kind = 'PendingReboot'; rule = 'Windows.PendingReboot'; severity = 'Error'; evidence = 'Component Based Servicing\RebootPending'; fix = '*Restart*' }
            @{ kind = 'ServicingBusy'; rule = 'Windows.ServicingBusy'; severity = 'Error'; evidence = '*SessionsPending: Exclusive = 2'; fix = '*Wait*' }
            @{ kind = 'ReservedStorage'; rule = 'Windows.ReservedStorage'; severity = 'Error'; evidence = 'ReserveManager: ActiveScenario = 1'; fix = '*DISM*' }
            @{ kind = 'DomainJoined'; rule = 'Windows.DomainJoined'; severity = 'Warning'; evidence = 'corp.contoso.com'; fix = '*Remove-Computer*' }
            @{ kind = 'ServerRole'; rule = 'Windows.ServerRole'; severity = 'Error'; evidence = 'DHCP (DHCP)'; fix = '*Uninstall-WindowsFeature*' }
            @{ kind = 'DefenderOnboarded'; rule = 'Windows.DefenderOnboarded'; severity = 'Error'; evidence = '*OnboardingState = 1'; fix = '*Offboard*' }
            @{ kind = 'HalfGeneralized'; rule = 'Windows.InvalidState'; severity = 'Error'; evidence = '*GeneralizationState = 3*'; fix = '*GeneralizationState*' }
            @{ kind = 'DtcState'; rule = 'Windows.Msdtc'; severity = 'Error'; evidence = 'MSDTC: SysprepInProgress = 1'; fix = '*SysprepInProgress*' }
            @{ kind = 'RearmExhausted'; rule = 'Windows.RearmExhausted'; severity = 'Error'; evidence = '*ReArmCount = 0'; fix = '*New-ImageVM*' }
            @{ kind = 'UpgradeRemains'; rule = 'Windows.UpgradeRemains'; severity = 'Error'; evidence = 'HKLM\SYSTEM\Setup\Upgrade'; fix = '*' }
            @{ kind = 'BootConfiguration'; rule = 'Windows.BootConfiguration'; severity = 'Error'; evidence = 'bcdedit /enum *'; fix = '*bcdboot*' }
            @{ kind = 'CdRomDisabled'; rule = 'Windows.CdRomService'; severity = 'Error'; evidence = 'cdrom: Start = 4'; fix = '*Start 1*' }
            @{ kind = 'EventLogPath'; rule = 'Windows.EventLogPath'; severity = 'Error'; evidence = 'Application: E:\Logs\Application.evtx'; fix = '*wevtutil*' }
            @{ kind = 'SysprepHangs'; rule = 'Windows.PushService'; severity = 'Error'; evidence = 'dmwappushservice: Start = 4'; fix = '*Set-Service*' }
            @{ kind = 'DscConfiguration'; rule = 'Windows.DscConfiguration'; severity = 'Error'; evidence = '*Configuration is missing'; fix = '*DscConfiguration*' }
            @{ kind = 'AnswerFile'; rule = 'Windows.AnswerFile'; severity = 'Warning'; evidence = 'C:\unattend.xml'; fix = '*Move*' }
            @{ kind = 'DiskFull'; rule = 'Windows.DiskSpace'; severity = 'Error'; evidence = 'C: 50 MiB free'; fix = '*Free*' }
        ) {
            $vm = New-WindowsVM win01
            Set-ImageSandbox -GuestFault @{ VM = 'win01'; Kind = $kind }
            $result = $vm | Test-ImageReadiness
            $finding = @($result.Finding | Where-Object { $_.RuleId -eq $rule -and $_.Severity -eq $severity })

            $finding.Count | Should -Be 1
            $finding[0].Evidence | Should -BeLike $evidence
            $finding[0].Message | Should -Not -BeNullOrEmpty
            $finding[0].Cause | Should -Not -BeNullOrEmpty
            $finding[0].Fix | Should -BeLike $fix
            $finding[0].Reference | Should -Match '^https://'
            $finding[0].Target | Should -BeExactly $vm.Id
            $result.IsReady | Should -Be ($severity -ne 'Error')
            Get-RunCommandCount | Should -Be 0
        }
    }

    Context 'what a Linux guest shows' {
        It 'finds <kind> as <rule>' -ForEach @(
            @{ kind = 'AgentOutdated'; rule = 'Linux.AgentVersion'; severity = 'Warning'; evidence = 'WALinuxAgent 2.2.45'; fix = '*walinuxagent*' }
            @{ kind = 'OvfEnvMissing'; rule = 'Linux.OvfEnvMissing'; severity = 'Warning'; evidence = '/var/lib/waagent/ovf-env.xml'; fix = '*userdel*' }
            @{ kind = 'CloudInitFailed'; rule = 'Linux.CloudInitState'; severity = 'Error'; evidence = 'status: error'; fix = '*cloud-init status*' }
            @{ kind = 'ExtraUser'; rule = 'Linux.ExtraUser'; severity = 'Warning'; evidence = 'builder (/home/builder)'; fix = '*userdel*' }
            @{ kind = 'ExtraUser'; rule = 'Linux.Sudoers'; severity = 'Warning'; evidence = '/etc/sudoers.d/builder: *NOPASSWD*'; fix = '*' }
            @{ kind = 'ExtraUser'; rule = 'Linux.AuthorizedKeys'; severity = 'Warning'; evidence = '/home/builder/.ssh/authorized_keys*'; fix = '*rm*' }
            @{ kind = 'ExtraUser'; rule = 'Linux.ShellHistory'; severity = 'Information'; evidence = '/home/builder/.bash_history'; fix = '*rm*' }
            @{ kind = 'ResourceDiskSwap'; rule = 'Linux.FstabResourceDisk'; severity = 'Warning'; evidence = '/etc/fstab: /mnt/swapfile*'; fix = '*EnableSwap*' }
            @{ kind = 'DeviceName'; rule = 'Linux.FstabByDevice'; severity = 'Error'; evidence = '/etc/fstab: /dev/sdc1*'; fix = '*UUID*' }
            @{ kind = 'ImmutableFile'; rule = 'Linux.ImmutableFile'; severity = 'Error'; evidence = '/etc/hostname'; fix = '*chattr -i*' }
            @{ kind = 'DiskFull'; rule = 'Linux.DiskSpace'; severity = 'Error'; evidence = '/ 50 MiB free'; fix = '*Free*' }
        ) {
            $vm = New-LinuxVM web01
            Set-ImageSandbox -GuestFault @{ VM = 'web01'; Kind = $kind }
            $result = $vm | Test-ImageReadiness
            $finding = @($result.Finding | Where-Object { $_.RuleId -eq $rule -and $_.Severity -eq $severity })

            $finding.Count | Should -Be 1
            $finding[0].Evidence | Should -BeLike $evidence
            $finding[0].Cause | Should -Not -BeNullOrEmpty
            $finding[0].Fix | Should -BeLike $fix
            $finding[0].Reference | Should -Match '^https://'
            $result.IsReady | Should -Be ($severity -ne 'Error')
            Get-RunCommandCount | Should -Be 0
        }
    }

    Context 'a guest that does not answer' {
        It 'is not ready, and is given up within minutes' {
            $vm = New-WindowsVM win01
            Set-ImageSandbox -GuestFault @{ VM = 'win01'; Kind = 'AgentDies' }
            $result = $vm | Test-ImageReadiness -WarningAction SilentlyContinue

            $result.IsReady | Should -Be $false
            $result.Finding[0].RuleId | Should -BeExactly 'Azure.GuestSilent'
            @($result.Check | Where-Object { $_.State -eq 'Skipped' }).Count | Should -Be 17
            $result.Elapsed.TotalMinutes | Should -BeLessThan 15
        }

        It 'is not ready while the machine is deallocated' {
            $null = New-LinuxVM web01
            $null = Stop-ImageVM -g images -n web01 -Force
            $result = Test-ImageReadiness -g images -n web01

            $result.IsReady | Should -Be $false
            @($result.Finding | Where-Object { $_.Severity -eq 'Error' })[0].RuleId | Should -BeExactly 'Azure.VMNotRunning'
            @($result.Check | Where-Object { $_.Name -eq 'User' })[0].Reason | Should -BeExactly 'The machine is deallocated.'
        }
    }

    Context 'a machine that is generalized' {
        It 'is not asked, so that nothing is known' {
            $result = New-LinuxVM web01 | Invoke-Generalize -Force | Test-ImageReadiness

            $null -eq $result.IsReady | Should -Be $true
            @($result.Finding | Where-Object { $_.RuleId -eq 'Azure.VMGeneralized' }).Count | Should -Be 1
            @($result.Check | Where-Object { $_.Name -eq 'User' })[0].Reason | Should -BeExactly 'The machine is generalized.'
        }
    }

    Context 'with -SkipInGuest' {
        It 'changes nothing and says what was not looked at' {
            $vm = New-WindowsVM win01
            Set-ImageSandbox -GuestFault @{ VM = 'win01'; Kind = 'BitLocker' }
            $before = (Get-ImageSandbox).Fingerprint
            $result = $vm | Test-ImageReadiness -SkipInGuest

            $null -eq $result.IsReady | Should -Be $true
            @($vm | Test-ImageReadiness -SkipInGuest | Where-Object IsReady).Count | Should -Be 0
            @($result.Check | Where-Object { $_.State -eq 'Skipped' -and $_.Reason -eq '-SkipInGuest' }).Count | Should -Be 17
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }
    }

    Context 'with -Check' {
        It 'makes only the checks that are asked for' {
            $vm = New-WindowsVM win01
            Set-ImageSandbox -GuestFault @{ VM = 'win01'; Kind = 'BitLocker' }
            $result = $vm | Test-ImageReadiness -Check BitLocker, State

            ($result.Check | ForEach-Object { "$($_.Name):$($_.State)" }) -join ' ' | Should -BeExactly 'State:Passed BitLocker:Failed'
            $result.Finding.Count | Should -Be 1
        }
    }

    Context 'with -Fix' {
        It 'mends <kind> and looks again' -ForEach @(
            @{ kind = 'AppxPackage'; rule = 'Windows.AppxPackage' }
            @{ kind = 'HalfGeneralized'; rule = 'Windows.InvalidState' }
            @{ kind = 'DtcState'; rule = 'Windows.Msdtc' }
            @{ kind = 'CdRomDisabled'; rule = 'Windows.CdRomService' }
            @{ kind = 'SysprepHangs'; rule = 'Windows.PushService' }
            @{ kind = 'AnswerFile'; rule = 'Windows.AnswerFile' }
        ) {
            $vm = New-WindowsVM win01
            Set-ImageSandbox -GuestFault @{ VM = 'win01'; Kind = $kind }
            $result = $vm | Test-ImageReadiness -Fix -Force
            $mended = @($result.Finding | Where-Object { $_.IsFixed })

            $mended.Count | Should -Be 1
            $mended[0].RuleId | Should -BeExactly $rule
            $result.IsReady | Should -Be $true
            ($vm | Test-ImageReadiness).IsReady | Should -Be $true
            ($vm | Invoke-Generalize -Force).State | Should -BeExactly 'Succeeded'
        }

        It 'mends swap on the resource disk of Linux' {
            $vm = New-LinuxVM web01
            Set-ImageSandbox -GuestFault @{ VM = 'web01'; Kind = 'ResourceDiskSwap' }
            $result = $vm | Test-ImageReadiness -Fix -Force

            @($result.Finding | Where-Object { $_.IsFixed })[0].RuleId | Should -BeExactly 'Linux.FstabResourceDisk'
            @(($vm | Test-ImageReadiness).Finding | Where-Object { $_.RuleId -eq 'Linux.FstabResourceDisk' }).Count | Should -Be 0
        }

        It 'leaves what it cannot mend' {
            $vm = New-WindowsVM win01
            Set-ImageSandbox -GuestFault @{ VM = 'win01'; Kind = 'BitLocker' }
            $result = $vm | Test-ImageReadiness -Fix -Force

            $result.IsReady | Should -Be $false
            @($result.Finding | Where-Object { $_.IsFixed }).Count | Should -Be 0
        }

        It 'mends nothing with -WhatIf, also with -Force, and looks all the same' {
            $vm = New-WindowsVM win01
            Set-ImageSandbox -GuestFault @{ VM = 'win01'; Kind = 'CdRomDisabled' }
            $result = $vm | Test-ImageReadiness -Fix -Force -WhatIf

            @($result.Finding | Where-Object { $_.RuleId -eq 'Windows.CdRomService' })[0].CanFix | Should -Be $true
            ($vm | Test-ImageReadiness).IsReady | Should -Be $false
        }

        It 'mends as a job' {
            $vm = New-WindowsVM win01
            Set-ImageSandbox -GuestFault @{ VM = 'win01'; Kind = 'CdRomDisabled' }
            $job = $vm | Test-ImageReadiness -Fix -Force -AsJob
            $null = Wait-Job $job
            $result = Receive-Job $job
            Remove-Job $job

            $result.IsReady | Should -Be $true
            @($result.Finding | Where-Object { $_.IsFixed }).Count | Should -Be 1
        }
    }

    Context 'several machines' {
        It 'are looked at side by side' {
            $results = @(New-LinuxVM web01, web02, web03 | Test-ImageReadiness)

            $results.Count | Should -Be 3
            foreach ($result in $results) { $result.IsReady | Should -Be $true }
        }

        It 'do not stop each other' {
            $vm = New-LinuxVM web01
            $results = @($vm.Id, ($vm.Id -replace 'web01', 'web99') | Test-ImageReadiness -ErrorAction SilentlyContinue -ErrorVariable failures)

            $results.Count | Should -Be 1
            $failures[0].FullyQualifiedErrorId | Should -BeExactly "VMNotFound,$source"
        }
    }

    Context 'what it refuses changes nothing' {
        It 'refuses <what> with <id>' -ForEach @(
            @{ what = 'a machine that is not there'; id = 'VMNotFound'; category = 'ObjectNotFound'; call = { Test-ImageReadiness -g images -n web99 -ErrorAction Stop } }
            @{ what = 'an id of another type'; id = 'InvalidResourceId'; category = 'InvalidArgument'; call = { Test-ImageReadiness -ResourceId $vm.OSDisk.SourceId -ErrorAction Stop } }
            @{ what = 'a test that is not waited for'; id = 'InvalidArgument'; category = 'InvalidArgument'; call = { Test-ImageReadiness -ResourceId $vm.Id -NoWait -ErrorAction Stop } }
            @{ what = 'a check of another system'; id = 'InvalidArgument'; category = 'InvalidArgument'; call = { Test-ImageReadiness -ResourceId $vm.Id -Check State, BitLocker -ErrorAction Stop } }
            @{ what = '-Fix without the guest'; id = 'InvalidArgument'; category = 'InvalidArgument'; call = { Test-ImageReadiness -ResourceId $vm.Id -Fix -SkipInGuest -ErrorAction Stop } }
        ) {
            $vm = New-LinuxVM web01
            $before = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure $call

            $failure.FullyQualifiedErrorId | Should -BeExactly "$id,$source"
            $failure.CategoryInfo.Category | Should -BeExactly $category
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'begins nothing without the right to run commands' {
            $vm = New-LinuxVM web01
            $before = (Get-ImageSandbox).Fingerprint
            Set-ImageSandbox -Fault @{ Effect = 'Forbidden'; Action = 'Microsoft.Compute/virtualMachines/runCommands/write'; Count = 100 }
            $failure = Get-Failure { $vm | Test-ImageReadiness -ErrorAction Stop }
            Set-ImageSandbox -ClearFault

            $failure.FullyQualifiedErrorId | Should -BeExactly "AuthorizationFailed,$source"
            $failure.CategoryInfo.Category | Should -BeExactly 'PermissionDenied'
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'gives up after -TimeoutSeconds and goes on when run again' {
            $vm = New-LinuxVM web01
            $failure = Get-Failure { $vm | Test-ImageReadiness -TimeoutSeconds 2 -ErrorAction Stop }

            $failure.FullyQualifiedErrorId | Should -BeExactly "OperationTimedOut,$source"
            ($vm | Test-ImageReadiness).IsReady | Should -Be $true
            Get-RunCommandCount | Should -Be 0
        }
    }
}
