Describe 'A pipeline whose end cannot work' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFRlc3RLZXlGb3JUaGVTYW5kYm94T25seTEyMzQ1Njc4OTA= test'
        $vm = New-ImageVM -g images -n web01 -l westeurope -Image 'Canonical:ubuntu-24_04-lts:server:latest' -SshPublicKey $key

        function Get-Failure([scriptblock] $Script) {
            $ErrorActionPreference = 'Stop'
            try { $null = & $Script } catch { $_ }
        }
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    It 'is refused before its first command has touched anything: <what>' -ForEach @(
        @{ what = 'a region of the copies'; id = 'InvalidLocation'; command = 'CopyCustomImage'; target = 'mars'; call = { $vm | Invoke-Generalize -Force | New-CustomImage | Copy-CustomImage -Location mars } }
        @{ what = 'regions of the copies of which none is there'; id = 'InvalidLocation'; command = 'CopyCustomImage'; target = 'mars'; call = { $vm | Invoke-Generalize -Force | New-CustomImage | Copy-CustomImage -Location mars, venus } }
        @{ what = 'the group of the copies'; id = 'InvalidResourceName'; command = 'CopyCustomImage'; target = 'a/b'; call = { $vm | Invoke-Generalize -Force | New-CustomImage | Copy-CustomImage -Location northeurope -TargetResourceGroupName 'a/b' } }
        @{ what = 'the group of the image'; id = 'InvalidResourceName'; command = 'NewCustomImage'; target = '..'; call = { $vm | Invoke-Generalize -Force | New-CustomImage -ResourceGroupName '..' } }
        @{ what = 'the name of the copies'; id = 'InvalidResourceName'; command = 'CopyCustomImage'; target = '-web'; call = { $vm | Invoke-Generalize -Force | New-CustomImage | Copy-CustomImage -Location northeurope -TargetName '-web' } }
        @{ what = 'a tag of the copies'; id = 'InvalidArgument'; command = 'CopyCustomImage'; target = 'a/b'; call = { $vm | Invoke-Generalize -Force | New-CustomImage | Copy-CustomImage -Location northeurope -Tag @{ 'a/b' = 1 } } }
        @{ what = 'the name of the image'; id = 'InvalidResourceName'; command = 'NewCustomImage'; target = 'golden-'; call = { $vm | Invoke-Generalize -Force | New-CustomImage -Name 'golden-' } }
        @{ what = 'the region of the image'; id = 'InvalidLocation'; command = 'NewCustomImage'; target = 'mars'; call = { $vm | Invoke-Generalize -Force | New-CustomImage -Location mars } }
        @{ what = 'the disks of the image'; id = 'InvalidArgument'; command = 'NewCustomImage'; target = 'Fast'; call = { $vm | Invoke-Generalize -Force | New-CustomImage -StorageAccountType Fast } }
        @{ what = 'the kind of a snapshot'; id = 'InvalidArgument'; command = 'NewImageSnapshot'; target = 'UltraSSD_LRS'; call = { $vm | Stop-ImageVM | New-ImageSnapshot -Sku UltraSSD_LRS } }
        @{ what = 'a tag of this module'; id = 'InvalidArgument'; command = 'NewImageSnapshot'; target = 'imagecmdlets-set'; call = { $vm | Stop-ImageVM | New-ImageSnapshot -Tag @{ 'imagecmdlets-set' = 'mine' } } }
        @{ what = 'the kind of a disk'; id = 'InvalidArgument'; command = 'RestoreImageSnapshot'; target = 'Fast'; call = { $vm | New-ImageSnapshot | Restore-ImageSnapshot -Sku Fast } }
        @{ what = 'the region of new machines'; id = 'InvalidLocation'; command = 'NewImageVM'; target = 'mars'; call = { $vm | Invoke-Generalize -Force | New-CustomImage | New-ImageVM -g images -n web02 -Location mars } }
    ) {
        $before = (Get-ImageSandbox).Fingerprint

        $failure = Get-Failure $call

        $failure.FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.${command}Command"
        $failure.CategoryInfo.Category | Should -BeExactly 'InvalidArgument'
        $failure.TargetObject | Should -BeExactly $target
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }
}

Describe 'A pipeline of which only the first command was given a session' {
    It 'is refused before that has touched anything' {
        $session = Connect-ImageSession -Sandbox -NotDefault
        $null = New-ImageVM -Session $session -g images -n web01 -l westeurope -Image 'Canonical:ubuntu-24_04-lts:server:latest' -WarningAction SilentlyContinue
        $before = (Get-ImageSandbox -Session $session).Fingerprint

        $failure = try { Invoke-Generalize -Session $session -g images -n web01 -Force | New-CustomImage } catch { $_ }

        $failure.FullyQualifiedErrorId | Should -BeExactly 'NotConnected,ImageCmdlets.Commands.NewCustomImageCommand'
        (Get-ImageSandbox -Session $session).Fingerprint | Should -BeExactly $before
        Disconnect-ImageSession $session
    }
}

Describe 'A session that is missing by mistake' {
    It 'is not replaced by the default one' {
        $null = Connect-ImageSession -Sandbox
        $null = New-ImageVM -g images -n web01 -l westeurope -Image 'Canonical:ubuntu-24_04-lts:server:latest' -WarningAction SilentlyContinue
        $before = (Get-ImageSandbox).Fingerprint

        $failure = try { Remove-ImageVM -Session $mistyped -g images -n web01 -Force } catch { $_ }

        $failure.FullyQualifiedErrorId | Should -BeExactly 'ParameterArgumentValidationError,ImageCmdlets.Commands.RemoveImageVMCommand'
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        Get-ImageSession | Disconnect-ImageSession
    }
}

Describe 'A job' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFRlc3RLZXlGb3JUaGVTYW5kYm94T25seTEyMzQ1Njc4OTA= test'
        $null = New-ImageVM -g images -n web01 -l westeurope -Image 'Canonical:ubuntu-24_04-lts:server:latest' -SshPublicKey $key
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    It 'is <state> where <what>, whoever reads first' -ForEach @(
        @{ state = 'Completed'; what = 'one item failed and another did not'; names = 'web01', 'none' }
        @{ state = 'Completed'; what = 'items failed one by one'; names = 'none', 'nothing' }
        @{ state = 'Failed'; what = 'the command itself failed'; names = 'none' }
    ) {
        $read = Start-ImageVM -g images -n $names -AsJob
        $null = Receive-Job $read -Wait -ErrorAction SilentlyContinue
        $waited = Start-ImageVM -g images -n $names -AsJob
        $null = Wait-Job $waited

        "$($read.State) $($waited.State)" | Should -BeExactly "$state $state"
        Remove-Job $read, $waited
    }
}
