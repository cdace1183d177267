Describe 'Virtual machines' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $linux = 'Canonical:ubuntu-24_04-lts:server:latest'
        $key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFRlc3RLZXlGb3JUaGVTYW5kYm94T25seTEyMzQ1Njc4OTA= test'
        $elsewhere = '/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/images/providers/Microsoft.Compute/disks/web01'

        function New-TestVM([string[]] $Name) {
            New-ImageVM -g images -n $Name -l westeurope -Image $linux -SshPublicKey $key
        }

        function Get-Failure([scriptblock] $Script) {
            $ErrorActionPreference = 'Stop'
            try { $null = & $Script } catch { $_ }
        }
    }

    BeforeEach {
        Reset-ImageSandbox
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    Context 'Get-ImageVM' {
        It 'lists without the power state, and with it by -Status' {
            $null = New-TestVM a, b
            $null = Stop-ImageVM -g images -n b

            (Get-ImageVM | ForEach-Object Name) -join ' ' | Should -BeExactly 'a b'
            @(Get-ImageVM -g images | Where-Object PowerState).Count | Should -Be 0
            (Get-ImageVM -g images -Status | ForEach-Object PowerState) -join ' ' | Should -BeExactly 'Running Deallocated'
        }

        It 'gives everything of one machine, by <how>' -ForEach @(
            @{ how = 'name and group'; call = { Get-ImageVM images web01 } }
            @{ how = 'name alone'; call = { Get-ImageVM -n web01 } }
            @{ how = 'id'; call = { Get-ImageVM -ResourceId $made.Id } }
            @{ how = 'an object with an Id'; call = { [pscustomobject]@{ Id = $made.Id } | Get-ImageVM } }
        ) {
            $made = New-TestVM web01
            $vm = & $call

            $vm.Id | Should -Be $made.Id
            $vm.PowerState | Should -BeExactly 'Running'
            $vm.PublicIPAddress | Should -BeExactly $made.PublicIPAddress
        }

        It 'takes wildcards, and says nothing where none fits' {
            $null = New-TestVM web01, app01

            (Get-ImageVM -g images -n 'WEB*').Name | Should -BeExactly 'web01'
            Get-ImageVM -n 'db*' | Should -BeNullOrEmpty
        }

        It 'ends with <id> for <what>' -ForEach @(
            @{ what = 'a name that is not there'; id = 'VMNotFound'; category = 'ObjectNotFound'; call = { Get-ImageVM -g images -n none } }
            @{ what = 'a group that is not there'; id = 'ResourceGroupNotFound'; category = 'ObjectNotFound'; call = { Get-ImageVM -g nowhere } }
            @{ what = 'the id of something else'; id = 'InvalidResourceId'; category = 'InvalidArgument'; call = { Get-ImageVM -ResourceId $elsewhere } }
        ) {
            $null = New-TestVM web01
            $failure = Get-Failure $call

            $failure.FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.GetImageVMCommand"
            $failure.CategoryInfo.Category | Should -BeExactly $category
        }
    }

    Context 'What pipes in' {
        It 'is <what>, to Get-ImageVM and to verbs' -ForEach @(
            @{ what = 'the text of an id'; give = { $made.Id } }
            @{ what = 'an object with an Id'; give = { [pscustomobject]@{ Id = $made.Id } } }
            @{ what = 'an object with a ResourceId'; give = { [pscustomobject]@{ ResourceId = $made.Id; Type = 'Microsoft.Compute/virtualMachines' } } }
            @{ what = 'an object with Name and ResourceGroupName, as of a CSV file'; give = { [pscustomobject]@{ Name = 'web01'; ResourceGroupName = 'images' } } }
            @{ what = 'one of this module'; give = { $made } }
            @{ what = 'one like those of Az, whose id counts and not its names'; give = { [pscustomobject]@{ ResourceGroupName = 'IMAGES'; Id = $made.Id; Name = 'else'; Location = 'westeurope'; StatusCode = 'OK' } } }
        ) {
            $made = New-TestVM web01
            $given = & $give

            ($given | Get-ImageVM).Id | Should -Be $made.Id
            ($given | Stop-ImageVM).PowerState | Should -BeExactly 'Deallocated'
        }

        It 'is several at once' {
            $made = New-TestVM a, b

            ($made.Id | Get-ImageVM | ForEach-Object Name) -join ' ' | Should -BeExactly 'a b'
            @($made.Id | Stop-ImageVM).Count | Should -Be 2
            @($made | Start-ImageVM).Count | Should -Be 2
        }

        It 'is never <what> taken for an id: <id>' -ForEach @(
            @{ what = 'an object without id and name'; id = 'InputObjectNotBound'; given = [pscustomobject]@{ Color = 'red' } }
            @{ what = 'a name alone'; id = 'InvalidResourceId'; given = 'web01' }
        ) {
            $null = New-TestVM web01
            $before = (Get-ImageSandbox).Fingerprint

            (Get-Failure { $given | Get-ImageVM }).FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.GetImageVMCommand"
            (Get-Failure { $given | Stop-ImageVM }).FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.StopImageVMCommand"
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'is a source for <what> too, and only by an id' -ForEach @(
            @{ what = 'New-ImageSnapshot'; call = { $input | New-ImageSnapshot -WhatIf }; command = 'NewImageSnapshot' }
            @{ what = 'New-CustomImage'; call = { $input | New-CustomImage -WhatIf }; command = 'NewCustomImage' }
        ) {
            $made = New-TestVM web01

            $made, $made.Id, [pscustomobject]@{ Id = $made.Id } | & $call
            $failure = Get-Failure { [pscustomobject]@{ Name = 'web01'; ResourceGroupName = 'images' } | & $call }

            $failure.FullyQualifiedErrorId | Should -BeExactly "InputObjectNotBound,ImageCmdlets.Commands.${command}Command"
        }
    }

    Context 'Tab' {
        It 'proposes <expected> for <line>' -ForEach @(
            @{ line = 'New-ImageVM -SecurityType '; expected = 'Standard TrustedLaunch' }
            @{ line = 'New-ImageVM -StorageAccountType prem'; expected = 'Premium_LRS Premium_ZRS' }
            @{ line = 'New-ImageVM -Zone '; expected = '1 2 3' }
            @{ line = 'New-CustomImage -StorageAccountType Standard_'; expected = 'Standard_LRS' }
            @{ line = 'New-ImageSnapshot -Sku '; expected = 'Standard_LRS Standard_ZRS Premium_LRS' }
            @{ line = 'Restore-ImageSnapshot -Sku u'; expected = 'UltraSSD_LRS' }
            @{ line = 'Get-ImageVM -SubscriptionId 10000000-0000-4000-8000-000000000001'; expected = '10000000-0000-4000-8000-000000000001' }
        ) {
            $proposals = [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches

            ($proposals | ForEach-Object CompletionText) -join ' ' | Should -BeExactly $expected
        }
    }

    Context 'Remove-ImageVM -NoWait' {
        It 'refuses -RemoveResourceGroup, which needs the end' {
            $null = New-TestVM web01
            $before = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure { Remove-ImageVM -g images -n web01 -NoWait -RemoveResourceGroup -Force }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.RemoveImageVMCommand'
            $failure.TargetObject | Should -BeExactly 'RemoveResourceGroup'
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'warns of what stays' {
            $null = New-TestVM web01
            $null = Remove-ImageVM -g images -n web01 -NoWait -Force -WarningVariable warnings -WarningAction SilentlyContinue

            "$warnings" | Should -Match 'security group and the virtual network stay'
        }
    }

    Context 'Wildcards in a resource group' {
        It 'find machines of all groups that fit' {
            $null = New-TestVM a
            $null = New-ImageVM -g other -n b -l westeurope -Image $linux -SshPublicKey $key

            (Get-ImageVM -g 'IM*').Name | Should -BeExactly 'a'
            (Get-ImageVM -g '*' -n b).PowerState | Should -BeExactly 'Running'
            Get-ImageVM -g 'none*' -n b | Should -BeNullOrEmpty
        }

        It 'are refused by <command>' -ForEach @(
            @{ command = 'StopImageVM'; call = { Stop-ImageVM -g 'im*' -n a } }
            @{ command = 'NewImageVM'; call = { New-ImageVM -g 'im*' -n b -Image $linux -SshPublicKey $key } }
            @{ command = 'NewImageSnapshot'; call = { New-ImageSnapshot -g 'im*' -Source a } }
            @{ command = 'NewImageSnapshot'; call = { New-ImageSnapshot -g images -Source 'a*' } }
        ) {
            $null = New-TestVM a
            $before = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure $call

            $failure.FullyQualifiedErrorId | Should -BeExactly "InvalidArgument,ImageCmdlets.Commands.${command}Command"
            $failure.CategoryInfo.Category | Should -BeExactly 'InvalidArgument'
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }
    }

    Context 'Stop-ImageVM and Start-ImageVM' {
        It 'deallocates and starts again' {
            $vm = New-TestVM web01

            ($vm | Stop-ImageVM).PowerState | Should -BeExactly 'Deallocated'
            (Start-ImageVM -g images -n web01).PowerState | Should -BeExactly 'Running'
        }

        It 'only shuts down with -StayProvisioned' {
            $vm = New-TestVM web01

            ($vm | Stop-ImageVM -StayProvisioned).PowerState | Should -BeExactly 'Stopped'
        }

        It 'works on all that fit, side by side' {
            $null = New-TestVM a, b, c
            $before = (Get-ImageSandbox).Elapsed
            $stopped = Stop-ImageVM -g images -n '*'

            @($stopped | Where-Object PowerState -EQ Deallocated).Count | Should -Be 3
            ((Get-ImageSandbox).Elapsed - $before).TotalSeconds | Should -BeLessThan 60
        }

        It 'leaves alone what is as wanted' {
            $vm = New-TestVM web01
            $before = (Get-ImageSandbox).Fingerprint

            ($vm | Start-ImageVM).PowerState | Should -BeExactly 'Running'
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'does not wait with -NoWait, and picks up without it' {
            $vm = New-TestVM web01
            $operation = $vm | Stop-ImageVM -NoWait

            $operation.Operation | Should -BeExactly 'Deallocate'
            $operation.Id | Should -Be $vm.Id
            ($vm | Stop-ImageVM).PowerState | Should -BeExactly 'Deallocated'
        }

        It 'does nothing with -WhatIf' {
            $vm = New-TestVM web01
            $before = (Get-ImageSandbox).Fingerprint

            $vm | Stop-ImageVM -WhatIf | Should -BeNullOrEmpty
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'refuses to start a generalized machine' {
            $vm = New-TestVM web01
            $null = $vm | Invoke-Generalize -Force
            $before = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure { $vm | Start-ImageVM }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'VMIsGeneralized,ImageCmdlets.Commands.StartImageVMCommand'
            $failure.CategoryInfo.Category | Should -BeExactly 'InvalidOperation'
            $failure.TargetObject | Should -Be $vm.Id
            $failure.ErrorDetails.RecommendedAction | Should -Match 'New-CustomImage'
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'ends with <id> for <what>' -ForEach @(
            @{ what = 'a machine that is not there'; id = 'VMNotFound'; command = 'StopImageVMCommand'; call = { Stop-ImageVM -g images -n none } }
            @{ what = 'the id of something else'; id = 'InvalidResourceId'; command = 'StartImageVMCommand'; call = { Start-ImageVM -ResourceId $elsewhere } }
        ) {
            $null = New-TestVM web01
            $failure = Get-Failure $call

            $failure.FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.$command"
        }
    }

    Context 'Remove-ImageVM' {
        It 'leaves nothing of what New-ImageVM made' {
            $vm = New-TestVM web01

            $vm | Remove-ImageVM -Force | Should -BeNullOrEmpty

            (Get-ImageSandbox).ResourceCount | Should -Be 0
            (Get-ImageSandbox).ResourceGroupCount | Should -Be 1
        }

        It 'removes several with the network they share' {
            New-TestVM a, b, c | Remove-ImageVM -Force

            (Get-ImageSandbox).ResourceCount | Should -Be 0
        }

        It 'keeps the disks with -KeepDisk' {
            $vm = New-TestVM web01
            $vm | Remove-ImageVM -KeepDisk -Force

            (Get-ImageSandbox).Resource['Microsoft.Compute/disks'] | Should -Be 1
            (Get-ImageSandbox).ResourceCount | Should -Be 1
        }

        It 'keeps the network with -KeepNetwork' {
            $vm = New-TestVM web01
            $vm | Remove-ImageVM -KeepNetwork -Force

            (Get-ImageSandbox).Resource['Microsoft.Network/networkInterfaces'] | Should -Be 1
            (Get-ImageSandbox).Resource['Microsoft.Compute/disks'] | Should -BeNullOrEmpty
        }

        It 'removes the group when New-ImageVM made it and it is empty' {
            New-TestVM web01 | Remove-ImageVM -RemoveResourceGroup -Force

            (Get-ImageSandbox).ResourceGroupCount | Should -Be 0
        }

        It 'finishes what was begun' {
            $vm = New-TestVM web01
            Set-ImageSandbox -Fault @{ Operation = 'NetworkSecurityGroups_Delete'; Status = 409; Code = 'ScopeLocked'; Message = 'The scope is locked.' }
            $failure = Get-Failure { $vm | Remove-ImageVM -Force }
            Remove-ImageVM -g images -n web01 -Force

            $failure.FullyQualifiedErrorId | Should -BeExactly 'ResourceLocked,ImageCmdlets.Commands.RemoveImageVMCommand'
            (Get-ImageSandbox).ResourceCount | Should -Be 0
        }

        It 'does nothing with -WhatIf' {
            $vm = New-TestVM web01
            $before = (Get-ImageSandbox).Fingerprint

            $vm | Remove-ImageVM -WhatIf
            $vm | Remove-ImageVM -Force -WhatIf

            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'says what is not there' {
            $null = New-TestVM web01
            $before = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure { Remove-ImageVM -g images -n none -Force }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'VMNotFound,ImageCmdlets.Commands.RemoveImageVMCommand'
            $failure.CategoryInfo.Category | Should -BeExactly 'ObjectNotFound'
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }
    }
}
