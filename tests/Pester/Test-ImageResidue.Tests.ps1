Describe 'Test-ImageResidue' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $linux = 'Canonical:ubuntu-24_04-lts:server:latest'
        $windows = 'MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-g2:latest'
        $key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFRlc3RLZXlGb3JUaGVTYW5kYm94T25seTEyMzQ1Njc4OTA= test'
        $source = 'ImageCmdlets.Commands.TestImageResidueCommand'

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

    It 'finds what is a machine''s own, by <how>' -ForEach @(
        @{ how = 'name'; call = { Test-ImageResidue -g images -n web01 } }
        @{ how = 'pattern'; call = { Test-ImageResidue images 'web*' } }
        @{ how = 'id'; call = { Test-ImageResidue -ResourceId $vm.Id } }
        @{ how = 'object'; call = { $vm | Test-ImageResidue } }
        @{ how = 'an object of the Az module'; call = { [pscustomobject]@{ Id = $vm.Id; Name = 'web01' } | Test-ImageResidue } }
        @{ how = 'job'; call = { $vm | Test-ImageResidue -AsJob | Receive-Job -Wait -AutoRemoveJob } }
    ) {
        $vm = New-LinuxVM web01
        $residue = & $call

        $residue.Id | Should -BeExactly $vm.Id
        $residue.IsClean | Should -Be $false
        $residue.Path | Should -BeExactly '/'
        $key = $residue.Finding | Where-Object { $_.RuleId -eq 'Linux.MachineId' }
        $key.Severity | Should -Be 'Error'
        $key.Target | Should -BeExactly '/etc/machine-id'
        $key.Fix | Should -Not -BeNullOrEmpty
        Get-RunCommandCount | Should -Be 0
    }

    It 'refuses a Windows machine' {
        $vm = New-WindowsVM web01
        $before = (Get-ImageSandbox).Fingerprint

        $failure = Get-Failure { $vm | Test-ImageResidue -ErrorAction Stop }

        $failure.FullyQualifiedErrorId | Should -BeExactly "OSTypeMismatch,$source"
        $failure.TargetObject | Should -BeExactly $vm.Id
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }

    It 'asks nothing of a machine that does not run' {
        $vm = New-LinuxVM web01
        $null = $vm | Stop-ImageVM -Force

        $failure = Get-Failure { $vm | Test-ImageResidue -ErrorAction Stop }

        $failure.FullyQualifiedErrorId | Should -BeExactly "VMNotReady,$source"
    }

    It 'says that a folder is not there, without a session' {
        Get-ImageSession | Disconnect-ImageSession
        try {
            $failure = Get-Failure { Test-ImageResidue -RootPath ([IO.Path]::Combine([IO.Path]::GetTempPath(), 'imagecmdlets-nowhere')) -ErrorAction Stop }
        }
        finally {
            $null = Connect-ImageSession -Sandbox
        }

        $failure.FullyQualifiedErrorId | Should -Match "^(FileNotFound|OperationNotSupported),$source"
    }

    It 'refuses -NoWait' {
        $failure = Get-Failure { Test-ImageResidue -g images -n web01 -NoWait -ErrorAction Stop }

        $failure.FullyQualifiedErrorId | Should -BeExactly "InvalidArgument,$source"
    }
}
