Describe 'Leftovers' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $vm = New-ImageVM -g images -n web01 -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
        $ofCopies = @{ created_by = 'image-copy-extension' }
        function Get-Failure([scriptblock] $Script) {
            try { & $Script; $null } catch { $_ }
        }
        function Get-Refusal([scriptblock] $Script) {
            $before = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure $Script
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
            $failure
        }
    }

    AfterEach {
        Get-ImageSnapshot | Remove-ImageSnapshot -Force
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    Context 'Get-ImageLeftover' {
        It 'finds nothing in a tidy subscription, however old things are' {
            $null = New-ImageSnapshot -g images -n web01_os_disk_snapshot -Source $vm.OSDisk.SourceId
            Set-ImageSandbox -Advance '400.00:00:00'
            @(Get-ImageLeftover).Count | Should -Be 0
        }

        It 'finds the snapshot of az image copy by tag and name, and says so' {
            $null = New-ImageSnapshot -g images -n web01_os_disk_snapshot -Source $vm.OSDisk.SourceId -Tag $ofCopies
            $null = New-ImageSnapshot -g images -n web01-nightly -Source $vm.OSDisk.SourceId -Tag $ofCopies
            $found = @(Get-ImageLeftover)

            "$($found.Name)" | Should -BeExactly 'web01_os_disk_snapshot'
            $found[0].Maker | Should -Be 'AzImageCopy'
            $found[0].Kind | Should -BeExactly 'Snapshot'
            $found[0].Reason | Should -Match 'created_by=image-copy-extension'
            $found[0].IsSafeToRemove | Should -BeTrue
            $found[0].SizeGB | Should -Be 30
            @(Get-ImageLeftover AzImageCopy).Count | Should -Be 1
            @(Get-ImageLeftover Packer, ImageBuilder, ImageCmdlets).Count | Should -Be 0
            @(Get-ImageLeftover -g im*).Count | Should -Be 1
            @(Get-ImageLeftover -g other).Count | Should -Be 0
            @(Get-ImageLeftover -OlderThan 1.00:00:00).Count | Should -Be 0
        }

        It 'lists what an interrupted copy has only when asked for it' {
            $image = New-ImageVM -g images -n web02 -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue |
                Invoke-Generalize -SkipReadiness -Force | New-CustomImage -Name golden
            $null = $image | Copy-CustomImage -Location northeurope -NoWait
            @(Get-ImageLeftover -IncludeInterrupted).Count | Should -Be 0
            Set-ImageSandbox -Advance '3:0:0'

            @(Get-ImageLeftover).Count | Should -Be 0
            @(Get-ImageLeftover -IncludeInterrupted).Count | Should -Be 2
            Get-ImageLeftover -IncludeInterrupted | Remove-ImageLeftover -Force
            @(Get-ImageOperation).Count | Should -Be 0
            (Get-CustomImage -g images -n golden).ProvisioningState | Should -BeExactly 'Succeeded'
        }
    }

    Context 'Remove-ImageLeftover' {
        It 'removes in the background, and completes ids by what they end with' {
            $snapshot = New-ImageSnapshot -g images -n web01_os_disk_snapshot -Source $vm.OSDisk.SourceId -Tag $ofCopies
            $line = 'Remove-ImageLeftover -ResourceId web01_o'
            $completed = @([System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches)
            "$($completed.CompletionText)" | Should -Be $snapshot.Id

            $job = Remove-ImageLeftover -ResourceId $snapshot.Id -Force -AsJob -TimeoutSeconds 600
            $null = $job | Wait-Job | Receive-Job
            $job.State | Should -BeExactly 'Completed'
            @(Get-ImageSnapshot -g images).Count | Should -Be 0
        }

        It 'removes what was found' {
            $null = New-ImageSnapshot -g images -n web01_os_disk_snapshot -Source $vm.OSDisk.SourceId -Tag $ofCopies
            $kept = New-ImageSnapshot -g images -n web01-nightly -Source $vm.OSDisk.SourceId -Tag $ofCopies
            Get-ImageLeftover | Remove-ImageLeftover -Confirm:$false
            "$((Get-ImageSnapshot -g images).Name)" | Should -BeExactly $kept.Name
        }

        It 'finds by itself with -Maker' {
            $null = New-ImageSnapshot -g images -n web01_os_disk_snapshot -Source $vm.OSDisk.SourceId -Tag $ofCopies
            Remove-ImageLeftover Packer -Force
            @(Get-ImageSnapshot -g images).Count | Should -Be 1
            Remove-ImageLeftover AzImageCopy -Force
            @(Get-ImageSnapshot -g images).Count | Should -Be 0
        }

        It 'changes nothing with -WhatIf' {
            $null = New-ImageSnapshot -g images -n web01_os_disk_snapshot -Source $vm.OSDisk.SourceId -Tag $ofCopies
            Get-Refusal { Get-ImageLeftover | Remove-ImageLeftover -WhatIf } | Should -Be $null
            Get-Refusal { Remove-ImageLeftover AzImageCopy -WhatIf } | Should -Be $null
        }

        It 'keeps the machine of a build that runs, and the group with what is not of Packer' {
            $random = 'k3v9x2m7q1'
            $null = New-ImageVM -g "pkr-Resource-Group-$random" -n "pkrvm$random" -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
            $found = @(Get-ImageLeftover Packer)
            "$($found.Kind)" | Should -BeExactly 'VirtualMachine ResourceGroup'
            $found[0].InUse | Should -BeExactly "The machine 'pkrvm$random' runs: Packer may be building."
            $found[1].InUse | Should -Match 'in it are not of Packer'

            $failure = Get-Refusal { $found[0] | Remove-ImageLeftover -Force -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'ResourceInUse,ImageCmdlets.Commands.RemoveImageLeftoverCommand'
            $failure.CategoryInfo.Category | Should -BeExactly 'ResourceBusy'
            $failure.TargetObject | Should -Be $found[0].Id

            $before = (Get-ImageSandbox).Fingerprint
            Remove-ImageLeftover Packer -Force -WarningVariable said -WarningAction SilentlyContinue
            @($said).Count | Should -Be 2
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'refuses what is no leftover' {
            $failure = Get-Refusal { Remove-ImageLeftover -ResourceId $vm.Id -Force -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'NotALeftover,ImageCmdlets.Commands.RemoveImageLeftoverCommand'
            $failure.CategoryInfo.Category | Should -BeExactly 'InvalidOperation'
            $failure.TargetObject | Should -BeExactly $vm.Id
            $failure.ErrorDetails.RecommendedAction | Should -Match 'Get-ImageLeftover'
        }

        It 'refuses what is no id, and an id of nothing' {
            $failure = Get-Refusal { Remove-ImageLeftover -ResourceId web01 -Force -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidResourceId,ImageCmdlets.Commands.RemoveImageLeftoverCommand'
            $failure = Get-Refusal { Remove-ImageLeftover -ResourceId ($vm.Id + '2') -Force -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'ResourceNotFound,ImageCmdlets.Commands.RemoveImageLeftoverCommand'
        }
    }
}
