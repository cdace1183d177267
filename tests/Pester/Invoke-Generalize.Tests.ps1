Describe 'Invoke-Generalize' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $linux = 'Canonical:ubuntu-24_04-lts:server:latest'
        $windows = 'MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-g2:latest'
        $key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFRlc3RLZXlGb3JUaGVTYW5kYm94T25seTEyMzQ1Njc4OTA= test'
        $source = 'ImageCmdlets.Commands.InvokeGeneralizeCommand'

        function New-TestVM([string[]] $Name) {
            New-ImageVM -g images -n $Name -l westeurope -Image $linux -SshPublicKey $key -WarningAction SilentlyContinue
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

    Context 'a machine that runs' {
        It 'ends generalized in the guest and in Azure, and says how' {
            $vm = New-TestVM web01
            $result = $vm | Invoke-Generalize -Force

            $result.Id | Should -BeExactly $vm.Id
            $result.Name | Should -BeExactly 'web01'
            $result.ResourceGroupName | Should -BeExactly 'images'
            $result.State | Should -BeExactly 'Succeeded'
            $result.OSType | Should -BeExactly 'Linux'
            $result.GuestState | Should -BeExactly 'Deprovisioned'
            $result.OSState | Should -BeExactly 'Generalized'
            $result.PowerState | Should -BeExactly 'Deallocated'
            $result.Finding.Count | Should -Be 0
            ($result.Step | ForEach-Object { $_.Name }) -join ' ' |
                Should -BeExactly 'Inspect Readiness GuestStep VerifyGuest RemoveRunCommand Deallocate Mark Verify'
            $result.Elapsed.TotalMinutes | Should -BeGreaterThan 1
            $result.Elapsed.TotalMinutes | Should -BeLessThan 30
        }

        It 'shows as generalized from then on' {
            $null = New-TestVM web01 | Invoke-Generalize -Force
            $vm = Get-ImageVM -g images -n web01

            $vm.OSState | Should -BeExactly 'Generalized'
            $vm.PowerState | Should -BeExactly 'Deallocated'
        }

        It 'is found by <how>' -ForEach @(
            @{ how = 'name'; call = { Invoke-Generalize -g images -n web01 -Force } }
            @{ how = 'pattern'; call = { Invoke-Generalize images 'web*' -Force } }
            @{ how = 'id'; call = { Invoke-Generalize -ResourceId $vm.Id -Force } }
            @{ how = 'an object of the Az module'; call = { [pscustomobject]@{ Id = $vm.Id; Name = 'web01' } | Invoke-Generalize -Force } }
            @{ how = 'the other name of the command'; call = { $vm | Invoke-ImageGeneralization -Force } }
        ) {
            $vm = New-TestVM web01
            $result = & $call

            $result.State | Should -BeExactly 'Succeeded'
            $result.Id | Should -BeExactly $vm.Id
        }

        It 'says each step in the verbose stream' {
            $lines = @(New-TestVM web01 | Invoke-Generalize -Force -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] })

            @($lines | Where-Object { "$_" -like 'web01: VerifyGuest: Succeeded after * s.*' }).Count | Should -Be 1
            @($lines | Where-Object { "$_" -like 'POST */generalize 200 *' }).Count | Should -Be 1
        }
    }

    Context 'a Windows machine' {
        It 'is proven by its image state' {
            $vm = New-ImageVM -g images -n win01 -l westeurope -Image $windows -WarningAction SilentlyContinue
            $result = $vm | Invoke-Generalize -Force

            $result.State | Should -BeExactly 'Succeeded'
            $result.OSType | Should -BeExactly 'Windows'
            $result.GuestState | Should -BeExactly 'IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE'
            $result.OSState | Should -BeExactly 'Generalized'
            @($result.Step | Where-Object { $_.State -ne 'Succeeded' }).Count | Should -Be 0
            @((Get-ImageSandbox).Resource.Keys | Where-Object { $_ -like '*/runCommands' }).Count | Should -Be 0
        }
    }

    Context 'several machines' {
        It 'are worked on side by side' {
            $results = @(New-TestVM web01, web02, web03 | Invoke-Generalize -Force)

            $results.Count | Should -Be 3
            foreach ($result in $results) { $result.State | Should -BeExactly 'Succeeded' }
        }

        It 'do not stop each other' {
            $null = New-TestVM web01, web02
            $null = Stop-ImageVM -g images -n web01 -Force
            $results = @(Get-ImageVM -g images | Invoke-Generalize -Force -ErrorAction SilentlyContinue -ErrorVariable failures)

            $results.Count | Should -Be 1
            $results[0].Name | Should -BeExactly 'web02'
            $failures[0].FullyQualifiedErrorId | Should -BeExactly "VMNotReady,$source"
        }
    }

    Context 'a machine that is generalized already' {
        It 'is left as it is' {
            $null = New-TestVM web01 | Invoke-Generalize -Force
            $before = (Get-ImageSandbox).Fingerprint
            $again = Invoke-Generalize -g images -n web01 -Force

            $again.State | Should -BeExactly 'Succeeded'
            @($again.Step | Where-Object { $_.State -eq 'Skipped' }).Count | Should -Be 5
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }
    }

    Context 'without waiting' {
        It 'begins with -NoWait and goes on without it' {
            $vm = New-TestVM web01
            $begun = $vm | Invoke-Generalize -Force -NoWait
            $result = $vm | Invoke-Generalize -Force

            $begun.State | Should -BeExactly 'InProgress'
            $begun.OSState | Should -BeNullOrEmpty
            $result.State | Should -BeExactly 'Succeeded'
        }

        It 'begins anew when the machine was stopped and started in between' {
            $vm = New-TestVM web01
            $null = $vm | Invoke-Generalize -Force -NoWait
            $null = $vm | Stop-ImageVM -Force
            $null = $vm | Start-ImageVM
            $result = $vm | Invoke-Generalize -Force

            $result.State | Should -BeExactly 'Succeeded'
            $result.Elapsed.TotalMinutes | Should -BeLessThan 10
        }

        It 'gives up after -TimeoutSeconds and goes on when run again' {
            $vm = New-TestVM web01
            $failure = Get-Failure { $vm | Invoke-Generalize -Force -TimeoutSeconds 5 -ErrorAction Stop }

            $failure.FullyQualifiedErrorId | Should -BeExactly "OperationTimedOut,$source"
            $failure.CategoryInfo.Category | Should -BeExactly 'OperationTimeout'
            ($vm | Invoke-Generalize -Force).State | Should -BeExactly 'Succeeded'
        }

        It 'runs as a job' {
            $job = New-TestVM web01 | Invoke-Generalize -Force -AsJob
            $null = Wait-Job $job
            $result = Receive-Job $job
            Remove-Job $job

            $result.State | Should -BeExactly 'Succeeded'
            $result.OSState | Should -BeExactly 'Generalized'
        }
    }

    Context 'with -FlagOnly' {
        It 'marks a machine that does not run, and runs nothing in it' {
            $null = New-TestVM web01
            $null = Stop-ImageVM -g images -n web01 -Force
            $result = Invoke-Generalize -g images -n web01 -FlagOnly -Force -WarningAction SilentlyContinue -WarningVariable warned

            $result.State | Should -BeExactly 'Unverified'
            "$warned" | Should -BeLike "*nothing proves that sysprep or waagent ran*"
            $result.OSState | Should -BeExactly 'Generalized'
            $result.GuestState | Should -BeNullOrEmpty
            $result.Step[1].State | Should -BeExactly 'Skipped'
        }
    }

    Context 'the users of a Linux machine' {
        It 'keeps the one that Azure made where that is asked for' {
            $image = New-TestVM web01 | Invoke-Generalize -KeepUser azureuser -Force | New-CustomImage -Name kept
            $copy = New-ImageVM -g images -n copy01 -l westeurope -Image $image.Id -AdminUserName other -SshPublicKey $key -WarningAction SilentlyContinue
            $homes = @(($copy | Test-ImageResidue).Finding | Where-Object { $_.RuleId -eq 'Linux.ProvisionedUser' } | ForEach-Object { $_.Target })

            $homes | Should -Contain '/home/azureuser'
            $homes | Should -Contain '/home/other'
        }

        It 'removes the others that are named' {
            $vm = New-TestVM web01
            Set-ImageSandbox -GuestFault @{ VM = 'web01'; Kind = 'ExtraUser'; Detail = 'alice' }
            $image = $vm | Invoke-Generalize -RemoveUser alice -Force | New-CustomImage -Name clean
            Set-ImageSandbox -ClearFault
            $copy = New-ImageVM -g images -n copy01 -l westeurope -Image $image.Id -AdminUserName other -SshPublicKey $key -WarningAction SilentlyContinue
            $homes = @(($copy | Test-ImageResidue).Finding | Where-Object { $_.RuleId -eq 'Linux.ProvisionedUser' } | ForEach-Object { $_.Target })

            $homes | Should -Be @('/home/other')
        }

        It 'refuses <what> with <id>, and changes nothing' -ForEach @(
            @{ what = 'a name that is none'; id = 'InvalidArgument'; call = { $vm | Invoke-Generalize -KeepUser 'a b' -Force -ErrorAction Stop } }
            @{ what = 'a user that stays and goes'; id = 'InvalidArgument'; call = { $vm | Invoke-Generalize -KeepUser alice -RemoveUser alice -Force -ErrorAction Stop } }
            @{ what = 'users beside -FlagOnly'; id = 'InvalidArgument'; call = { $vm | Invoke-Generalize -RemoveUser alice -FlagOnly -Force -ErrorAction Stop } }
        ) {
            $vm = New-TestVM web01
            $before = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure $call

            $failure.FullyQualifiedErrorId | Should -BeExactly "$id,$source"
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }
    }

    Context 'what it refuses changes nothing' {
        It 'refuses <what> with <id>' -ForEach @(
            @{ what = 'a machine that is not there'; id = 'VMNotFound'; category = 'ObjectNotFound'; call = { Invoke-Generalize -g images -n web99 -Force -ErrorAction Stop } }
            @{ what = 'an id of another type'; id = 'InvalidResourceId'; category = 'InvalidArgument'; call = { Invoke-Generalize -ResourceId $vm.OSDisk.SourceId -Force -ErrorAction Stop } }
            @{ what = 'a text that is no id'; id = 'InvalidResourceId'; category = 'InvalidArgument'; call = { Invoke-Generalize -ResourceId 'web01' -Force -ErrorAction Stop } }
        ) {
            $vm = New-TestVM web01
            $before = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure $call

            $failure.FullyQualifiedErrorId | Should -BeExactly "$id,$source"
            $failure.CategoryInfo.Category | Should -BeExactly $category
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'refuses a machine that does not run, and says what to do' {
            $vm = New-TestVM web01
            $null = Stop-ImageVM -g images -n web01 -Force
            $before = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure { Invoke-Generalize -g images -n web01 -Force -ErrorAction Stop }

            $failure.FullyQualifiedErrorId | Should -BeExactly "VMNotReady,$source"
            $failure.CategoryInfo.Category | Should -BeExactly 'InvalidOperation'
            $failure.TargetObject | Should -BeExactly $vm.Id
            $failure.ErrorDetails.RecommendedAction | Should -Match 'Start-ImageVM'
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'shows with -WhatIf -Verbose the scripts that would run, which are files of the module' {
            $vm = New-TestVM web01
            $told = @($vm | Invoke-Generalize -WhatIf -Verbose 4>&1)

            foreach ($name in 'linux-generalize.sh', 'windows-generalize.ps1') {
                $script = [System.IO.File]::ReadAllText("$((Get-Module ImageCmdlets).ModuleBase)/scripts/$name").Replace("`r`n", "`n")
                @($told | Where-Object { "$_".Contains($script) }).Count | Should -Be 1
            }
        }

        It 'does nothing with -WhatIf, also with -Force' {
            $vm = New-TestVM web01
            $before = (Get-ImageSandbox).Fingerprint
            $vm | Invoke-Generalize -WhatIf | Should -BeNullOrEmpty
            $vm | Invoke-Generalize -Force -WhatIf | Should -BeNullOrEmpty

            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'begins nothing without the right to run commands' {
            $vm = New-TestVM web01
            $before = (Get-ImageSandbox).Fingerprint
            Set-ImageSandbox -Fault @{ Effect = 'Forbidden'; Action = 'Microsoft.Compute/virtualMachines/runCommands/write'; Count = 100 }
            $failure = Get-Failure { $vm | Invoke-Generalize -Force -ErrorAction Stop }
            Set-ImageSandbox -ClearFault

            $failure.FullyQualifiedErrorId | Should -BeExactly "AuthorizationFailed,$source"
            $failure.CategoryInfo.Category | Should -BeExactly 'PermissionDenied'
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }
    }

    Context 'when nobody knows what became of the guest' {
        It 'ends unverified, and leaves the machine running and unmarked' {
            $vm = New-TestVM web01
            Set-ImageSandbox -Fault @{ Method = 'GET'; Path = '*/runCommands/*'; Status = 404; Code = 'NotFound'; Message = 'Somebody removed it.'; Count = 1000 }
            $result = $vm | Invoke-Generalize -Force -ErrorAction SilentlyContinue -ErrorVariable failures
            Set-ImageSandbox -ClearFault

            $result.State | Should -BeExactly 'Unverified'
            $result.OSState | Should -BeNullOrEmpty
            $failures[0].FullyQualifiedErrorId | Should -BeExactly "GeneralizeUnverified,$source"
            $failures[0].CategoryInfo.Category | Should -BeExactly 'InvalidResult'
            $failures[0].TargetObject | Should -BeExactly $vm.Id
            (Get-ImageVM -g images -n web01).OSState | Should -BeNullOrEmpty
        }
    }

    Context 'when Azure cannot hand the script over' {
        It 'fails with Azure''s reason, and works when run again' {
            $vm = New-ImageVM -g images -n win01 -l westeurope -Image $windows -WarningAction SilentlyContinue
            Set-ImageSandbox -Fault @{ Effect = 'OperationFailure'; Operation = 'VirtualMachineRunCommands_CreateOrUpdate'; Code = 'VMExtensionHandlerNonTransientError'; Message = 'The handler has reported terminal failure.' }
            $result = $vm | Invoke-Generalize -SkipReadiness -Force -ErrorAction SilentlyContinue -ErrorVariable failures
            $again = $vm | Invoke-Generalize -Force

            $result.State | Should -BeExactly 'Failed'
            $failures[0].FullyQualifiedErrorId | Should -BeExactly "VMExtensionFailed,$source"
            $failures[0].Exception.Message | Should -Match 'terminal failure'
            $again.State | Should -BeExactly 'Succeeded'
        }
    }

    Context 'when Azure refuses the mark' {
        It 'fails with the step that failed, and goes on from there when run again' {
            $vm = New-TestVM web01
            Set-ImageSandbox -Fault @{ Effect = 'Forbidden'; Action = 'Microsoft.Compute/virtualMachines/generalize/action'; Count = 100 }
            $refused = $vm | Invoke-Generalize -Force -ErrorAction SilentlyContinue -ErrorVariable failures
            Set-ImageSandbox -ClearFault
            $result = $vm | Invoke-Generalize -Force

            $refused.State | Should -BeExactly 'Failed'
            $refused.Step[-1].Name | Should -BeExactly 'Mark'
            $refused.Step[-1].State | Should -BeExactly 'Failed'
            $failures[0].FullyQualifiedErrorId | Should -BeExactly "AuthorizationFailed,$source"
            $result.State | Should -BeExactly 'Succeeded'
            $result.GuestState | Should -BeExactly 'Deprovisioned'
        }
    }
}
