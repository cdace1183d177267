Describe 'Images that others share' {
    BeforeAll {
        $owner = Connect-ImageSession -Sandbox
        $somebody = '40000000-0000-4000-8000-000000000001'
        $partner = (Get-ImageSandbox).SubscriptionId[1]
        $null = New-ImageVM -g images -n seed -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
        $image = Get-ImageVM -g images -n seed | Invoke-Generalize -Force | New-CustomImage
        $gallery = New-ImageGallery -g images -n prod -Permission Groups
        $null = New-ImageDefinition -g images prod web -FromSource $image.Id
        foreach ($number in '1.9.0', '1.10.0') {
            $null = New-ImageVersion -g images prod web -Source $image.Id -Version $number
        }
        $null = Grant-ImageAccess "/subscriptions/$partner" -PrincipalId $somebody -PrincipalType ServicePrincipal -Role Contributor
        # Somebody with rights in the other subscription only.
        $theirs = Connect-ImageSession -SandboxSession $owner -PrincipalId $somebody -SubscriptionId $partner -NotDefault
        function Get-Failure([scriptblock] $Script) {
            try { & $Script } catch { return $_ }
            throw 'It did not fail.'
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

    Context 'Directly, with a subscription' {
        BeforeAll {
            $null = $gallery | Grant-ImageAccess -SharedSubscriptionId $partner
            $unique = (Get-ImageGallery -g images -n prod).UniqueName
            $shared = @(Get-SharedImage -Session $theirs westeurope)
        }

        It 'are listed by number, with what their image is' {
            "$($shared.Name)" | Should -BeExactly '1.9.0 1.10.0'
            $last = $shared[1]
            $last.Id | Should -BeExactly "/SharedGalleries/$unique/Images/web/Versions/1.10.0"
            "$last" | Should -BeExactly $last.Id
            "$($last.GalleryName) $($last.DefinitionName) $($last.Location) $($last.SharedWith)" | Should -BeExactly "$unique web westeurope Subscription"
            "$($last.OSType) $($last.OSState) $($last.HyperVGeneration) $($last.Architecture)" | Should -BeExactly 'Linux Generalized V2 x64'
        }

        It 'are found by gallery, definition, version, and as the latest' {
            (Get-SharedImage -Session $theirs westeurope $unique web 1.9.0).Name | Should -BeExactly '1.9.0'
            (Get-SharedImage -Session $theirs -l westeurope -GalleryName '*-PROD' -DefinitionName 'w*' -Latest).Name | Should -BeExactly '1.10.0'
            (Get-SharedImage -Session $theirs -l westeurope -GalleryName 'other*') | Should -BeNullOrEmpty
        }

        It 'are not listed where they are not replicated' {
            Get-SharedImage -Session $theirs japaneast | Should -BeNullOrEmpty
        }

        It 'are missed by the error ImageNotFound where they are named' {
            $failure = Get-Failure { Get-SharedImage -Session $theirs westeurope $unique web 7.0.0 -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'ImageNotFound,ImageCmdlets.Commands.GetSharedImageCommand'
            $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
            $failure.TargetObject | Should -BeExactly "/SharedGalleries/$unique/Images/web/Versions/7.0.0"
        }

        It 'pipe into New-ImageVM' {
            $vm = $shared[0] | New-ImageVM -Session $theirs -g landing -n web01 -WarningAction SilentlyContinue
            "$($vm.PowerState) $($vm.Location)" | Should -BeExactly 'Running westeurope'
            $vm.Image | Should -BeExactly $shared[0].Id
        }

        It 'make a machine of the latest one, by the id that az takes' {
            $vm = New-ImageVM -Session $theirs -g landing -n web02 -l westeurope -Image "/SharedGalleries/$unique/Images/web/Versions/latest" -WarningAction SilentlyContinue
            $vm.Image | Should -BeExactly "/SharedGalleries/$unique/Images/web/Versions/1.10.0"
        }

        It 'make a fleet' {
            $fleet = $shared[1] | New-ImageVM -Session $theirs -g fleet -NamePrefix web -Count 3 -WarningAction SilentlyContinue
            @($fleet | Where-Object Image -EQ $shared[1].Id).Count | Should -Be 3
        }

        It 'show what can become of them' {
            $source = $shared[1] | Get-ImageSource -Session $theirs
            "$($source.Kind) $($source.OSType) $($source.Region)" | Should -BeExactly 'ImageVersion Linux westeurope'
            "$(($source.Target | Where-Object IsPossible).Target)" | Should -BeExactly 'VM'
        }

        It 'need a region to be shown' {
            $failure = Get-Refusal { Get-ImageSource -Session $theirs $shared[1].Id -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.GetImageSourceCommand'
        }

        It 'are refused before any change once sharing is taken back' {
            $gallery | Revoke-ImageAccess -SharedSubscriptionId $partner -Force
            Get-SharedImage -Session $theirs westeurope | Should -BeNullOrEmpty
            $failure = Get-Refusal { $shared[1] | New-ImageVM -Session $theirs -g landing -n web03 -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'ImageNotFound,ImageCmdlets.Commands.NewImageVMCommand'
            $failure.TargetObject | Should -BeExactly $shared[1].Id
            $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Get-SharedImage -Location westeurope*'
        }
    }

    Context 'With everybody' {
        It 'are listed by the public name, and make a machine' {
            $public = New-ImageGallery -g images -n public
            $null = New-ImageDefinition -g images public web -FromSource $image.Id
            $null = New-ImageVersion -g images public web -Source $image.Id -Version 1.0.0
            $access = $public | Grant-ImageAccess -Community -PublisherUri https://contoso.example -PublisherContact images@contoso.example -Eula https://contoso.example/eula -PublicNamePrefix contoso -Force
            $name = ($access | Where-Object Kind -EQ Community).Principal

            $found = Get-SharedImage -Session $theirs -l westeurope -CommunityGalleryName $name -Latest
            "$($found.Id) $($found.SharedWith)" | Should -BeExactly "/CommunityGalleries/$name/Images/web/Versions/1.0.0 Community"
            ($found | New-ImageVM -Session $theirs -g landing -n web04 -WarningAction SilentlyContinue).Image | Should -BeExactly $found.Id
        }

        It 'are missed by the error ImageNotFound where nothing has the public name' {
            $failure = Get-Failure { Get-SharedImage -Session $theirs -l westeurope -CommunityGalleryName nobody -ErrorAction Stop }
            "$($failure.FullyQualifiedErrorId) $($failure.TargetObject)" | Should -BeExactly 'ImageNotFound,ImageCmdlets.Commands.GetSharedImageCommand nobody'
        }
    }
}
