Describe 'Get-GeneralizeState' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $linux = 'Canonical:ubuntu-24_04-lts:server:latest'
        $windows = 'MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-g2:latest'
        $key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFRlc3RLZXlGb3JUaGVTYW5kYm94T25seTEyMzQ1Njc4OTA= test'
        $source = 'ImageCmdlets.Commands.GetGeneralizeStateCommand'

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

    It 'says of a Windows machine in use that it is ready, and on what that rests' {
        $vm = New-WindowsVM web01
        $state = $vm | Get-GeneralizeState

        $state.Id | Should -BeExactly $vm.Id
        $state.GuestState | Should -Be 'Ready'
        $state.PowerState | Should -BeExactly 'Running'
        $state.OSState | Should -Be $null
        $state.IsProven | Should -Be $false
        $state.ImageState | Should -BeExactly 'IMAGE_STATE_COMPLETE'
        $state.GeneralizationState | Should -Be 7
        $state.CleanupState | Should -Be 2
        $state.SysprepInProgress | Should -Be $false
        $state.IsSysprepRunning | Should -Be $false
        $state.RearmLeft | Should -Be 1001
        Get-RunCommandCount | Should -Be 0
    }

    It 'says of a Linux machine in use that it is ready, by <how>' -ForEach @(
        @{ how = 'name'; call = { Get-GeneralizeState -g images -n web01 } }
        @{ how = 'pattern'; call = { Get-GeneralizeState images 'web*' } }
        @{ how = 'id'; call = { Get-GeneralizeState -ResourceId $vm.Id } }
        @{ how = 'an object of the Az module'; call = { [pscustomobject]@{ Id = $vm.Id; Name = 'web01' } | Get-GeneralizeState } }
        @{ how = 'job'; call = { $vm | Get-GeneralizeState -AsJob | Receive-Job -Wait -AutoRemoveJob } }
    ) {
        $vm = New-LinuxVM web01
        $state = & $call

        $state.Id | Should -BeExactly $vm.Id
        $state.GuestState | Should -Be 'Ready'
        $state.IsAgentProvisioned | Should -Be $true
        $state.HasOvfEnv | Should -Be $true
        $state.MachineId | Should -BeExactly 'Set'
        $state.Job | Should -BeExactly 'None'
    }

    It 'knows the proof of a generalized <os> machine: <expected>' -ForEach @(
        @{ os = 'Windows'; make = { New-WindowsVM web01 }; expected = 'Generalized' }
        @{ os = 'Linux'; make = { New-LinuxVM web01 }; expected = 'Deprovisioned' }
    ) {
        $vm = & $make
        $null = $vm | Invoke-Generalize -Force
        $before = (Get-ImageSandbox).Fingerprint

        $state = $vm | Get-GeneralizeState

        $state.GuestState | Should -Be $expected
        $state.IsProven | Should -Be $true
        $state.OSState | Should -BeExactly 'Generalized'
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }

    It 'does not believe a mark that somebody set' {
        $vm = New-LinuxVM web01
        $null = $vm | Stop-ImageVM -Force
        $null = $vm | Invoke-Generalize -FlagOnly -Force

        $state = $vm | Get-GeneralizeState

        $state.OSState | Should -BeExactly 'Generalized'
        $state.IsProven | Should -Be $false
        $state.GuestState | Should -Be 'Unknown'
    }

    It 'says that a sysprep which failed half-way left the machine half generalized' {
        Set-ImageSandbox -GuestFault @{ VM = 'web01'; Kind = 'DscConfiguration' }
        $vm = New-WindowsVM web01
        $null = $vm | Invoke-Generalize -SkipReadiness -Force -ErrorAction SilentlyContinue

        $state = $vm | Get-GeneralizeState

        $state.GuestState | Should -Be 'HalfGeneralized'
        $state.ImageState | Should -BeExactly 'IMAGE_STATE_UNDEPLOYABLE'
        $state.HasTag | Should -Be $false
    }

    It 'asks Azure alone with -SkipInGuest' {
        $vm = New-WindowsVM web01
        $before = (Get-ImageSandbox).Fingerprint

        $state = $vm | Get-GeneralizeState -SkipInGuest

        $state.PowerState | Should -BeExactly 'Running'
        $state.GuestState | Should -Be 'Unknown'
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }

    It 'refuses what it cannot do: <expected>' -ForEach @(
        @{ call = { Get-GeneralizeState -g images -n web01 -NoWait -ErrorAction Stop }; expected = 'InvalidArgument' }
        @{ call = { Get-GeneralizeState -ResourceId '/subscriptions/x' -ErrorAction Stop }; expected = 'InvalidResourceId' }
        @{ call = { Get-GeneralizeState -g images -n web01 -ErrorAction Stop }; expected = 'ResourceGroupNotFound' }
    ) {
        (Get-Failure $call).FullyQualifiedErrorId | Should -BeExactly "$expected,$source"
    }
}
