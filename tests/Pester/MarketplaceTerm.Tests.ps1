Describe 'The legal terms of the marketplace' {
    BeforeEach {
        $session = Connect-ImageSession -Sandbox
        $flatcar = 'kinvolk:flatcar-container-linux-free:stable-gen2'

        function Get-Failure([scriptblock] $Script) {
            $ErrorActionPreference = 'Stop'
            try { $null = & $Script } catch { $_ }
        }
    }

    AfterEach {
        Get-ImageSession | Disconnect-ImageSession
    }

    Context 'Get-MarketplaceTerm' {
        It 'shows the terms of a plan as they are' {
            $term = Get-MarketplaceTerm $flatcar

            $term.IsAccepted | Should -BeFalse
            "$($term.Plan)" | Should -BeExactly $flatcar
            $term.SubscriptionId | Should -BeExactly $session.SubscriptionId
            $term.LicenseTextLink | Should -Match '^https://'
            $term.Signature | Should -Not -BeNullOrEmpty
            "$term" | Should -BeExactly "$flatcar (not accepted)"
        }

        It 'finds the plan of a URN' {
            $term = Get-MarketplaceTerm -Urn 'kinvolk:flatcar-container-linux-free:stable-gen2:latest' -l westeurope

            "$($term.Plan)" | Should -BeExactly $flatcar
        }

        It 'takes images as they are found, and passes over those without a plan' {
            $terms = @(Find-MarketplaceImage 'kinvolk' '*' '*' -l westeurope) + @(Find-MarketplaceImage Debian debian-12 '12-gen2' -l westeurope) |
                Get-MarketplaceTerm

            ($terms | ForEach-Object Name) -join ' ' | Should -BeExactly 'stable stable-gen2'
        }

        It 'says of an image without a plan that there is nothing to accept' {
            $failure = Get-Failure { Get-MarketplaceTerm -Urn 'Debian:debian-12:12-gen2:latest' -Location westeurope }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'MarketplaceTermsNotFound,ImageCmdlets.Commands.GetMarketplaceTermCommand'
            $failure.CategoryInfo.Category | Should -BeExactly 'ObjectNotFound'
            $failure.ErrorDetails.RecommendedAction | Should -Match 'nothing has to be accepted'
        }

        It 'says of a plan that nobody sells that there are no terms, and goes on' {
            $terms = Get-MarketplaceTerm 'kinvolk:flatcar-container-linux-free:nightly', $flatcar -ErrorVariable failures -ErrorAction SilentlyContinue

            @($terms).Count | Should -Be 1
            @($failures).Count | Should -Be 1
            $failures[0].FullyQualifiedErrorId | Should -BeExactly 'MarketplaceTermsNotFound,ImageCmdlets.Commands.GetMarketplaceTermCommand'
            $failures[0].TargetObject | Should -BeExactly 'kinvolk:flatcar-container-linux-free:nightly'
        }
    }

    Context 'Approve-MarketplaceTerm' {
        It 'accepts them, after which machines can be made' {
            $urn = 'kinvolk:flatcar-container-linux-free:stable-gen2:latest'
            $refused = Get-Failure { New-ImageVM -g apps -n edge01 -l westeurope -Image $urn }
            $refused.FullyQualifiedErrorId | Should -BeExactly 'MarketplaceTermsNotAccepted,ImageCmdlets.Commands.NewImageVMCommand'

            $term = Find-MarketplaceImage -Urn $urn -l westeurope | Approve-MarketplaceTerm

            $term.IsAccepted | Should -BeTrue
            (Get-MarketplaceTerm $flatcar).IsAccepted | Should -BeTrue
            (New-ImageVM -g apps -n edge01 -l westeurope -Image $urn).Name | Should -BeExactly 'edge01'
        }

        It 'changes nothing with -WhatIf' {
            $before = (Get-ImageSandbox).Fingerprint

            Approve-MarketplaceTerm $flatcar -WhatIf | Should -BeNullOrEmpty

            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
            (Get-MarketplaceTerm $flatcar).IsAccepted | Should -BeFalse
        }

        It 'leaves what is accepted as it is' {
            $null = Approve-MarketplaceTerm $flatcar
            $before = (Get-ImageSandbox).Fingerprint

            (Get-MarketplaceTerm $flatcar | Approve-MarketplaceTerm).IsAccepted | Should -BeTrue

            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'accepts for the subscription that is named, and for no other' {
            $other = '10000000-0000-4000-8000-000000000002'

            $null = Approve-MarketplaceTerm $flatcar -SubscriptionId $other

            (Get-MarketplaceTerm $flatcar -SubscriptionId $other).IsAccepted | Should -BeTrue
            (Get-MarketplaceTerm $flatcar).IsAccepted | Should -BeFalse
        }
    }
}
