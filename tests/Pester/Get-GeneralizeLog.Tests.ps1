Describe 'Get-GeneralizeLog' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $linux = 'Canonical:ubuntu-24_04-lts:server:latest'
        $windows = 'MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-g2:latest'
        $key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFRlc3RLZXlGb3JUaGVTYW5kYm94T25seTEyMzQ1Njc4OTA= test'
        $source = 'ImageCmdlets.Commands.GetGeneralizeLogCommand'

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

    It 'reads what sysprep did, and ConvertFrom-SysprepLog says how it ended' {
        $vm = New-WindowsVM web01
        $log = $vm | Get-GeneralizeLog

        $log.Id | Should -BeExactly $vm.Id
        $log.Name | Should -BeExactly 'web01'
        $log.Log | Should -Be 'Setupact'
        $log.Path | Should -BeExactly 'C:\Windows\System32\Sysprep\Panther\setupact.log'
        $log.Length | Should -Be $log.Text.Length
        $log.IsTruncated | Should -Be $false

        $run = $log | ConvertFrom-SysprepLog
        $run.Option | Should -Be @('GENERALIZE', 'OOBE')
        $run.Source | Should -BeExactly 'web01: C:\Windows\System32\Sysprep\Panther\setupact.log'
        Get-RunCommandCount | Should -Be 0
    }

    It 'tells why Invoke-Generalize failed, from the machine itself' {
        Set-ImageSandbox -GuestFault @{ VM = 'web01'; Kind = 'AppxPackage' }
        $vm = New-WindowsVM web01
        $null = $vm | Invoke-Generalize -SkipReadiness -Force -ErrorAction SilentlyContinue

        $run = $vm | Get-GeneralizeLog | ConvertFrom-SysprepLog

        $run.Outcome | Should -Be 'Failed'
        $run.RootCause.RuleId | Should -BeExactly 'Windows.AppxPackage'
    }

    It 'keeps the logs of several machines apart' {
        $runs = New-WindowsVM web01, web02 | Get-GeneralizeLog | ConvertFrom-SysprepLog

        @($runs).Count | Should -Be 2
    }

    It 'reads what the agent and cloud-init did, by <how>' -ForEach @(
        @{ how = 'name'; call = { Get-GeneralizeLog -g images -n web01 } }
        @{ how = 'pattern'; call = { Get-GeneralizeLog images 'web*' } }
        @{ how = 'id'; call = { Get-GeneralizeLog -ResourceId $vm.Id } }
        @{ how = 'an object of the Az module'; call = { [pscustomobject]@{ Id = $vm.Id; Name = 'web01' } | Get-GeneralizeLog } }
        @{ how = 'job'; call = { $vm | Get-GeneralizeLog -AsJob | Receive-Job -Wait -AutoRemoveJob } }
    ) {
        $vm = New-LinuxVM web01
        $logs = & $call

        $logs.Log | Should -Be @('Waagent', 'CloudInit')
        $logs.Id | Should -BeExactly @($vm.Id, $vm.Id)
        Get-RunCommandCount | Should -Be 0
    }

    It 'reads the other logs when the guest has one not' {
        $vm = New-LinuxVM web01
        $logs = $vm | Get-GeneralizeLog -Log Setupact, Waagent -ErrorAction SilentlyContinue -ErrorVariable failure

        $logs.Log | Should -Be 'Waagent'
        $failure[0].FullyQualifiedErrorId | Should -BeExactly "OSTypeMismatch,$source"
    }

    It 'asks nothing of a machine that is <state>' -ForEach @(
        @{ state = 'deallocated'; stop = { $vm | Stop-ImageVM -Force } }
        @{ state = 'generalized'; stop = { $vm | Invoke-Generalize -Force } }
    ) {
        $vm = New-LinuxVM web01
        $null = & $stop
        $before = (Get-ImageSandbox).Fingerprint

        $failure = Get-Failure { $vm | Get-GeneralizeLog -ErrorAction Stop }

        $failure.FullyQualifiedErrorId | Should -BeExactly "VMNotReady,$source"
        $failure.TargetObject | Should -BeExactly $vm.Id
        $failure.Exception.Message | Should -BeLike "*'web01' is $state*"
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }

    It 'refuses -NoWait' {
        $failure = Get-Failure { Get-GeneralizeLog -g images -n web01 -NoWait -ErrorAction Stop }

        $failure.FullyQualifiedErrorId | Should -BeExactly "InvalidArgument,$source"
    }
}
