Describe 'Image versions' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $null = New-ImageVM -g images -n seed -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
        $null = New-ImageGallery -g images -n prod -SoftDelete
        function Get-Failure([scriptblock] $Script) {
            try { & $Script; $null } catch { $_ }
        }
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    Context 'Publishing' {
        It 'takes a running machine as a specialized version' {
            $null = Get-ImageVM -g images -n seed | New-ImageDefinition -g images -GalleryName prod -Name special
            $version = Get-ImageVM -g images -n seed | New-ImageVersion -g images prod special
            $version.Version | Should -Be ([version] '1.0.0')
            $version.SourceId | Should -Match '/virtualMachines/seed$'
            (Get-ImageVM -g images -n seed).PowerState | Should -BeExactly 'Running'
        }

        It 'refuses a machine that was not generalized for a generalized definition' {
            $null = Get-ImageVM -g images -n seed | New-ImageDefinition -g images -GalleryName prod -Name web -OSState Generalized
            $before = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure { Get-ImageVM -g images -n seed | New-ImageVersion -g images prod web -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'VMNotGeneralized,ImageCmdlets.Commands.NewImageVersionCommand'
            $failure.ErrorDetails.RecommendedAction | Should -Match 'Invoke-Generalize'
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'stands behind Invoke-Generalize in a pipeline' {
            $version = Invoke-Generalize -g images -n seed -Force -WarningAction SilentlyContinue | New-ImageVersion -g images prod web -TargetRegion westeurope=3, 'North Europe' -StageExcluded
            $version.ProvisioningState | Should -BeExactly 'Succeeded'
            "$($version.TargetRegion)" | Should -BeExactly 'westeurope=3 northeurope'
            $version.IsStaged | Should -BeTrue
            $version.ExcludeFromLatest | Should -BeTrue
            $version.TargetRegion[1].State | Should -BeExactly 'Completed'
        }

        It 'takes managed images by another name, and counts on' {
            $image = New-CustomImage -g images -n web-image -Source seed
            $version = $image | Publish-CustomImage -g images prod web -Increment Minor -Tag @{ build = '7' }
            $version.Name | Should -BeExactly '1.1.0'
            $version.Tag['build'] | Should -BeExactly '7'
            ($image | New-ImageVersion -g images prod web -Version 1.10.0 -TargetRegion @{ Name = 'westeurope'; ReplicaCount = 2 }, @{ Location = 'northeurope'; ExcludeFromLatest = $true }).TargetRegion[1].ExcludeFromLatest | Should -BeTrue
        }

        It 'takes another version, and a date as its number' {
            $definition = New-ImageDefinition -g images prod copy -FromSource (Get-ImageVersion -g images prod web 1.1.0).Id
            $version = Get-ImageVersion -g images prod web 1.1.0 | New-ImageVersion -DefinitionId $definition.Id -Increment Date
            $version.SourceId | Should -Match '/versions/1.1.0$'
            $version.Version.Major | Should -BeGreaterThan 2020
        }

        It 'refuses <problem>' -ForEach @(
            @{ problem = 'a number that is none'; parameters = @{ Version = '1.0' }; id = 'InvalidResourceName' }
            @{ problem = 'both a number and a rule'; parameters = @{ Version = '1.0.0'; Increment = 'Patch' }; id = 'InvalidArgument' }
            @{ problem = 'a region that is none'; parameters = @{ TargetRegion = 'mars' }; id = 'InvalidLocation' }
            @{ problem = 'regions without the source''s'; parameters = @{ TargetRegion = 'northeurope' }; id = 'RegionMismatch' }
            @{ problem = 'an end of life that is past'; parameters = @{ EndOfLife = [datetime] '2001-01-01' }; id = 'InvalidArgument' }
            @{ problem = 'a definition that is not there'; parameters = @{ DefinitionName = 'none' }; id = 'ImageNotFound' }
        ) {
            $before = (Get-ImageSandbox).Fingerprint
            $all = @{ ResourceGroupName = 'images'; GalleryName = 'prod'; DefinitionName = 'web'; Source = (Get-CustomImage -g images -n web-image).Id }
            foreach ($name in $parameters.Keys) { $all[$name] = $parameters[$name] }
            (Get-Failure { New-ImageVersion @all -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.NewImageVersionCommand"
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'refuses replicas that cannot be' {
            (Get-Failure { New-ImageVersion -g images prod web -Source x -TargetRegion westeurope=0 }).FullyQualifiedErrorId | Should -Match 'ParameterArgumentTransformationError'
        }

        It 'makes nothing with -WhatIf' {
            $before = (Get-ImageSandbox).Fingerprint
            Get-CustomImage -g images -n web-image | New-ImageVersion -g images prod web -WhatIf | Should -BeNullOrEmpty
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }
    }

    Context 'Finding' {
        It 'orders by number' {
            @(Get-ImageVersion -g images prod web).Name -join ' ' | Should -BeExactly '1.0.0 1.1.0 1.10.0'
            (Get-ImageVersion -g images prod web 1.1*).Count | Should -Be 2
        }

        It 'knows the latest, everywhere and in a region' {
            (Get-ImageVersion -g images prod web -Latest).Name | Should -BeExactly '1.10.0'
            (Get-ImageGallery -g images -n prod | Get-ImageDefinition | Where-Object Name -eq web | Get-ImageVersion -Latest -Location westeurope).Name | Should -BeExactly '1.10.0'
            Get-ImageVersion -g images prod web -Latest -Location northeurope | Should -BeNullOrEmpty
        }

        It 'tells regions only when asked' {
            (Get-ImageVersion -g images prod web 1.10.0).ReplicationState | Should -BeNullOrEmpty
            (Get-ImageVersion -g images prod web 1.10.0 -IncludeReplication).ReplicationState | Should -BeExactly 'Completed'
        }

        It 'wants -Latest with -Location' {
            (Get-Failure { Get-ImageVersion -g images prod web -Location westeurope }).FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.GetImageVersionCommand'
        }
    }

    Context 'Changing' {
        It 'releases what was staged' {
            $version = Get-ImageVersion -g images prod web | Where-Object IsStaged | Set-ImageVersion -ExcludeFromLatest:$false
            $version.IsStaged | Should -BeFalse
            (Get-ImageVersion -g images prod web -Latest -Location northeurope).Name | Should -BeExactly '1.0.0'
        }

        It 'adds a region and keeps the others' {
            $regions = Set-ImageReplication -g images prod web 1.10.0 -AddRegion japaneast=2
            @($regions).Count | Should -Be 3
            "$((Get-ImageVersion -g images prod web 1.10.0).TargetRegion)" | Should -BeExactly 'westeurope=2 northeurope japaneast=2'
        }

        It 'gives regions up' {
            $null = Get-ImageVersion -g images prod web 1.10.0 | Set-ImageReplication -RemoveRegion japaneast -ReplicaCount 1
            "$((Get-ImageVersion -g images prod web 1.10.0).TargetRegion)" | Should -BeExactly 'westeurope northeurope'
            (Get-Failure { Set-ImageReplication -g images prod web 1.10.0 -RemoveRegion westeurope -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.SetImageReplicationCommand'
        }

        It 'waits for what was not waited for' {
            $operation = Get-CustomImage -g images -n web-image | New-ImageVersion -g images prod web -Version 2.0.0 -NoWait
            $operation.State | Should -BeExactly 'InProgress'
            $regions = $operation | Wait-ImageReplication
            $regions.Region | Should -BeExactly 'westeurope'
            $regions.State | Should -BeExactly 'Completed'
            (Get-ImageReplication -g images prod web 2.0.0).Progress | Should -Be 100
            (Wait-ImageReplication -g images prod web 2.*).Name | Should -Contain '2.0.0'
        }
    }

    Context 'Removing' {
        It 'removes and brings back' {
            $id = (Get-ImageVersion -g images prod web 1.1.0).Id
            Remove-ImageVersion -g images prod web 1.1.0 -Force | Should -BeNullOrEmpty
            @(Get-ImageVersion -g images prod web).Name -join ' ' | Should -BeExactly '1.0.0 1.10.0 2.0.0'
            $kept = Get-ImageVersion -g images prod web -SoftDeleted
            $kept.Id | Should -BeExactly $id
            $kept.IsSoftDeleted | Should -BeTrue
            ($kept | Restore-ImageVersion -Tag @{ back = 'yes' }).Tag['back'] | Should -BeExactly 'yes'
            (Get-ImageVersion -ResourceId $id).ProvisioningState | Should -BeExactly 'Succeeded'
        }

        It 'keeps what may not go yet' {
            $null = Set-ImageVersion -g images prod web 1.1.0 -EndOfLife ([datetime]::new(2040, 1, 1)) -BlockDeletionBeforeEndOfLife
            (Get-Failure { Remove-ImageVersion -g images prod web 1.1.0 -Force -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeExactly 'OperationNotAllowed,ImageCmdlets.Commands.RemoveImageVersionCommand'
            $null = Set-ImageVersion -g images prod web 1.1.0 -BlockDeletionBeforeEndOfLife:$false
        }

        It 'removes the gallery with all that is in it' {
            Remove-ImageGallery -g images -n prod -Recurse -Force
            @(Get-ImageGallery -n prod*).Count | Should -Be 0
        }
    }
}
