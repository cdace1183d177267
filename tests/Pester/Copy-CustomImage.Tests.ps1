Describe 'Copy-CustomImage' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $vm = New-ImageVM -g images -n web01 -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -DataDiskSizeGB 16, 32 -WarningAction SilentlyContinue
        $image = $vm | Invoke-Generalize -Force | New-CustomImage -Tag @{ team = 'web' }
        $null = New-ImageVM -g other -n seed -l northeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
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
        Set-ImageSandbox -ClearFault
        Get-CustomImage -n web01-image-* | Remove-CustomImage -Force
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    It 'gives one result for each region, and the copy has everything' {
        $results = @(Copy-CustomImage -g images -n web01-image -Location 'North Europe', japaneast)
        $results.Count | Should -Be 2
        foreach ($result in $results) {
            $result.State | Should -BeExactly 'Succeeded'
            $result.Method | Should -BeExactly 'SnapshotCopy'
            $result.PercentComplete | Should -Be 100
            $result.DiskCount | Should -Be 3
            $result.SourceId | Should -Be $image.Id
            $result.Name | Should -BeExactly "web01-image-$($result.Location)"
            $copy = Get-CustomImage -ResourceId $result.Id
            $copy.Location | Should -BeExactly $result.Location
            $copy.OSType | Should -BeExactly 'Linux'
            $copy.HyperVGeneration | Should -BeExactly $image.HyperVGeneration
            $copy.OSDisk.Caching | Should -BeExactly $image.OSDisk.Caching
            $copy.OSDisk.StorageAccountType | Should -BeExactly $image.OSDisk.StorageAccountType
            "$($copy.DataDisk | ForEach-Object { "$($_.Lun):$($_.DiskSizeGB)" })" | Should -BeExactly '0:16 1:32'
            $copy.Tag['team'] | Should -BeExactly 'web'
        }
    }

    It 'leaves no temporaries, and nothing of the machine is touched' {
        $disks = (Get-ImageSandbox).Resource['Microsoft.Compute/disks']
        $null = $image | Copy-CustomImage -l northeurope, japaneast
        @(Get-ImageSnapshot).Count | Should -Be 0
        (Get-ImageSandbox).Resource['Microsoft.Compute/disks'] | Should -Be $disks
    }

    It 'takes regions side by side' {
        $elapsed = @($image | Copy-CustomImage -l northeurope, japaneast, brazilsouth, eastus | ForEach-Object { $_.Elapsed.TotalSeconds })
        $elapsed.Count | Should -Be 4
        ($elapsed | Where-Object { $_ -gt 600 }) | Should -BeNullOrEmpty
    }

    It 'goes by way of a gallery where that is wanted, and leaves none' {
        $copy = $image | Copy-CustomImage -l northeurope -Method Gallery
        "$($copy.State) $($copy.Method) $($copy.PercentComplete)" | Should -BeExactly 'Succeeded Gallery 100'
        $copy.Elapsed.TotalMinutes | Should -BeGreaterThan 5
        "$((Get-CustomImage -ResourceId $copy.Id).DataDisk | ForEach-Object { "$($_.Lun):$($_.DiskSizeGB)" })" | Should -BeExactly '0:16 1:32'
        (Get-ImageSandbox).Resource.Keys | Should -Not -Contain 'Microsoft.Compute/galleries'
    }

    It 'goes by way of a gallery by itself where the disks are gone' {
        $lone = New-ImageVM -g images -n lone -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue | Invoke-Generalize -Force | New-CustomImage
        $vm = Get-ImageVM -g images -n lone
        $vm | Remove-ImageVM -Force
        $copy = $lone | Copy-CustomImage -l northeurope
        "$($copy.State) $($copy.Method)" | Should -BeExactly 'Succeeded Gallery'
        $failure = Get-Failure { $lone | Copy-CustomImage -l japaneast -Method SnapshotCopy -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeExactly 'CopySourceNotAvailable,ImageCmdlets.Commands.CopyCustomImageCommand'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-Method Gallery*'
        Get-CustomImage -n lone-image* | Remove-CustomImage -Force
    }

    It 'gives what is there when it is run again' {
        $null = $image | Copy-CustomImage -l northeurope
        $before = (Get-ImageSandbox).Fingerprint
        $again = $image | Copy-CustomImage -l northeurope
        $again.State | Should -BeExactly 'Succeeded'
        $again.Method | Should -BeExactly 'Existing'
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }

    It 'copies to another group under its own name' {
        $copy = $image | Copy-CustomImage -l northeurope -TargetResourceGroupName other -Tag @{ stage = 'copy' }
        $copy.Name | Should -BeExactly 'web01-image'
        $copy.ResourceGroupName | Should -BeExactly 'other'
        $own = (Get-CustomImage -g other -n web01-image).Tag.Keys | Where-Object { $_ -notlike 'imagecmdlets-*' }
        $own | Should -BeExactly 'stage'
        Remove-CustomImage -g other -n web01-image -Force
    }

    It 'copies within a region, to another group' {
        $copy = $image | Copy-CustomImage -l westeurope -TargetResourceGroupName other -TargetName mine
        $copy.State | Should -BeExactly 'Succeeded'
        $copy.Name | Should -BeExactly 'mine'
        Remove-CustomImage -g other -n mine -Force
    }

    It 'shows a failed region and goes on with the others' {
        Set-ImageSandbox -Fault @{ Operation = 'Images_CreateOrUpdate'; Path = '*-northeurope'; Effect = 'Forbidden' }
        $results = @($image | Copy-CustomImage -l northeurope, japaneast -ErrorVariable said -ErrorAction SilentlyContinue)

        $failed = $results | Where-Object State -EQ Failed
        $failed.Location | Should -BeExactly 'northeurope'
        $failed.Error.ErrorId | Should -BeExactly 'AuthorizationFailed'
        ($results | Where-Object State -EQ Succeeded).Location | Should -BeExactly 'japaneast'
        @($said | Where-Object { $_.FullyQualifiedErrorId -eq 'AuthorizationFailed,ImageCmdlets.Commands.CopyCustomImageCommand' }).Count | Should -Be 1
        @(Get-ImageSnapshot).Count | Should -Be 0
    }

    It 'goes on where a time limit stopped it' {
        $failure = Get-Failure { $image | Copy-CustomImage -l northeurope, japaneast -TimeoutSeconds 60 -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeExactly 'OperationTimedOut,ImageCmdlets.Commands.CopyCustomImageCommand'
        $left = @(Get-ImageSnapshot)
        $left.Count | Should -Be 9
        $left[0].Tag['imagecmdlets-operation'] | Should -BeExactly 'Copy-CustomImage'
        $left[0].Tag['imagecmdlets-source'] | Should -Be $image.Id

        $results = @($image | Copy-CustomImage -l northeurope, japaneast)
        @($results | Where-Object State -EQ Succeeded).Count | Should -Be 2
        @(Get-ImageSnapshot).Count | Should -Be 0
    }

    It 'ends with fewer regions, and says what the stopped run has left' {
        $null = Get-Failure { $image | Copy-CustomImage -l northeurope, japaneast -TimeoutSeconds 60 -ErrorAction Stop }
        ($image | Copy-CustomImage -l northeurope -WarningVariable said -WarningAction SilentlyContinue).State | Should -BeExactly 'Succeeded'
        @($said).Count | Should -Be 1
        $said[0] | Should -Match "^Another run's copy of 'web01-image' to japaneast has not ended"
        ($image | Copy-CustomImage -l japaneast -WarningVariable said).State | Should -BeExactly 'Succeeded'
        @($said).Count | Should -Be 0
        @(Get-ImageSnapshot).Count | Should -Be 0
    }

    It 'goes on from its own snapshots when the machine is gone' {
        $gone = New-ImageVM -g gone -n web02 -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
        $its = $gone | Invoke-Generalize -Force | New-CustomImage
        $null = Get-Failure { $its | Copy-CustomImage -l northeurope, japaneast -TimeoutSeconds 60 -ErrorAction Stop }
        $gone | Remove-ImageVM -Force
        $results = @($its | Copy-CustomImage -l northeurope, japaneast -WarningVariable said -WarningAction SilentlyContinue)
        @($results | Where-Object State -EQ Succeeded).Count | Should -Be 2
        $said[0] | Should -Match 'made of the snapshots that an earlier run took'
        @(Get-ImageSnapshot).Count | Should -Be 0
        Get-CustomImage -g gone | Remove-CustomImage -Force
    }

    It 'waits for the image whose answer was lost' {
        Set-ImageSandbox -Fault @{ Method = 'PUT'; Path = '*/images/web01-image-northeurope'; Effect = 'ConnectionReset'; AfterEffect = $true; Count = 1 }
        $results = @($image | Copy-CustomImage -l northeurope, japaneast)
        @($results | Where-Object State -EQ Succeeded).Count | Should -Be 2
        @(Get-ImageSnapshot).Count | Should -Be 0
    }

    It 'gives the tags that the copy has, and says that they are others' {
        $null = $image | Copy-CustomImage -l northeurope -Tag @{ a = 'b' }
        $again = $image | Copy-CustomImage -l northeurope -Tag @{ a = 'c' } -WarningVariable said -WarningAction SilentlyContinue
        $again.Tag['a'] | Should -BeExactly 'b'
        $said[0] | Should -BeExactly "The image 'web01-image-northeurope' is there already with other tags, and keeps them. Set-CustomImage changes them."
    }

    It 'lets an unknown region fail alone' {
        $results = @($image | Copy-CustomImage -l atlantis, northeurope, 'mars/2' -ErrorVariable said -ErrorAction SilentlyContinue)
        "$($results | ForEach-Object { "$($_.Location):$($_.State)" })" | Should -BeExactly 'atlantis:Failed mars/2:Failed northeurope:Succeeded'
        @($said).Count | Should -Be 2
        $said[0].FullyQualifiedErrorId | Should -BeExactly 'InvalidLocation,ImageCmdlets.Commands.CopyCustomImageCommand'
        $said[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $said[0].TargetObject | Should -BeExactly 'atlantis'
        $results[0].Error.ErrorId | Should -BeExactly 'InvalidLocation'
    }

    It 'does step by step what can be done without waiting' {
        $begun = $image | Copy-CustomImage -l northeurope -NoWait
        $begun.State | Should -BeExactly 'InProgress'
        @(Get-ImageSnapshot -g images | Where-Object { $_.Location -eq 'northeurope' -and $_.CompletionPercent -lt 100 }).Count | Should -Be 3
        Set-ImageSandbox -Advance '01:00:00'
        ($image | Copy-CustomImage -l northeurope -NoWait).PercentComplete | Should -Be 100
        Set-ImageSandbox -Advance '00:10:00'
        ($image | Copy-CustomImage -l northeurope -NoWait).Method | Should -BeExactly 'Existing'
        @(Get-ImageSnapshot).Count | Should -Be 0
    }

    It 'works in the background' {
        $results = @($image | Copy-CustomImage -l northeurope, japaneast -AsJob | Wait-Job | Receive-Job)
        @($results | Where-Object State -EQ Succeeded).Count | Should -Be 2
    }

    It 'asks for each region, and does nothing with -WhatIf' {
        $before = (Get-ImageSandbox).Fingerprint
        $image | Copy-CustomImage -l northeurope, japaneast -WhatIf
        $failure = Get-Failure { Copy-CustomImage -g images -n nothing -l northeurope -WhatIf -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeExactly 'ImageNotFound,ImageCmdlets.Commands.CopyCustomImageCommand'
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }

    It 'copies an image of a VHD' {
        $null = New-CustomImage -g images -n debian -Source https://store.blob.core.windows.net/vhds/debian.vhd -OSType Linux -HyperVGeneration V2
        $disks = (Get-ImageSandbox).Resource['Microsoft.Compute/disks']
        $copy = Copy-CustomImage -g images -n debian -l northeurope
        $copy.State | Should -BeExactly 'Succeeded'
        (Get-CustomImage -g images -n debian-northeurope).HyperVGeneration | Should -BeExactly 'V2'
        @(Get-ImageSnapshot).Count | Should -Be 0
        (Get-ImageSandbox).Resource['Microsoft.Compute/disks'] | Should -Be $disks
    }

    It 'says for each region that the source is gone, and what to do' {
        $copies = Copy-CustomImage -g images -n web01-image -l northeurope, japaneast
        $results = @($copies | Copy-CustomImage -l brazilsouth -Method SnapshotCopy -ErrorVariable said -ErrorAction SilentlyContinue)
        @($results | Where-Object State -EQ Failed).Count | Should -Be 2
        $said[0].FullyQualifiedErrorId | Should -BeExactly 'CopySourceNotAvailable,ImageCmdlets.Commands.CopyCustomImageCommand'
        $said[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $said[0].ErrorDetails.RecommendedAction | Should -Match 'gallery'
    }

    Context 'bad input' {
        It 'refuses <problem>' -ForEach @(
            @{ problem = 'a missing group'; parameters = @{ Location = 'northeurope'; TargetResourceGroupName = 'nowhere' }; id = 'ResourceGroupNotFound'; category = 'ObjectNotFound'; target = 'nowhere' }
            @{ problem = 'a name against the rules'; parameters = @{ Location = 'northeurope'; TargetName = '-web' }; id = 'InvalidResourceName'; category = 'InvalidArgument'; target = '-web' }
        ) {
            $failure = Get-Refusal { $image | Copy-CustomImage @parameters -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.CopyCustomImageCommand"
            $failure.CategoryInfo.Category | Should -Be $category
            $failure.TargetObject | Should -BeExactly $target
        }

        It 'stops at an unknown region before anything is changed where errors stop' {
            $failure = Get-Refusal { $image | Copy-CustomImage -l northeurope, atlantis -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidLocation,ImageCmdlets.Commands.CopyCustomImageCommand'
        }

        It 'refuses one name for two images' {
            $second = $vm | New-CustomImage -Name second
            $failure = Get-Refusal { $image, $second | Copy-CustomImage -l northeurope -TargetName golden -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.CopyCustomImageCommand'
            $second | Remove-CustomImage -Force
        }

        It 'refuses the name of another image' {
            $null = New-CustomImage -g images -n web01-image-northeurope -Source https://store.blob.core.windows.net/vhds/debian.vhd -OSType Linux
            $failure = Get-Refusal { $image | Copy-CustomImage -l northeurope -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'ResourceAlreadyExists,ImageCmdlets.Commands.CopyCustomImageCommand'
        }

        It 'says that an image is not there' {
            $failure = Get-Refusal { Copy-CustomImage -g images -n missing -l northeurope -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'ImageNotFound,ImageCmdlets.Commands.CopyCustomImageCommand'
        }

        It 'says that an id is of another type' {
            $failure = Get-Refusal { Copy-CustomImage -ResourceId $vm.Id -l northeurope -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidResourceId,ImageCmdlets.Commands.CopyCustomImageCommand'
        }
    }
}
