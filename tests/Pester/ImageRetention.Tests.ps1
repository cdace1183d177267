Describe 'Use and retention of image versions' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $null = New-ImageVM -g images -n seed -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
        $null = New-ImageGallery -g images -n prod
        $image = Invoke-Generalize -g images -n seed -Force -WarningAction SilentlyContinue | New-CustomImage -g images -n web-image
        $null = $image | New-ImageDefinition -g images -GalleryName prod -Name web
        foreach ($version in '1.0.0', '1.1.0', '1.2.0', '1.9.0', '1.10.0', '1.11.0', '1.12.0') {
            $null = $image | New-ImageVersion -g images prod web -Version $version
        }
        $null = $image | New-ImageVersion -g images prod web -Version 1.2.1 -Tag @{ keep = 'audit' }
        $used = (Get-ImageVersion -g images prod web 1.0.0).Id
        $null = New-ImageVM -g apps -n web01 -l westeurope -Image $used -WarningAction SilentlyContinue
        $null = New-ImageVM -g apps -n web02 -l westeurope -Image (Get-ImageDefinition -g images prod web).Id -WarningAction SilentlyContinue

        function Get-Failure([scriptblock] $Script) {
            $ErrorActionPreference = 'Stop'
            try { $null = & $Script } catch { $_ }
        }

        function Get-Leaving($Plan) {
            ($Plan | Where-Object Action -EQ Remove | ForEach-Object Version) -join ' '
        }
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    Context 'Removal of what is in use' {
        It 'refuses <Command>, and says who uses it' -TestCases @(
            @{ Command = 'Remove-ImageVersion'; Run = { $used | Remove-ImageVersion -Confirm:$false }; Users = "'web 1.0.0' is in use by VM web01." }
            @{ Command = 'Remove-ImageDefinition'; Run = { Remove-ImageDefinition -g images prod web -Recurse -Confirm:$false }; Users = "'web' is in use by VM web01, VM web02." }
            @{ Command = 'Remove-ImageGallery'; Run = { Remove-ImageGallery -g images -n prod -Recurse -Confirm:$false }; Users = "'prod' is in use by VM web01, VM web02." }
        ) {
            $before = (Get-ImageSandbox).Fingerprint

            $failure = Get-Failure $Run

            $failure.FullyQualifiedErrorId | Should -BeExactly "ResourceInUse,ImageCmdlets.Commands.$($Command.Replace('-', ''))Command"
            $failure.CategoryInfo.Category | Should -Be ResourceBusy
            "$failure" | Should -BeExactly $Users
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'refuses a managed image, and removes it with the word for it' {
            $null = Invoke-Generalize -g apps -n web02 -Force -PreserveSource -WarningAction SilentlyContinue | New-CustomImage -g images -n plain
            $null = New-ImageVM -g apps -n web03 -l westeurope -Image (Get-CustomImage -g images -n plain).Id -WarningAction SilentlyContinue

            (Get-Failure { Remove-CustomImage -g images -n plain -Confirm:$false }).FullyQualifiedErrorId | Should -BeExactly 'ResourceInUse,ImageCmdlets.Commands.RemoveCustomImageCommand'
            Remove-CustomImage -g images -n plain -AllowInUse -Confirm:$false
            Get-CustomImage -g images | ForEach-Object Name | Should -BeExactly 'web-image'
            Remove-ImageVM -g apps -n web03 -Force -Confirm:$false
        }
    }

    Context 'Get-ImageUsage' {
        It 'finds the machines of a definition, with the version of each' {
            $uses = Get-ImageDefinition -g images prod web | Get-ImageUsage

            (@($uses) | ForEach-Object Name) -join ' ' | Should -BeExactly 'web01 web02'
            $uses[0].Version | Should -BeExactly '1.0.0'
            $uses[0].FollowsLatest | Should -BeFalse
            $uses[1].Version | Should -BeExactly '1.12.0'
            "$($uses[0])" | Should -BeExactly 'VM web01'
        }

        It 'finds the versions that were made of an image' {
            $uses = $image | Get-ImageUsage

            @($uses | Where-Object Kind -EQ ImageVersion).Count | Should -Be 8
        }

        It 'finds the machines themselves' {
            ($used | Get-ImageUsage | Get-ImageVM).Name | Should -BeExactly 'web01'
        }

        It 'gives the same from the lists as from Resource Graph' {
            $definition = Get-ImageDefinition -g images prod web
            $live = $definition | Get-ImageUsage -Live

            ($live | ForEach-Object { "$_ $($_.ImageId)" }) -join ' ' | Should -BeExactly (($definition | Get-ImageUsage | ForEach-Object { "$_ $($_.ImageId)" }) -join ' ')
        }

        It 'gives nothing where nobody uses it' {
            Get-ImageVersion -g images prod web 1.1.0 | Get-ImageUsage | Should -BeNullOrEmpty
        }

        It 'refuses what is no image' {
            $failure = Get-Failure { Get-ImageUsage (Get-ImageVM -g apps -n web01).Id }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidResourceId,ImageCmdlets.Commands.GetImageUsageCommand'
        }
    }

    Context 'Get-ImageRetention' {
        It 'keeps the newest, what is in use and what is latest, and says so' {
            $plan = Get-ImageRetention -g images prod web -KeepLast 2

            ($plan | ForEach-Object Version) -join ' ' | Should -BeExactly '1.12.0 1.11.0 1.10.0 1.9.0 1.2.1 1.2.0 1.1.0 1.0.0'
            Get-Leaving $plan | Should -BeExactly '1.10.0 1.9.0 1.2.1 1.2.0 1.1.0'
            $plan[0].Reason -join ', ' | Should -Match 'latest version in westeurope'
            $plan[7].Reason -join ', ' | Should -BeExactly 'is in use by web01'
            $plan[7].UseCount | Should -Be 1
            $plan[2].Reason -join ', ' | Should -BeExactly 'is older than the newest 2, is used by nobody'
        }

        It 'tells name, group and rules' {
            $first = @(Get-ImageRetention -g images prod web -KeepLast 2 -KeepDays 7 -KeepTag @{ keep = 'audit' } -IgnoreUsage)[0]
            "$($first.ResourceGroupName) $($first.Name) $($first.Version -eq $first.Name)" | Should -BeExactly "images $($first.Version) True"
            "$($first.Rule)" | Should -BeExactly 'Keep the last 2, those of the last 7 days, those with the tag keep=audit'
        }

        It 'keeps by tag, by value or by name' {
            Get-Leaving (Get-ImageRetention -g images prod web -KeepTag @{ keep = 'audit' }) | Should -BeExactly '1.9.0 1.2.0 1.1.0'
            Get-Leaving (Get-ImageRetention -g images prod web -KeepTag @{ keep = 'other' }) | Should -BeExactly '1.9.0 1.2.1 1.2.0 1.1.0'
        }

        It 'keeps what is young' {
            Get-Leaving (Get-ImageRetention -g images prod web -KeepDays 7) | Should -BeNullOrEmpty
        }

        It 'looks at no use where it is told so' {
            Get-Leaving (Get-ImageRetention -g images prod web -IgnoreUsage) | Should -BeExactly '1.9.0 1.2.1 1.2.0 1.1.0 1.0.0'
        }

        It 'changes nothing' {
            $before = (Get-ImageSandbox).Fingerprint

            $null = Get-ImageGallery -g images -n prod | Get-ImageRetention

            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }
    }

    Context 'Remove-ImageVersion' {
        It 'takes no plan for versions' {
            $print = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure { Get-ImageRetention -g images prod web -KeepLast 1 | Remove-ImageVersion -Force -ErrorAction Stop }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.RemoveImageVersionCommand'
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $print
        }
    }

    Context 'Invoke-ImageRetention' {
        It 'is stopped by its brake before it changes anything' {
            $before = (Get-ImageSandbox).Fingerprint

            $failure = Get-Failure { Get-ImageRetention -g images prod web -KeepLast 2 | Invoke-ImageRetention -MaxRemove 4 -Force }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'RetentionLimitExceeded,ImageCmdlets.Commands.InvokeImageRetentionCommand'
            $failure.CategoryInfo.Category | Should -BeExactly 'LimitsExceeded'
            $failure.ErrorDetails.RecommendedAction | Should -Match '-MaxRemove 5'
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'changes nothing with -WhatIf' {
            $before = (Get-ImageSandbox).Fingerprint

            Get-ImageRetention -g images prod web -KeepLast 2 | Invoke-ImageRetention -WhatIf | Should -BeNullOrEmpty

            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'only excludes, where it is told so' {
            $results = Get-ImageRetention -g images prod web -KeepLast 6 | Invoke-ImageRetention -ExcludeOnly -Force

            ($results | ForEach-Object { "$_" }) -join ', ' | Should -BeExactly 'web 1.1.0: Excluded'
            (Get-ImageVersion -g images prod web 1.1.0).ExcludeFromLatest | Should -BeTrue
        }

        It 'keeps what came into use after the plan was made' {
            $plan = Get-ImageRetention -g images prod web -KeepLast 2 -KeepTag @{ keep = '' }
            $null = New-ImageVM -g apps -n web03 -l westeurope -Image (Get-ImageVersion -g images prod web 1.9.0).Id -WarningAction SilentlyContinue

            $results = $plan | Invoke-ImageRetention -Force

            ($results | Where-Object Version -EQ '1.9.0').State | Should -BeExactly 'Kept'
            ($results | Where-Object Version -EQ '1.9.0').Reason | Should -BeExactly 'is in use by web03'
            @($results | Where-Object State -EQ 'Removed').Count | Should -Be 3
            (Get-ImageVersion -g images prod web | ForEach-Object Name) -join ' ' | Should -BeExactly '1.0.0 1.2.1 1.9.0 1.11.0 1.12.0'
        }

        It 'does nothing where nothing is to go' {
            $before = (Get-ImageSandbox).Fingerprint

            Get-ImageRetention -g images prod web -KeepLast 5 | Invoke-ImageRetention -Force | Should -BeNullOrEmpty

            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }
    }
}
