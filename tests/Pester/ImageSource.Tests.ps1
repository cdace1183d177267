Describe 'Get-ImageSource' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $vm = New-ImageVM -g images -n web01 -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -DataDiskSizeGB 32

        function Get-Failure([scriptblock] $Script) {
            $ErrorActionPreference = 'Stop'
            try { $null = & $Script } catch { $_ }
        }

        function Get-Possible($Source) {
            ($Source.Target | Where-Object IsPossible | ForEach-Object { "$($_.Target)" }) -join ' '
        }
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    It 'says of a running machine what it can become, and why it cannot be a managed image' {
        $source = $vm | Get-ImageSource

        "$($source.Kind)" | Should -BeExactly 'VM'
        $source.PowerState | Should -BeExactly 'Running'
        $source.OSState | Should -BeExactly 'Specialized'
        $source.Architecture | Should -BeExactly 'x64'
        $source.DataDisk[0].DiskSizeGB | Should -Be 32
        Get-Possible $source | Should -BeExactly 'ImageVersion Snapshot'
        $image = $source.Target | Where-Object Target -EQ 'CustomImage'
        $image.ErrorId | Should -BeExactly 'VMIsRunning'
        $image.RecommendedAction | Should -Match 'Invoke-Generalize'
    }

    It 'gives the refusal that the command itself would give' {
        $said = (Get-ImageSource $vm.Id).Target | Where-Object Target -EQ 'CustomImage'

        $failure = Get-Failure { New-CustomImage -Source $vm.Id -Name refused }

        $failure.FullyQualifiedErrorId | Should -BeExactly "$($said.ErrorId),ImageCmdlets.Commands.NewCustomImageCommand"
        $failure.Exception.Message | Should -BeExactly $said.Reason
    }

    It 'follows a machine through the main job' {
        $generalized = New-ImageVM -g images -n web02 -l westeurope -Image 'Debian:debian-12:12-gen2:latest' | Invoke-Generalize -Force

        $source = Get-ImageSource web02 -g images
        $source.OSState | Should -BeExactly 'Generalized'
        Get-Possible $source | Should -BeExactly 'CustomImage ImageVersion Snapshot'

        $image = $generalized | New-CustomImage | Get-ImageSource
        "$($image.Kind)" | Should -BeExactly 'CustomImage'
        Get-Possible $image | Should -BeExactly 'VM Copy ImageVersion'
        ($image.Target | Where-Object Target -EQ 'Snapshot').ErrorId | Should -BeExactly 'OperationNotSupported'
    }

    It 'knows disks and snapshots' {
        $disk = Get-ImageSource $vm.OSDisk.SourceId
        "$($disk.Kind)" | Should -BeExactly 'Disk'
        $disk.OSType | Should -BeExactly 'Linux'
        Get-Possible $disk | Should -BeExactly 'ImageVersion Snapshot'
        ($disk.Target | Where-Object Target -EQ 'CustomImage').ErrorId | Should -BeExactly 'VMIsRunning'

        $full = New-ImageSnapshot -Source $vm.OSDisk.SourceId -g images -n full -Full | Get-ImageSource
        "$($full.Kind)" | Should -BeExactly 'Snapshot'
        Get-Possible $full | Should -BeExactly 'VM CustomImage ImageVersion Vhd'
        $copy = $full.Target | Where-Object Target -EQ 'Copy'
        $copy.ErrorId | Should -BeExactly 'OperationNotSupported'
        $copy.RecommendedAction | Should -Match 'incremental'

        $data = New-ImageSnapshot -Source $vm.DataDisk[0].SourceId -g images -n data | Get-ImageSource
        $data.OSType | Should -BeNullOrEmpty
        Get-Possible $data | Should -BeExactly 'Copy ImageVersion Vhd'
    }

    It 'knows images of the marketplace, and whether their terms are accepted' {
        $debian = Get-ImageSource 'Debian:debian-12:12-gen2:latest' -l westeurope
        "$($debian.Kind)" | Should -BeExactly 'MarketplaceImage'
        $debian.Source | Should -Not -Match 'latest'
        Get-Possible $debian | Should -BeExactly 'VM'

        $flatcar = Find-MarketplaceImage kinvolk '*' 'stable-gen2' -l westeurope | Get-ImageSource
        "$($flatcar.Plan)" | Should -BeExactly 'kinvolk:flatcar-container-linux-free:stable-gen2'
        Get-Possible $flatcar | Should -BeNullOrEmpty
        ($flatcar.Target | Where-Object Target -EQ 'VM').ErrorId | Should -BeExactly 'MarketplaceTermsNotAccepted'

        $null = Approve-MarketplaceTerm $flatcar.Plan
        Get-Possible (Get-ImageSource $flatcar.Source -l westeurope) | Should -BeExactly 'VM'
    }

    It 'knows versions, by their definition too, and what managed images cannot be' {
        $null = New-ImageGallery -g images -n prod
        $definition = $vm | New-ImageDefinition -g images -GalleryName prod -Name special
        $version = $vm | New-ImageVersion -g images prod special

        $source = $definition | Get-ImageSource
        "$($source.Kind)" | Should -BeExactly 'ImageVersion'
        $source.Source | Should -BeExactly $version.Id
        $source.OSState | Should -BeExactly 'Specialized'
        Get-Possible $source | Should -BeExactly 'VM ImageVersion Snapshot'

        $said = $source.Target | Where-Object Target -EQ 'Copy'
        $failure = Get-Failure { Copy-CustomImage -ResourceId $version.Id -Location northeurope }
        $failure.FullyQualifiedErrorId | Should -BeExactly "$($said.ErrorId),ImageCmdlets.Commands.CopyCustomImageCommand"
        $failure.Exception.Message | Should -BeExactly $said.Reason
    }

    It 'knows the address of a VHD' {
        $blob = Get-ImageSource 'https://store.blob.core.windows.net/vhds/os.vhd'

        "$($blob.Kind)" | Should -BeExactly 'Vhd'
        $blob.Name | Should -BeExactly 'os.vhd'
        Get-Possible $blob | Should -BeExactly 'CustomImage ImageVersion'
    }

    It 'follows a version back to the marketplace, over a machine and an image that are gone' {
        $null = New-ImageDefinition -g images -GalleryName prod -Name web -FromSource (Get-CustomImage -g images -n web02-image).Id
        $version = New-ImageVersion -g images prod web -Source (Get-CustomImage -g images -n web02-image).Id
        Remove-ImageVM -g images -n web02 -Force

        $source = $version | Get-ImageSource -IncludeLineage

        ($source.Lineage | ForEach-Object { "$_" }) -join ', ' | Should -BeExactly "ImageVersion web 1.0.0, CustomImage web02-image, VM web02, MarketplaceImage $($source.Urn)"
        ($source.Lineage | Where-Object Exists -EQ $false).Reason | Should -BeExactly 'is gone; what comes before is told by tags'
        $source.Urn | Should -Match '^Debian:debian-12:12-gen2:\d'

        Remove-CustomImage -g images -n web02-image -Force
        ($version | Get-ImageSource -IncludeLineage).Lineage[-1].Id | Should -BeExactly $source.Urn
        ($version | Get-ImageSource).Urn | Should -BeExactly $source.Urn
        @(($version | Get-ImageSource).Lineage).Count | Should -Be 0
    }

    It 'says where a lineage ends early' {
        $disk = (Get-ImageSource $vm.DataDisk[0].SourceId -IncludeLineage).Lineage

        @($disk).Count | Should -Be 1
        $disk[0].Reason | Should -BeExactly 'does not say what it was made of, and no tag says what comes before'
    }

    It 'writes every target as an object that says so in a word' {
        $targets = (Get-ImageSource $vm.Id).Target

        ($targets | ForEach-Object { "$($_.Target)" }) -join ' ' | Should -BeExactly 'VM CustomImage Copy ImageVersion Snapshot Vhd'
        "$($targets[3])" | Should -BeExactly 'ImageVersion'
        "$($targets[0])" | Should -Match '^VM: '
        $targets[4].Command | Should -BeExactly "New-ImageSnapshot -Source '$($vm.Id)'"
    }

    It 'refuses <text>: <id>' -ForEach @(
        @{ text = 'nothing'; id = 'InvalidArgument' }
        @{ text = 'a:b:c'; id = 'InvalidImageUrn' }
        @{ text = 'Debian:debian-12:12-gen2:latest'; id = 'InvalidArgument' }
        @{ text = '/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/images'; id = 'InvalidResourceId' }
        @{ text = 'http://store.blob.core.windows.net/vhds/os.vhd'; id = 'InvalidArgument' }
    ) {
        $failure = Get-Failure { Get-ImageSource $text }

        $failure.FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.GetImageSourceCommand"
    }

    It 'says what is not there, and goes on' {
        $sources = Get-ImageSource missing, web01 -g images -ErrorVariable failures -ErrorAction SilentlyContinue

        @($sources).Count | Should -Be 1
        @($failures).Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -BeExactly 'SourceNotFound,ImageCmdlets.Commands.GetImageSourceCommand'
    }

    It 'changes nothing' {
        $before = (Get-ImageSandbox).Fingerprint

        $null = Get-ImageSource web01 -g images

        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }
}
