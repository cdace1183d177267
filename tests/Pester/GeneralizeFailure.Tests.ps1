# Every way in which a sandbox guest can fail to be generalized, from the command to the error that a user sees, and back.
Describe 'Invoke-Generalize on a machine that cannot be generalized' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $linux = 'Canonical:ubuntu-24_04-lts:server:latest'
        $windows = 'MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-g2:latest'
        $key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFRlc3RLZXlGb3JUaGVTYW5kYm94T25seTEyMzQ1Njc4OTA= test'
        $source = 'ImageCmdlets.Commands.InvokeGeneralizeCommand'

        function New-WindowsVM { New-ImageVM -g images -n web01 -l westeurope -Image $windows -WarningAction SilentlyContinue }

        function New-LinuxVM { New-ImageVM -g images -n web01 -l westeurope -Image $linux -SshPublicKey $key -WarningAction SilentlyContinue }

        # The machine runs, Azure did not mark it, and of the work there is nothing left anywhere.
        function Assert-Usable([int] $ResourceCount) {
            $now = Get-ImageVM -g images -n web01
            $now.PowerState | Should -BeExactly 'Running'
            $now.OSState | Should -BeNullOrEmpty
            (Get-ImageSandbox).ResourceCount | Should -Be $ResourceCount
        }

        function Assert-Mended {
            Set-ImageSandbox -ClearFault -RepairVM web01
            $result = Invoke-Generalize -g images -n web01 -Force
            $result.State | Should -BeExactly 'Succeeded'
            $result.OSState | Should -BeExactly 'Generalized'
            $result.Log | Should -BeNullOrEmpty
            $result.RootCause | Should -BeNullOrEmpty
        }
    }

    BeforeEach {
        Reset-ImageSandbox
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    Context 'sysprep fails' {
        It 'names the cause of <kind> with the whole log, leaves nothing behind, and works once it is gone' -ForEach @(
            @{ kind = 'AppxPackage'; rule = 'Windows.AppxPackage'; finding = 'Package * was installed for a user*'; state = 'IMAGE_STATE_COMPLETE' }
            @{ kind = 'BitLocker'; rule = 'Windows.BitLocker'; finding = '*BitLocker is on for the OS volume*0x80310039*'; state = 'IMAGE_STATE_COMPLETE' }
            @{ kind = 'ReservedStorage'; rule = 'Windows.ReservedStorage'; finding = '*reserved storage is in use*0x800F0975*'; state = 'IMAGE_STATE_COMPLETE' }
            @{ kind = 'HalfGeneralized'; rule = 'Windows.InvalidState'; finding = '*machine is in an invalid state*'; state = 'IMAGE_STATE_COMPLETE' }
            @{ kind = 'RearmExhausted'; rule = 'Windows.RearmExhausted'; finding = '*0xC004D307*'; state = 'IMAGE_STATE_COMPLETE' }
            @{ kind = 'DefenderOnboarded'; rule = 'Windows.DefenderOnboarded'; finding = '*senseGuid*'; state = 'IMAGE_STATE_UNDEPLOYABLE' }
            @{ kind = 'DscConfiguration'; rule = 'Windows.DscConfiguration'; finding = '*DscCore.dll,SysPrep_Cleanup*'; state = 'IMAGE_STATE_UNDEPLOYABLE' }
            @{ kind = 'ServicingBusy'; rule = 'Windows.ServicingBusy'; finding = '*pending CBS operations*'; state = 'IMAGE_STATE_COMPLETE' }
            @{ kind = 'BootConfiguration'; rule = 'Windows.BootConfiguration'; finding = '*Sysprep_Generalize_Bcd*'; state = 'IMAGE_STATE_UNDEPLOYABLE' }
            @{ kind = 'UpgradeRemains'; rule = 'Windows.UpgradeRemains'; finding = 'RemoveUninstall:*'; state = 'IMAGE_STATE_UNDEPLOYABLE' }
            @{ kind = 'EventLogPath'; rule = 'Windows.EventLogPath'; finding = 'EventLog:*'; state = 'IMAGE_STATE_UNDEPLOYABLE' }
            @{ kind = 'PendingReboot'; rule = 'Windows.PendingReboot'; finding = '*File operations pending'; state = 'IMAGE_STATE_COMPLETE' }
        ) {
            $vm = New-WindowsVM
            $count = (Get-ImageSandbox).ResourceCount
            Set-ImageSandbox -GuestFault @{ VM = 'web01'; Kind = $kind }
            $result = $vm | Invoke-Generalize -SkipReadiness -Force -ErrorAction SilentlyContinue -ErrorVariable failures

            $failures.Count | Should -Be 1
            $failures[0].FullyQualifiedErrorId | Should -BeExactly "GeneralizeFailed,$source"
            $failures[0].CategoryInfo.Category | Should -BeExactly 'InvalidResult'
            $failures[0].TargetObject | Should -BeExactly $vm.Id
            $failures[0].Exception.Message | Should -Match ([regex]::Escape($rule))
            $result.State | Should -BeExactly 'Failed'
            $result.GuestState | Should -BeExactly $state
            $result.Finding[0] | Should -BeLike $finding
            $result.RootCause.RuleId | Should -BeExactly $rule
            $result.RootCause.Target | Should -BeExactly $vm.Id
            $result.RootCause.Fix | Should -Not -BeNullOrEmpty
            $failures[0].ErrorDetails.RecommendedAction | Should -BeExactly $result.RootCause.Fix
            ($failures[0] | Resolve-ImageError | ForEach-Object RuleId) | Should -Contain $rule
            $runs = @($result.Log | ConvertFrom-SysprepLog -AllRun)
            $runs.Count | Should -Be 1
            $runs[0].RootCause.RuleId | Should -BeExactly $rule
            Assert-Usable $count
            Assert-Mended
        }

        It 'names what a sysprep waits for that never ends, and does not wait for ever' {
            $vm = New-WindowsVM
            $count = (Get-ImageSandbox).ResourceCount
            Set-ImageSandbox -GuestFault @{ VM = 'web01'; Kind = 'SysprepHangs' }
            $result = $vm | Invoke-Generalize -SkipReadiness -Force -ErrorAction SilentlyContinue -ErrorVariable failures

            $failures[0].FullyQualifiedErrorId | Should -BeExactly "GeneralizeUnverified,$source"
            $failures[0].ErrorDetails.RecommendedAction | Should -BeExactly $result.RootCause.Fix
            $result.RootCause.RuleId | Should -BeExactly 'Windows.PushService'
            $result.Elapsed.TotalMinutes | Should -BeLessThan 40
            Assert-Usable $count
            Assert-Mended
        }
    }

    Context 'it can be seen before' {
        It 'changes nothing of a <os> machine with <kind>, and works once it is gone' -ForEach @(
            @{ os = 'Windows'; kind = 'AppxPackage'; rule = 'Windows.AppxPackage' }
            @{ os = 'Windows'; kind = 'BitLocker'; rule = 'Windows.BitLocker' }
            @{ os = 'Windows'; kind = 'ReservedStorage'; rule = 'Windows.ReservedStorage' }
            @{ os = 'Windows'; kind = 'HalfGeneralized'; rule = 'Windows.InvalidState' }
            @{ os = 'Windows'; kind = 'RearmExhausted'; rule = 'Windows.RearmExhausted' }
            @{ os = 'Windows'; kind = 'DefenderOnboarded'; rule = 'Windows.DefenderOnboarded' }
            @{ os = 'Windows'; kind = 'DscConfiguration'; rule = 'Windows.DscConfiguration' }
            @{ os = 'Windows'; kind = 'UpgradeRemains'; rule = 'Windows.UpgradeRemains' }
            @{ os = 'Windows'; kind = 'EventLogPath'; rule = 'Windows.EventLogPath' }
            @{ os = 'Windows'; kind = 'SysprepHangs'; rule = 'Windows.PushService' }
            @{ os = 'Linux'; kind = 'CloudInitFailed'; rule = 'Linux.CloudInitState' }
            @{ os = 'Linux'; kind = 'ImmutableFile'; rule = 'Linux.ImmutableFile' }
        ) {
            $vm = if ($os -eq 'Linux') { New-LinuxVM } else { New-WindowsVM }
            $count = (Get-ImageSandbox).ResourceCount
            Set-ImageSandbox -GuestFault @{ VM = 'web01'; Kind = $kind }
            $result = $vm | Invoke-Generalize -Snapshot -Force -ErrorAction SilentlyContinue -ErrorVariable failures

            $result | Should -BeNullOrEmpty
            $failures[0].FullyQualifiedErrorId | Should -BeExactly "VMNotReadyToGeneralize,$source"
            $failures[0].CategoryInfo.Category | Should -BeExactly 'InvalidOperation'
            $failures[0].TargetObject | Should -BeExactly $vm.Id
            $failures[0].Exception.Message | Should -Match ([regex]::Escape($rule))
            $failures[0].ErrorDetails.RecommendedAction | Should -Match 'SkipReadiness'
            Assert-Usable $count
            Assert-Mended
        }
    }

    Context 'a user of a Linux machine is misspelt' {
        It 'refuses -<parameter> <name>, changes nothing in the guest, and works with the right name' -ForEach @(
            @{ parameter = 'RemoveUser'; name = 'alcie'; right = 'alice' }
            @{ parameter = 'KeepUser'; name = 'azuresuer'; right = 'azureuser' }
        ) {
            $vm = New-LinuxVM
            $null = Set-ImageSandbox -GuestFault @{ VM = 'web01'; Kind = 'ExtraUser'; Detail = 'alice' }
            $count = (Get-ImageSandbox).ResourceCount
            $before = @(($vm | Test-ImageResidue).Finding | ForEach-Object { "$($_.RuleId) $($_.Evidence)" })
            $users = @{ $parameter = $name }
            $result = $vm | Invoke-Generalize @users -SkipReadiness -Force -ErrorAction SilentlyContinue -ErrorVariable failures

            $failures.Count | Should -Be 1
            $failures[0].FullyQualifiedErrorId | Should -BeExactly "GeneralizeFailed,$source"
            $failures[0].TargetObject | Should -BeExactly $vm.Id
            $failures[0].Exception.Message | Should -BeExactly "'web01' was not generalized and is left as it is: There is no user $name."
            $result.State | Should -BeExactly 'Failed'
            $result.RootCause.RuleId | Should -BeExactly 'Linux.UserMissing'
            @(($vm | Test-ImageResidue).Finding | ForEach-Object { "$($_.RuleId) $($_.Evidence)" }) | Should -Be $before
            Assert-Usable $count
            $users = @{ $parameter = $right }
            ($vm | Invoke-Generalize @users -SkipReadiness -Force).State | Should -BeExactly 'Succeeded'
        }
    }

    Context 'the job in a Linux guest fails' {
        It 'names the cause of <kind>, leaves nothing behind, and works once it is gone' -ForEach @(
            @{ kind = 'CloudInitBusy'; detail = ''; rule = 'Linux.CloudInitClean'; reason = 'cloud-init clean failed.' }
            @{ kind = 'DeprovisionFails'; detail = ''; rule = 'Linux.DeprovisionFailed'; reason = 'waagent -force -deprovision+user failed.' }
            @{ kind = 'ImmutableFile'; detail = '/etc/sudoers.d/90-cloud-init-users'; rule = 'Linux.Residue'; reason = 'Could not be removed: /etc/sudoers.d/90-cloud-init-users' }
        ) {
            $vm = New-LinuxVM
            $count = (Get-ImageSandbox).ResourceCount
            Set-ImageSandbox -GuestFault @{ VM = 'web01'; Kind = $kind; Detail = $detail }
            $result = $vm | Invoke-Generalize -SkipReadiness -Force -ErrorAction SilentlyContinue -ErrorVariable failures

            $failures.Count | Should -Be 1
            $failures[0].FullyQualifiedErrorId | Should -BeExactly "GeneralizeFailed,$source"
            $failures[0].CategoryInfo.Category | Should -BeExactly 'InvalidResult'
            $failures[0].TargetObject | Should -BeExactly $vm.Id
            $failures[0].Exception.Message | Should -BeExactly "'web01' is half generalized, do not use it and make no image of it: $reason"
            $result.State | Should -BeExactly 'Failed'
            $result.Finding[0] | Should -BeExactly $reason
            $result.RootCause.RuleId | Should -BeExactly $rule
            $result.RootCause.Target | Should -BeExactly $vm.Id
            $failures[0].ErrorDetails.RecommendedAction | Should -BeExactly $result.RootCause.Fix
            ($failures[0] | Resolve-ImageError | ForEach-Object RuleId) | Should -Contain $rule
            ($vm | Get-GeneralizeState).JobReason | Should -BeExactly $reason
            Assert-Usable $count
            Assert-Mended
        }
    }

    Context 'nobody knows what becomes of the guest' {
        It 'ends a <os> machine with <kind> as unverified, and a restart makes it usable' -ForEach @(
            @{ os = 'Windows'; kind = 'AgentDies'; seen = "*it is running: The guest did not answer within 30 minutes*"; advice = 'Make no image of it. Restart it with *' }
            @{ os = 'Linux'; kind = 'AgentDies'; seen = "*it is stopped: The guest did not answer*'web01' has switched itself off since*"; advice = 'Do not start it again: *Invoke-Generalize -FlagOnly*' }
            @{ os = 'Linux'; kind = 'NeverStops'; seen = '*it is running: The guest has not switched itself off within 10 minutes*'; advice = 'Make no image of it, and expect that it may still switch itself off. *' }
        ) {
            $vm = if ($os -eq 'Linux') { New-LinuxVM } else { New-WindowsVM }
            $count = (Get-ImageSandbox).ResourceCount
            Set-ImageSandbox -GuestFault @{ VM = 'web01'; Kind = $kind }
            $result = $vm | Invoke-Generalize -SkipReadiness -Force -ErrorAction SilentlyContinue -ErrorVariable failures

            $failures[0].FullyQualifiedErrorId | Should -BeExactly "GeneralizeUnverified,$source"
            $failures[0].TargetObject | Should -BeExactly $vm.Id
            $failures[0].Exception.Message | Should -BeLike $seen
            $failures[0].ErrorDetails.RecommendedAction | Should -BeLike $advice
            if ($seen -like '*switched itself off since*') { ($failures[0] | Resolve-ImageError).RuleId | Should -BeExactly 'Linux.StoppedWithoutAnswer' }
            $result.State | Should -BeExactly 'Unverified'
            $result.OSState | Should -BeNullOrEmpty
            $result.Elapsed.TotalMinutes | Should -BeLessThan 35

            $null = Stop-ImageVM -g images -n web01 -Force
            $null = Start-ImageVM -g images -n web01
            Assert-Mended
            (Get-ImageSandbox).ResourceCount | Should -BeIn @($count, ($count + 1))
        }
    }
}
