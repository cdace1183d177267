Describe 'Operations' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $vm = New-ImageVM -g images -n web01 -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -DataDiskSizeGB 16 -WarningAction SilentlyContinue
        $image = $vm | Invoke-Generalize -SkipReadiness -Force | New-CustomImage -Name golden
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
        Get-ImageOperation -Kind Copy | Stop-ImageOperation -Force
        Get-CustomImage -g images -n golden-* | Remove-CustomImage -Force
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    Context 'Get-ImageOperation' {
        It 'finds nothing where nothing is under way' {
            @(Get-ImageOperation).Count | Should -Be 0
        }

        It 'shows what a copy has in Azure, and how to go on with it' {
            $copy = $image | Copy-CustomImage -Location northeurope -NoWait
            $found = $copy | Get-ImageOperation

            $found.Kind | Should -Be 'Copy'
            $found.State | Should -BeExactly 'InProgress'
            $found.Name | Should -BeExactly 'golden-northeurope'
            $found.Location | Should -BeExactly 'northeurope'
            $found.SourceId | Should -BeExactly $image.Id
            @($found.Resource).Count | Should -Be 4
            @($found.Resource | Where-Object PercentComplete -NE $null).Count | Should -Be 2
            $found.Command | Should -BeExactly "Copy-CustomImage -ResourceId '$($image.Id)' -Location 'northeurope' -TargetResourceGroupName 'images' -TargetName 'golden-northeurope'"
        }

        It 'gives a command that ends what was interrupted' {
            $null = $image | Copy-CustomImage -Location northeurope -NoWait
            Set-ImageSandbox -Advance '3:0:0'

            $found = Get-ImageOperation -State Interrupted
            $result = & ([scriptblock]::Create($found.Command))

            $result.State | Should -BeExactly 'Succeeded'
            $result.Id | Should -Be $found.Id
            @(Get-ImageOperation).Count | Should -Be 0
        }

        It 'finds by kind, state, group and source' {
            $null = $image | Copy-CustomImage -Location northeurope, japaneast -NoWait
            @(Get-ImageOperation -Kind Copy).Count | Should -Be 2
            @(Get-ImageOperation -Kind Clone, Import).Count | Should -Be 0
            @(Get-ImageOperation -State InProgress).Count | Should -Be 2
            @(Get-ImageOperation -State Failed).Count | Should -Be 0
            @(Get-ImageOperation -g im*).Count | Should -Be 2
            @(Get-ImageOperation -g other).Count | Should -Be 0
            @(Get-ImageOperation -SourceId $image.Id).Count | Should -Be 2
            @(Get-ImageOperation -SourceId $vm.Id).Count | Should -Be 0
        }

        It 'asks for nothing when nothing comes down the pipeline' {
            $null = $image | Copy-CustomImage -Location northeurope -NoWait
            @(@() | Get-ImageOperation).Count | Should -Be 0
        }

        It 'says what a set that is there still wants' {
            $null = New-ImageSnapshot -g images -n set -Source $vm.Id -NoWait -WarningAction SilentlyContinue
            $found = Wait-ImageOperation -Kind Snapshot
            $found.State | Should -BeExactly 'Succeeded'
            $found.Detail | Should -BeExactly 'Everything is there, and still marked as unfinished: the command takes the marks off.'

            $set = & ([scriptblock]::Create($found.Command)) -WarningAction SilentlyContinue
            @($set).Count | Should -Be 2
            @(Get-ImageOperation).Count | Should -Be 0
            $set | Remove-ImageSnapshot -Force
        }

        It 'takes ids of what the session began' {
            $snapshot = New-ImageSnapshot -g images -n once -Source $vm.OSDisk.SourceId
            $removal = $snapshot | Remove-ImageSnapshot -Force -NoWait
            ($removal | Get-ImageOperation).Kind | Should -Be 'Remove'
            ($removal | Wait-ImageOperation).State | Should -BeExactly 'Succeeded'
        }

        It 'refuses what is no id, and an id of nothing' {
            $failure = Get-Refusal { Get-ImageOperation golden -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidResourceId,ImageCmdlets.Commands.GetImageOperationCommand'
            $failure.CategoryInfo.Category | Should -BeExactly 'InvalidArgument'
            $failure.TargetObject | Should -BeExactly 'golden'

            $failure = Get-Refusal { Get-ImageOperation -SourceId golden -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidResourceId,ImageCmdlets.Commands.GetImageOperationCommand'
            $failure.TargetObject | Should -BeExactly 'golden'

            $failure = Get-Refusal { Get-ImageOperation ($image.Id + '2') -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'ResourceNotFound,ImageCmdlets.Commands.GetImageOperationCommand'
            $failure.TargetObject | Should -BeExactly ($image.Id + '2')
        }
    }

    Context 'Wait-ImageOperation' {
        It 'waits until the bytes have arrived, and says what is left to do' {
            $null = $image | Copy-CustomImage -Location northeurope, japaneast -NoWait
            $ended = @(Wait-ImageOperation -Kind Copy -WarningVariable said -WarningAction SilentlyContinue)

            "$($ended.State)" | Should -BeExactly 'Interrupted Interrupted'
            "$($ended.PercentComplete)" | Should -BeExactly '100 100'
            @($said | Where-Object { $_ -match 'run Copy-CustomImage -ResourceId' }).Count | Should -Be 2
        }

        It 'gives what can be piped on' {
            $made = New-CustomImage -g images -n golden-again -Source $vm.Id -NoWait | Wait-ImageOperation | Get-CustomImage
            $made.ProvisioningState | Should -BeExactly 'Succeeded'
        }

        It 'ends with its time limit, and the work goes on' {
            $null = $image | Copy-CustomImage -Location northeurope -NoWait
            $failure = Get-Failure { Wait-ImageOperation -Kind Copy -TimeoutSeconds 5 -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'OperationTimedOut,ImageCmdlets.Commands.WaitImageOperationCommand'
            (Get-ImageOperation).State | Should -BeExactly 'InProgress'
        }
    }

    Context 'Stop-ImageOperation' {
        It 'removes what the copy has made on its way and nothing else' {
            $disks = (Get-ImageSandbox).ResourceCount
            $null = $image | Copy-CustomImage -Location northeurope -NoWait
            $stopped = Get-ImageOperation | Stop-ImageOperation -Confirm:$false

            $stopped.State | Should -BeExactly 'Stopped'
            @($stopped.Resource).Count | Should -Be 0
            (Get-ImageSandbox).ResourceCount | Should -Be $disks
            @(Get-ImageSnapshot -g images).Count | Should -Be 0
        }

        It 'changes nothing with -WhatIf' {
            $copy = $image | Copy-CustomImage -Location northeurope -NoWait
            Get-Refusal { $copy | Stop-ImageOperation -WhatIf } | Should -Be $null
        }

        It 'refuses what Azure cannot cancel' {
            $null = New-CustomImage -g images -n golden-again -Source $vm.Id -NoWait
            $failure = Get-Refusal { Get-ImageOperation | Stop-ImageOperation -Force -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'OperationNotAllowed,ImageCmdlets.Commands.StopImageOperationCommand'
            $failure.CategoryInfo.Category | Should -BeExactly 'InvalidOperation'
            $failure.Exception.Message | Should -BeExactly "Azure cannot cancel what it is doing with 'golden-again'."
            $null = Wait-ImageOperation
        }

        It 'says that there is no such thing' {
            $failure = Get-Refusal { Stop-ImageOperation ($image.Id + '2') -Force -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'ResourceNotFound,ImageCmdlets.Commands.StopImageOperationCommand'
        }

        It 'waits and stops in the background' {
            $null = $image | Copy-CustomImage -Location northeurope -NoWait
            $ended = Wait-ImageOperation -Kind Copy -AsJob -WarningAction SilentlyContinue | Wait-Job | Receive-Job -WarningAction SilentlyContinue
            $ended.State | Should -BeExactly 'Interrupted'

            $job = Get-ImageOperation | Stop-ImageOperation -Force -TimeoutSeconds 600 -AsJob
            $stopped = $job | Wait-Job | Receive-Job
            $job.Command | Should -Match 'Stop-ImageOperation'
            $stopped.State | Should -BeExactly 'Stopped'
            @(Get-ImageSnapshot -g images).Count | Should -Be 0
        }

        It 'completes ids by what they end with' {
            $copy = $image | Copy-CustomImage -Location northeurope -NoWait
            foreach ($command in 'Get', 'Wait', 'Stop') {
                $line = "$command-ImageOperation -ResourceId golden-n"
                $completed = @([System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches)
                "$($completed.CompletionText)" | Should -Be $copy.Id
                "$($completed.ListItemText)" | Should -BeExactly 'golden-northeurope'
            }
        }

        It 'shows who can read a snapshot, and ends that' {
            $snapshot = New-ImageSnapshot -g images -n read -Source $vm.OSDisk.SourceId
            $folder = [System.IO.Directory]::CreateTempSubdirectory('read').FullName
            Set-ImageSandbox -Fault @{ Effect = 'Forbidden'; Operation = 'Snapshots_RevokeAccess'; Count = 100 }
            $null = Get-Failure { $snapshot | Export-ImageSnapshot -DestinationPath $folder -ErrorAction Stop }
            Set-ImageSandbox -ClearFault
            [System.IO.Directory]::Delete($folder, $true)

            $found = Get-ImageOperation
            $found.Kind | Should -Be 'Export'
            $found.Id | Should -Be $snapshot.Id
            $found.State | Should -BeExactly 'Interrupted'
            $found.Detail | Should -BeExactly 'Its bytes can be read by a signature: for an export that runs or was cut off, or for another tool.'
            ($found | Stop-ImageOperation -Force).State | Should -BeExactly 'Stopped'
            @(Get-ImageOperation).Count | Should -Be 0
            (Get-ImageSnapshot -Id $snapshot.Id).DiskState | Should -BeExactly 'Unattached'
            $snapshot | Remove-ImageSnapshot -Force
        }
    }
}

Describe 'Operations without a session' {
    It 'says that there is none' {
        foreach ($command in 'Get-ImageOperation', 'Wait-ImageOperation', 'Get-ImageLeftover') {
            $failure = try { & $command } catch { $_ }
            $failure.FullyQualifiedErrorId | Should -BeExactly "NotConnected,ImageCmdlets.Commands.$($command.Replace('-', ''))Command"
        }
    }
}
