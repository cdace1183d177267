Describe 'Invoke-ImageScript' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $source = 'ImageCmdlets.Commands.InvokeImageScriptCommand'

        function New-Builder([string[]] $Name, [string] $Image = 'Debian:debian-12:12-gen2:latest') {
            New-ImageVM -g images -n $Name -l westeurope -Image $Image -WarningAction SilentlyContinue
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

    It 'runs scripts in their order and says how each ended, by <how>' -ForEach @(
        @{ how = 'name'; call = { Invoke-ImageScript -g images -n build -Script $scripts } }
        @{ how = 'pattern'; call = { Invoke-ImageScript images 'bui*' -Script $scripts } }
        @{ how = 'id'; call = { Invoke-ImageScript -ResourceId $vm.Id -Script $scripts } }
        @{ how = 'object'; call = { $vm | Invoke-ImageScript -Script $scripts } }
        @{ how = 'an object of the Az module'; call = { [pscustomobject]@{ Id = $vm.Id; Name = 'build' } | Invoke-ImageScript -Script $scripts } }
        @{ how = 'job'; call = { $vm | Invoke-ImageScript -Script $scripts -AsJob | Receive-Job -Wait -AutoRemoveJob } }
    ) {
        $vm = New-Builder build
        $scripts = 'echo golden > /opt/golden', 'cat /opt/golden'

        $result = @(& $call)

        "$($result.Script)" | Should -BeExactly 'Script 1 Script 2'
        "$($result.State)" | Should -BeExactly 'Succeeded Succeeded'
        "$($result.ExitCode)" | Should -BeExactly '0 0'
        $result[1].Output | Should -BeExactly "golden`n"
        $result[1].Id | Should -BeExactly $vm.Id
        Get-RunCommandCount | Should -Be 0
    }

    It 'runs PowerShell on Windows' {
        $vm = New-Builder build 'MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-g2:latest'
        ($vm | Invoke-ImageScript -Script 'Set-Content C:\golden.txt golden; Get-Content C:\golden.txt').Output | Should -Match '^golden\s*$'
    }

    It 'reads a script from a file' {
        $null = New-Builder build
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($TestDrive, 'install.sh'), 'echo from a file')

        $result = Invoke-ImageScript -g images -n build -Script ([System.IO.Path]::Combine($TestDrive, 'install.sh'))

        $result.Script | Should -BeExactly 'install.sh'
        $result.Output | Should -BeExactly "from a file`n"
    }

    It 'runs nothing after a script that fails, and begins with that one the next time' {
        $vm = New-Builder build
        $scripts = 'echo one >> /opt/log', 'cat /opt/ready', 'echo three >> /opt/log'

        $result = @($vm | Invoke-ImageScript -Script $scripts -ErrorAction SilentlyContinue -ErrorVariable failure)

        "$($result.State)" | Should -BeExactly 'Succeeded Failed'
        $failure[0].FullyQualifiedErrorId | Should -BeExactly "GuestScriptFailed,$source"
        $failure[0].CategoryInfo.Category | Should -Be 'InvalidResult'
        $failure[0].TargetObject | Should -BeExactly $vm.Id
        "$($failure[0])" | Should -Match "^'Script 2' ended in 'build' as Failed with exit code 1\."
        Get-RunCommandCount | Should -Be 0

        $result = @($vm | Invoke-ImageScript -Script $scripts -ErrorAction SilentlyContinue)
        "$($result.State)" | Should -BeExactly 'Skipped Failed'
        ($vm | Invoke-ImageScript -Script 'cat /opt/log').Output | Should -BeExactly "one`n"
    }

    It 'does not generalize what it could not set up' {
        $vm = New-Builder build
        $failure = Get-Failure { $vm | Invoke-ImageScript -Script 'exit 7' -ErrorAction Stop | Invoke-Generalize -Force }
        $failure.FullyQualifiedErrorId | Should -BeExactly "GuestScriptFailed,$source"
        (Get-ImageVM -g images -n build).OSState | Should -Not -Be 'Generalized'
    }

    It 'runs the same scripts once, and once more with -Again' {
        $vm = New-Builder build
        $count = 'echo run >> /opt/log; wc -l < /opt/log'
        ($vm | Invoke-ImageScript -Script $count).Output.Trim() | Should -BeExactly '1'
        $before = (Get-ImageSandbox).Fingerprint

        ($vm | Invoke-ImageScript -Script $count).State | Should -BeExactly 'Skipped'
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before

        ($vm | Invoke-ImageScript -Script $count -Again).Output.Trim() | Should -BeExactly '2'
        ($vm | Invoke-ImageScript -Script $count.Replace('run', 'Run')).Output.Trim() | Should -BeExactly '3'
    }

    It 'knows it of a machine that has been generalized meanwhile, and refuses others' {
        $vm = New-Builder build
        $null = $vm | Invoke-ImageScript -Script 'true'
        $null = $vm | Invoke-Generalize -Force

        ($vm | Invoke-ImageScript -Script 'true').State | Should -BeExactly 'Skipped'
        $failure = Get-Failure { $vm | Invoke-ImageScript -Script 'false' -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeExactly "VMNotReady,$source"
    }

    It 'asks nothing and changes nothing: <what>' -ForEach @(
        @{ what = 'with -WhatIf'; call = { $vm | Invoke-ImageScript -Script 'true' -WhatIf }; id = $null }
        @{ what = 'with -NoWait'; call = { $vm | Invoke-ImageScript -Script 'true' -NoWait }; id = 'InvalidArgument' }
        @{ what = 'with a file that is not there'; call = { $vm | Invoke-ImageScript -Script missing.sh }; id = 'FileNotFound' }
        @{ what = 'of a machine that is not there'; call = { Invoke-ImageScript -g images -n gone -Script 'true' -ErrorAction Stop }; id = 'VMNotFound' }
    ) {
        $vm = New-Builder build
        $before = (Get-ImageSandbox).Fingerprint

        $failure = Get-Failure $call

        $failure.FullyQualifiedErrorId | Should -BeExactly $(if ($id) { "$id,$source" })
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }
}
