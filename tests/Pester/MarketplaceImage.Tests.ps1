Describe 'The marketplace' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox

        function Get-Failure([scriptblock] $Script) {
            $ErrorActionPreference = 'Stop'
            try { $null = & $Script } catch { $_ }
        }
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    Context 'ConvertFrom-ImageUrn' {
        It 'takes a URN apart, without a session' {
            $urn = 'Canonical:ubuntu-24_04-lts:server:latest' | ConvertFrom-ImageUrn

            $urn.Publisher | Should -BeExactly 'Canonical'
            $urn.Offer | Should -BeExactly 'ubuntu-24_04-lts'
            $urn.Sku | Should -BeExactly 'server'
            $urn.Version | Should -BeExactly 'latest'
            $urn.IsLatest | Should -BeTrue
            "$urn" | Should -BeExactly 'Canonical:ubuntu-24_04-lts:server:latest'
        }

        It 'takes several, and goes on after a bad one' {
            $urns = ConvertFrom-ImageUrn 'a:b:c:1.0.0', 'nonsense', 'd:e:f:2.*' -ErrorVariable failures -ErrorAction SilentlyContinue

            @($urns).Count | Should -Be 2
            $urns[1].Version | Should -BeExactly '2.*'
            @($failures).Count | Should -Be 1
        }

        It 'refuses <text>' -ForEach @(
            @{ text = 'Canonical:ubuntu-24_04-lts:server' }
            @{ text = 'a:b:c:d:e' }
            @{ text = 'a:b::1.0.0' }
            @{ text = 'a:b c:d:1.0.0' }
            @{ text = '*:b:c:latest' }
            @{ text = '/subscriptions/x' }
        ) {
            $failure = Get-Failure { ConvertFrom-ImageUrn $text }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidImageUrn,ImageCmdlets.Commands.ConvertFromImageUrnCommand'
            $failure.CategoryInfo.Category | Should -BeExactly 'InvalidArgument'
            $failure.TargetObject | Should -BeExactly $text
            $failure.ErrorDetails.RecommendedAction | Should -Match 'Publisher:Offer:Sku:Version'
        }
    }

    Context 'Find-MarketplaceImage' {
        It 'gives the newest version of every SKU that fits, in order' {
            $images = Find-MarketplaceImage -l westeurope -Publisher canonical -Offer 'ubuntu-24*'

            ($images | ForEach-Object Sku) -join ' ' | Should -BeExactly 'minimal server server-arm64 server-gen1'
            $images[1].Urn | Should -BeExactly 'Canonical:ubuntu-24_04-lts:server:24.04.202502140'
            $images[1].OSType | Should -BeExactly 'Linux'
            $images[1].HyperVGeneration | Should -BeExactly 'V2'
            $images[1].SecurityType | Should -BeExactly 'TrustedLaunchSupported'
            $images[2].Architecture | Should -BeExactly 'Arm64'
        }

        It 'takes 4081.10.0 for newer than 4081.2.1' {
            (Find-MarketplaceImage -l westeurope -Urn 'kinvolk:flatcar-container-linux-free:stable:latest').Version | Should -BeExactly '4081.10.0'
        }

        It 'shows the purchase plan' {
            $image = Find-MarketplaceImage kinvolk flatcar-container-linux-free stable-gen2 -l westeurope

            "$($image.Plan)" | Should -BeExactly 'kinvolk:flatcar-container-linux-free:stable-gen2'
        }

        It 'gives every version that fits a pattern, the oldest first' {
            $images = Find-MarketplaceImage Canonical ubuntu-24_04-lts server '24.04.2025*' -Location 'West Europe'

            ($images | ForEach-Object Version) -join ' ' | Should -BeExactly '24.04.202501150 24.04.202502140'
            $images[0].Location | Should -BeExactly 'westeurope'
        }

        It 'filters by what images are' {
            $images = Find-MarketplaceImage -l westeurope -Publisher MicrosoftWindowsServer -HyperVGeneration V1

            @($images).Count | Should -BeGreaterThan 3
            @($images | Where-Object HyperVGeneration -NE V1).Count | Should -Be 0
            @(Find-MarketplaceImage -l westeurope -Publisher MicrosoftWindowsServer -OSType Linux).Count | Should -Be 0
        }

        It 'takes what ConvertFrom-ImageUrn gives' {
            $image = ConvertFrom-ImageUrn 'Canonical:ubuntu-24_04-lts:server:latest' | Find-MarketplaceImage -l westeurope

            $image.Version | Should -BeExactly '24.04.202502140'
        }

        It 'takes URNs as text' {
            $images = 'Canonical:ubuntu-24_04-lts:server:latest', 'Debian:debian-12:12-gen2:latest' | Find-MarketplaceImage -l westeurope

            @($images).Count | Should -Be 2
            $images[1].Publisher | Should -BeExactly 'Debian'
        }

        It 'says nothing where a pattern fits nothing' {
            Find-MarketplaceImage -l westeurope -Publisher 'zzz*' | Should -BeNullOrEmpty
        }

        It 'ends with <id> for <what>' -ForEach @(
            @{ what = 'a publisher that is not there'; id = 'MarketplaceImageNotFound'; category = 'ObjectNotFound'; call = { Find-MarketplaceImage nobody -l westeurope } }
            @{ what = 'a version that is not there'; id = 'MarketplaceImageNotFound'; category = 'ObjectNotFound'; call = { Find-MarketplaceImage -l westeurope -Urn 'Canonical:ubuntu-24_04-lts:server:1.2.3' } }
            @{ what = 'a region that is not there'; id = 'InvalidLocation'; category = 'InvalidArgument'; call = { Find-MarketplaceImage Canonical -l atlantis } }
            @{ what = 'a bad URN'; id = 'InvalidImageUrn'; category = 'InvalidArgument'; call = { Find-MarketplaceImage -l westeurope -Urn 'Canonical:server' } }
        ) {
            $before = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure $call

            $failure.FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.FindMarketplaceImageCommand"
            $failure.CategoryInfo.Category | Should -BeExactly $category
            $failure.TargetObject | Should -Not -BeNullOrEmpty
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }
    }
}
