Describe 'A fleet of machines' {
    BeforeAll {
        Connect-ImageSession -Sandbox -Seed 7
        Set-ImageSandbox -CoreQuota 1000
        $source = New-ImageVM -g images -n golden -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
        $source | Invoke-Generalize -Force | Out-Null
        New-ImageGallery -g images -n prod -l westeurope | Out-Null
        New-ImageDefinition -g images prod web -FromSource $source.Id | Out-Null
        $version = $source | New-ImageVersion -DefinitionId (Get-ImageDefinition -g images prod web).Id -Version 1.0.0 -TargetRegion westeurope, eastus

        function Get-Failure([scriptblock] $Action) {
            try { & $Action } catch { return $_ }
            throw 'It did not fail.'
        }
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    Context 'New-ImageVM -Count' {
        It 'spreads machines over regions and zones' {
            $fleet = $version | New-ImageVM -g web -NamePrefix web -Count 4 -l westeurope, eastus -WarningAction SilentlyContinue

            $places = (Get-ImageVM -g web | ForEach-Object { "$($_.Name) $($_.Location) $($_.Zone)" }) -join '; '
            $places | Should -BeExactly 'web001 westeurope 1; web002 eastus 1; web003 westeurope 2; web004 eastus 2'
            ($fleet | Where-Object PowerState -EQ Running).Count | Should -Be 4
        }

        It 'fills up to the count and leaves what is there' {
            $before = (Get-ImageVM -g web -n web001).VMId
            $fleet = $version | New-ImageVM -g web -NamePrefix web -Count 5 -l westeurope, eastus -WarningAction SilentlyContinue

            $fleet.Count | Should -Be 5
            ($fleet | Where-Object Name -EQ web001).VMId | Should -BeExactly $before
        }

        It 'says what is short in every region at once, and changes nothing' {
            Set-ImageSandbox -CoreQuota 20
            $print = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure { $version | New-ImageVM -g web -NamePrefix web -Count 60 -l westeurope, eastus -ErrorAction Stop }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'QuotaExceeded,ImageCmdlets.Commands.NewImageVMCommand'
            $failure.CategoryInfo.Category | Should -Be 'QuotaExceeded'
            $failure.Exception.Message | Should -Match 'westeurope: the quota'
            $failure.Exception.Message | Should -Match 'eastus: the quota'
            $failure.Exception.Message | Should -Match 'eastus: 28 machines made at once want 2 replicas'
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $print
            Set-ImageSandbox -CoreQuota 1000
        }

        It 'gives the version the replicas that it lacks, where it is asked to' {
            $version | New-ImageVM -g many -NamePrefix many -Count 45 -l westeurope, eastus -EnsureReplica -NoPublicIPAddress -WarningAction SilentlyContinue | Out-Null

            (Get-ImageVM -g many).Count | Should -Be 45
            (Get-ImageVersion -g images prod web 1.0.0).TargetRegion.ReplicaCount | Should -Be @(2, 2)
        }

        It 'installs extensions, whose secrets nobody sees' {
            $script = @{ Publisher = 'Microsoft.Azure.Extensions'; Type = 'CustomScript'; Version = '2.1'; ProtectedSetting = @{ commandToExecute = 'echo Geheim-4711; exit 4' } }
            $failure = Get-Failure { $version | New-ImageVM -g extended -NamePrefix e -Count 1 -l westeurope -Extension $script -WarningAction SilentlyContinue -ErrorAction Stop }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'VMExtensionFailed,ImageCmdlets.Commands.NewImageVMCommand'
            $failure.CategoryInfo.Category | Should -Be 'InvalidResult'
            $failure.TargetObject | Should -BeLike '*/virtualMachines/e001'
            $failure.Exception.Message | Should -Match "'e001' runs, but its extension 'CustomScript' could not be installed"
            $before = (Get-ImageVM -g extended -n e001).VMId

            $script.ProtectedSetting.commandToExecute = 'echo Geheim-4711'
            $vm = $version | New-ImageVM -g extended -NamePrefix e -Count 1 -l westeurope -Extension $script -WarningAction SilentlyContinue
            $vm.VMId | Should -BeExactly $before

            $extension = [ImageCmdlets.ImageVMExtension] $script
            $extension.Name | Should -BeExactly 'CustomScript'
            $extension.AutoUpgradeMinorVersion | Should -BeTrue
            "$extension $($extension.ProtectedSetting)" | Should -BeExactly 'CustomScript (Microsoft.Azure.Extensions/CustomScript 2.1) (protected)'
            ($extension.ProtectedSetting.PSObject.Properties | ForEach-Object Name) | Should -BeNullOrEmpty
            [System.Management.Automation.PSSerializer]::Serialize($extension, 9) | Should -Not -Match 'Geheim'
        }

        It 'refuses an extension that lacks something, and -NoWait beside extensions' {
            $print = (Get-ImageSandbox).Fingerprint
            (Get-Failure { $version | New-ImageVM -g web -NamePrefix e -Count 1 -l westeurope -Extension @{ Type = 'CustomScript' } -ErrorAction Stop }).FullyQualifiedErrorId |
                Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.NewImageVMCommand'
            (Get-Failure { $version | New-ImageVM -g web -NamePrefix e -Count 1 -l westeurope -NoWait -Extension @{ Publisher = 'P'; Type = 'T'; Version = '1.0' } -ErrorAction Stop }).FullyQualifiedErrorId |
                Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.NewImageVMCommand'
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $print
        }

        It 'takes the aliases of az for images' {
            $vm = New-ImageVM -g alias -n a -l westeurope -Image debian12 -WarningAction SilentlyContinue

            $vm.Image | Should -BeLike 'Debian:debian-12:12-gen2:*'
        }

        It 'changes nothing with -WhatIf' {
            $print = (Get-ImageSandbox).Fingerprint
            $version | New-ImageVM -g other -NamePrefix o -Count 3 -l westeurope -WhatIf

            (Get-ImageSandbox).Fingerprint | Should -BeExactly $print
        }

        It 'refuses several regions for one machine' {
            $failure = Get-Failure { New-ImageVM -g web -n one -Image $version.Id -l westeurope, eastus }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.NewImageVMCommand'
        }

        It 'refuses -Zone beside -NoZone' {
            $failure = Get-Failure { New-ImageVM -g web -NamePrefix web -Count 2 -Image $version.Id -l westeurope -Zone 1 -NoZone }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.NewImageVMCommand'
        }

        It 'goes as it came' {
            Get-ImageVM -g many | Remove-ImageVM -RemoveResourceGroup -Force

            (Get-Failure { Get-ImageVM -g many -n many001 -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeExactly 'ResourceGroupNotFound,ImageCmdlets.Commands.GetImageVMCommand'
        }
    }

    Context 'Measure-ImageReplica' {
        It 'counts what so many machines want' {
            $measure = $version | Measure-ImageReplica 100

            ($measure | ForEach-Object { "$_ $($_.VMCount) $($_.IsEnough)" }) -join '; ' | Should -BeExactly 'westeurope: 2 of 3 50 False; eastus: 2 of 3 50 False'
        }

        It 'takes a definition for its latest version, and regions' {
            $measure = Get-ImageDefinition -g images prod web | Measure-ImageReplica -Count 41 -l eastus

            $measure.Id | Should -Be $version.Id
            $measure.RequiredReplicaCount | Should -Be 3
        }

        It 'tells of a region that the version is not in' {
            ($version | Measure-ImageReplica 1 -l japaneast).ReplicaCount | Should -Be 0
        }

        It 'refuses what is no version' {
            $failure = Get-Failure { (Get-ImageVM -g web -n web001).Id | Measure-ImageReplica 1 -ErrorAction Stop }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidResourceId,ImageCmdlets.Commands.MeasureImageReplicaCommand'
        }
    }
}
