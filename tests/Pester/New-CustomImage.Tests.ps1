Describe 'New-CustomImage' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $debian = 'Debian:debian-12:12-gen2:latest'
        $vm = New-ImageVM -g images -n web01 -l westeurope -Image $debian -DataDiskSizeGB 16 -Tag @{ team = 'web' } -WarningAction SilentlyContinue
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

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    Context 'of a machine that cannot become an image' {
        It 'refuses one that runs' {
            $failure = Get-Refusal { $vm | New-CustomImage -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'VMIsRunning,ImageCmdlets.Commands.NewCustomImageCommand'
            $failure.CategoryInfo.Category | Should -Be 'InvalidOperation'
            $failure.TargetObject | Should -Be $vm.Id
            $failure.ErrorDetails.RecommendedAction | Should -Match 'Invoke-Generalize'
        }

        It 'refuses one that is stopped and was not generalized' {
            $null = Stop-ImageVM -g images -n web01 -Force
            $failure = Get-Refusal { New-CustomImage -g images -Source web01 -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'VMNotGeneralized,ImageCmdlets.Commands.NewCustomImageCommand'
            $failure.TargetObject | Should -Be $vm.Id
            $null = Start-ImageVM -g images -n web01
        }

        It 'refuses Trusted Launch before anybody generalizes it in vain' {
            $null = New-ImageVM -g images -n tl01 -Image $debian -SecurityType TrustedLaunch -WarningAction SilentlyContinue
            $failure = Get-Refusal { New-CustomImage -g images -Source tl01 -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'SecurityTypeNotSupported,ImageCmdlets.Commands.NewCustomImageCommand'
            $failure.ErrorDetails.RecommendedAction | Should -Match 'gallery'
        }

        It 'refuses Arm64' {
            $null = New-ImageVM -g images -n arm01 -Image 'Canonical:ubuntu-24_04-lts:server-arm64:latest' -WarningAction SilentlyContinue
            $failure = Get-Refusal { New-CustomImage -g images -Source arm01 -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'ArchitectureNotSupported,ImageCmdlets.Commands.NewCustomImageCommand'
        }

        It 'refuses <problem>' -ForEach @(
            @{ problem = 'another region'; parameters = @{ Location = 'North Europe' }; id = 'RegionMismatch'; category = 'InvalidOperation' }
            @{ problem = 'another generation'; parameters = @{ HyperVGeneration = 'V1' }; id = 'HyperVGenerationMismatch'; category = 'InvalidOperation' }
            @{ problem = 'another system'; parameters = @{ OSType = 'Windows' }; id = 'OSTypeMismatch'; category = 'InvalidOperation' }
            @{ problem = 'caching of its own'; parameters = @{ Caching = 'None' }; id = 'InvalidArgument'; category = 'InvalidArgument' }
            @{ problem = 'data disks of its own'; parameters = @{ DataDiskSource = 'd' }; id = 'InvalidArgument'; category = 'InvalidArgument' }
            @{ problem = 'a name against the rules'; parameters = @{ Name = 'web01.' }; id = 'InvalidResourceName'; category = 'InvalidArgument' }
        ) {
            $failure = Get-Refusal { New-CustomImage -Source $vm.Id @parameters -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.NewCustomImageCommand"
            $failure.CategoryInfo.Category | Should -Be $category
        }
    }

    Context 'of a generalized machine' {
        BeforeAll {
            $image = $vm | Invoke-Generalize -Force | New-CustomImage
        }

        It 'does nothing with -WhatIf' {
            $before = (Get-ImageSandbox).Fingerprint
            $vm | New-CustomImage -Name never -WhatIf
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'carries over everything the machine has' {
            $image.Name | Should -BeExactly 'web01-image'
            $image.ResourceGroupName | Should -BeExactly 'images'
            $image.Location | Should -BeExactly 'westeurope'
            $image.SourceId | Should -Be $vm.Id
            $image.OSType | Should -BeExactly 'Linux'
            $image.OSState | Should -BeExactly 'Generalized'
            $image.HyperVGeneration | Should -BeExactly 'V2'
            $image.OSDisk.Caching | Should -BeExactly 'ReadWrite'
            $image.OSDisk.SourceId | Should -Be $vm.OSDisk.SourceId
            $image.DataDisk.Count | Should -Be 1
            $image.DataDisk[0].Lun | Should -Be 0
            $image.DataDisk[0].DiskSizeGB | Should -Be 16
            $image.Tag['team'] | Should -BeExactly 'web'
            $image.Tag.Keys | Where-Object { $_ -like 'imagecmdlets-*' } | Should -BeExactly 'imagecmdlets-urn'
            $image.Tag['imagecmdlets-urn'] | Should -BeExactly $vm.Image
            $image.ProvisioningState | Should -BeExactly 'Succeeded'
        }

        It 'gives the same image when it is run again, and says so' {
            $before = (Get-ImageSandbox).Fingerprint
            $again = $vm | New-CustomImage -WarningVariable said -WarningAction SilentlyContinue
            $again.Id | Should -Be $image.Id
            $said[0] | Should -Match 'there already'
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'refuses the name of an image of something else' {
            $failure = Get-Refusal { New-CustomImage -g images -n web01-image -Source https://store.blob.core.windows.net/vhds/a.vhd -OSType Linux -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'ResourceAlreadyExists,ImageCmdlets.Commands.NewCustomImageCommand'
            $failure.CategoryInfo.Category | Should -Be 'ResourceExists'
            $failure.TargetObject | Should -Be $image.Id
        }

        It 'takes the machine by name, by id, and as an object with an Id' {
            $null = New-CustomImage images by-name web01
            $null = New-CustomImage -n by-id -Source $vm.Id
            $null = [pscustomobject] @{ Id = $vm.Id; Name = 'web01'; ResourceGroupName = 'IMAGES' } | New-CustomImage -n by-property
            @(Get-CustomImage -g images -n by-*).Count | Should -Be 3
        }

        It 'works in the background' {
            $made = $vm | New-CustomImage -n in-background -AsJob | Wait-Job | Receive-Job
            $made.Name | Should -BeExactly 'in-background'
        }

        It 'does not wait when it is told not to' {
            $operation = $vm | New-CustomImage -n not-waited -NoWait
            $operation.State | Should -BeExactly 'InProgress'
            (Get-CustomImage -g images -n not-waited).ProvisioningState | Should -BeExactly 'Creating'
            ($vm | New-CustomImage -n not-waited).ProvisioningState | Should -BeExactly 'Succeeded'
        }
    }

    Context 'of a disk, a snapshot and a VHD' {
        BeforeAll {
            $vhd = 'https://store.blob.core.windows.net/vhds/debian.vhd'
        }

        It 'takes a VHD when the system is said' {
            $image = New-CustomImage -g images -Source $vhd -OSType Linux -HyperVGeneration V2
            $image.Name | Should -BeExactly 'debian-image'
            $image.OSDisk.SourceId | Should -BeExactly $vhd
            $image.HyperVGeneration | Should -BeExactly 'V2'
        }

        It 'never shows the signature of an address' {
            $failure = Get-Refusal { New-CustomImage -g images -Source "${vhd}?sig=geheim" -OSType Linux -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.NewCustomImageCommand'
            "$failure $($failure.TargetObject)" | Should -Not -Match 'geheim'
        }

        It 'takes a snapshot and its restored disk' {
            $snapshot = New-ImageSnapshot -Source $vm.Id -OSDiskOnly -Name of-web01
            $disk = $snapshot | Restore-ImageSnapshot
            ($snapshot | New-CustomImage).OSDisk.SourceId | Should -Be $snapshot.Id
            ($disk | New-CustomImage).OSType | Should -BeExactly 'Linux'
        }

        It 'says what is missing: <source>' -ForEach @(
            @{ source = 'nothing'; group = 'images'; id = 'VMNotFound'; category = 'ObjectNotFound' }
            @{ source = 'nothing'; group = 'nowhere'; id = 'ResourceGroupNotFound'; category = 'ObjectNotFound' }
            @{ source = '/subscriptions/x/resourceGroups/g/providers/Microsoft.Compute/images/i'; group = 'images'; id = 'InvalidResourceId'; category = 'InvalidArgument' }
        ) {
            $failure = Get-Refusal { New-CustomImage -g $group -Source $source -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.NewCustomImageCommand"
            $failure.CategoryInfo.Category | Should -Be $category
        }

        It 'says when there is no right to it' {
            Set-ImageSandbox -Fault @{ Operation = 'Images_CreateOrUpdate'; Effect = 'Forbidden' }
            $failure = Get-Refusal { New-CustomImage -g images -n forbidden -Source $vhd -OSType Linux -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'AuthorizationFailed,ImageCmdlets.Commands.NewCustomImageCommand'
            $failure.CategoryInfo.Category | Should -Be 'PermissionDenied'
        }
    }

    Context 'of a file' {
        BeforeAll {
            $folder = [System.IO.Directory]::CreateTempSubdirectory('import').FullName
            $small = New-ImageVM -g images -n small01 -l westeurope -Image $debian -DataDiskSizeGB 1 -WarningAction SilentlyContinue
            $snapshot = $small | New-ImageSnapshot -WarningAction SilentlyContinue | Where-Object { $null -ne $_.Lun }
            $file = ($snapshot | Export-ImageSnapshot -DestinationPath "$folder/small.vhd").FilePath
        }

        AfterAll {
            [System.IO.Directory]::Delete($folder, $true)
        }

        It 'makes the image and leaves nothing else' {
            $disks = (Get-ImageSandbox).Resource['Microsoft.Compute/disks']
            $image = New-CustomImage -g images -Path $file -DataDiskPath $file -OSType Linux -HyperVGeneration V2
            $image.Name | Should -BeExactly 'small-image'
            $image.OSType | Should -BeExactly 'Linux'
            $image.HyperVGeneration | Should -BeExactly 'V2'
            $image.DataDisk.Count | Should -Be 1
            (Get-ImageSandbox).Resource['Microsoft.Compute/disks'] | Should -Be $disks
        }

        It 'takes files from the pipeline' {
            ([System.IO.FileInfo]$file | New-CustomImage -g images -n piped -OSType Linux).Name | Should -BeExactly 'piped'
        }

        It 'refuses <Title> with <Id>, and changes nothing' -ForEach @(
            @{ Title = 'a VHDX'; Id = 'InvalidVhd'; Bytes = 'vhdxfile'; Advice = 'Convert-VHD' }
            @{ Title = 'something else'; Id = 'InvalidVhd'; Bytes = 'text'; Advice = 'qemu-img convert' }
            @{ Title = 'a file that is missing'; Id = 'FileNotFound'; Bytes = $null; Advice = 'path' }
        ) {
            if ($Bytes) { [System.IO.File]::WriteAllText("$folder/wrong.vhd", $Bytes) } else { [System.IO.File]::Delete("$folder/wrong.vhd") }
            $failure = Get-Refusal { New-CustomImage -g images -Path "$folder/wrong.vhd" -OSType Linux -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly "$Id,ImageCmdlets.Commands.NewCustomImageCommand"
            $failure.TargetObject | Should -BeExactly ([System.IO.Path]::GetFullPath("$folder/wrong.vhd"))
            $failure.ErrorDetails.RecommendedAction | Should -Match $Advice
        }

        It 'does not let go with -NoWait' {
            $failure = Get-Refusal { New-CustomImage -g images -Path $file -OSType Linux -NoWait -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.NewCustomImageCommand'
        }
    }
}
