Describe 'Galleries and image definitions' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $null = New-ImageVM -g images -n seed -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
        function Get-Failure([scriptblock] $Script) {
            try { & $Script; $null } catch { $_ }
        }
        $null = New-ImageGallery -g images -n prod -Description 'Golden'
        $null = New-ImageDefinition -g images prod web -OSType Linux
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    Context 'New-ImageGallery' {
        It 'makes one in the region of its group' {
            $gallery = New-ImageGallery -g images -n made -SoftDelete -Tag @{ team = 'web' }
            $gallery.Location | Should -BeExactly 'westeurope'
            $gallery.SoftDelete | Should -BeTrue
            $gallery.Permission | Should -BeExactly 'Private'
            $gallery.Tag['team'] | Should -BeExactly 'web'
        }

        It 'takes names from a table' {
            $made = [pscustomobject] @{ ResourceGroupName = 'images'; Name = 'piped' } | New-ImageGallery
            $made.Name | Should -BeExactly 'piped'
        }

        It 'refuses <problem>' -ForEach @(
            @{ problem = 'a dash'; parameters = @{ Name = 'my-gallery' }; id = 'InvalidResourceName' }
            @{ problem = 'a region that is none'; parameters = @{ Name = 'mine'; Location = 'mars' }; id = 'InvalidLocation' }
            @{ problem = 'a group that is not there'; parameters = @{ Name = 'mine'; ResourceGroupName = 'none' }; id = 'ResourceGroupNotFound' }
            @{ problem = 'another one of the name'; parameters = @{ Name = 'prod'; Description = 'Silver' }; id = 'ResourceAlreadyExists' }
        ) {
            $before = (Get-ImageSandbox).Fingerprint
            if (-not $parameters.ContainsKey('ResourceGroupName')) { $parameters['ResourceGroupName'] = 'images' }
            $failure = Get-Failure { New-ImageGallery @parameters -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.NewImageGalleryCommand"
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'does nothing with -WhatIf' {
            $before = (Get-ImageSandbox).Fingerprint
            New-ImageGallery -g images -n unmade -WhatIf | Should -BeNullOrEmpty
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }
    }

    Context 'Get-ImageGallery and Set-ImageGallery' {
        It 'finds them by pattern and by id' {
            (Get-ImageGallery -n pro*).Name | Should -BeExactly 'prod'
            (Get-ImageGallery -ResourceId (Get-ImageGallery -g images -n prod).Id).Description | Should -BeExactly 'Golden'
        }

        It 'changes what is named and leaves the rest' {
            $gallery = Get-ImageGallery -g images -n prod | Set-ImageGallery -SoftDelete
            $gallery.SoftDelete | Should -BeTrue
            $gallery.Description | Should -BeExactly 'Golden'
            (Set-ImageGallery -g images -n prod -SoftDelete:$false).SoftDelete | Should -BeFalse
        }

        It 'says that there is nothing to change' {
            (Get-Failure { Set-ImageGallery -g images -n prod -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.SetImageGalleryCommand'
        }

        It 'says what is not there' {
            $failure = Get-Failure { Get-ImageGallery -g images -n missing -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'ResourceNotFound,ImageCmdlets.Commands.GetImageGalleryCommand'
            $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        }
    }

    Context 'Image definitions' {
        It 'takes all from a machine in the pipeline' {
            $definition = Get-ImageVM -g images -n seed | New-ImageDefinition -g images -GalleryName prod -Name fromvm -OSState Generalized
            $definition.GalleryName | Should -BeExactly 'prod'
            $definition.OSType | Should -BeExactly 'Linux'
            $definition.OSState | Should -BeExactly 'Generalized'
            $definition.HyperVGeneration | Should -BeExactly 'V2'
            $definition.SecurityType | Should -BeExactly 'Standard'
        }

        It 'finds them by <way>' -ForEach @(
            @{ way = 'names'; find = { Get-ImageDefinition -g images prod web } }
            @{ way = 'patterns'; find = { Get-ImageDefinition -GalleryName p* -n we? } }
            @{ way = 'their id'; find = { (Get-ImageDefinition -g images prod web).Id | Get-ImageDefinition } }
            @{ way = 'their gallery'; find = { Get-ImageGallery -g images -n prod | Get-ImageDefinition | Where-Object Name -eq web } }
        ) {
            (& $find).Name | Should -BeExactly 'web'
        }

        It 'changes them by objects' {
            $definition = Get-ImageDefinition -g images prod web | Set-ImageDefinition -Description 'Web' -Tag @{ team = 'web' }
            $definition.Description | Should -BeExactly 'Web'
            $definition.Tag['team'] | Should -BeExactly 'web'
        }

        It 'refuses another definition of the name, and says what differs' {
            $before = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure { New-ImageDefinition -g images prod web -OSType Windows -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'ResourceAlreadyExists,ImageCmdlets.Commands.NewImageDefinitionCommand'
            $failure.Exception.Message | Should -Match 'OSType is Linux, not Windows'
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'says what is not there' {
            (Get-Failure { Get-ImageDefinition -g images prod none -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeExactly 'ImageNotFound,ImageCmdlets.Commands.GetImageDefinitionCommand'
            @(Get-ImageDefinition -g images prod none*).Count | Should -Be 0
        }
    }

    Context 'Removal' {
        It 'keeps a gallery with something in it, unless told otherwise' {
            $null = New-ImageGallery -g images -n full
            $null = New-ImageDefinition -g images full a -OSType Linux
            $null = New-ImageDefinition -g images full b -OSType Linux
            (Get-Failure { Remove-ImageGallery -g images -n full -Force -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeExactly 'ResourceInUse,ImageCmdlets.Commands.RemoveImageGalleryCommand'
            Remove-ImageGallery -g images -n full -Recurse -WhatIf
            @(Get-ImageDefinition -g images full).Count | Should -Be 2
            Remove-ImageDefinition -g images full b* -Force
            (Get-ImageDefinition -g images full).Name | Should -BeExactly 'a'
            Get-ImageGallery -g images -n full | Remove-ImageGallery -Recurse -Force | Should -BeNullOrEmpty
            @(Get-ImageGallery -n full*).Count | Should -Be 0
        }

        It 'does not wait for what must be done in order' {
            (Get-Failure { Remove-ImageGallery -g images -n prod -Recurse -NoWait -Force -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.RemoveImageGalleryCommand'
        }
    }
}
