# The scenario of samples/share-across-tenants.ps1: the sample itself, and what it shows.
Describe 'Sharing an image across subscriptions and tenants' {
    BeforeAll {
        $sample = [System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'samples', 'share-across-tenants.ps1')
        $rows = @(& $sample)
        $publisher = (Get-ImageSession)[0]
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    It 'goes from a missing right to a machine and back, from <From>' -ForEach @(
        @{ From = 'another subscription'; number = 0 }
        @{ From = 'another tenant'; number = 1 }
    ) {
        "$($rows[$number].From): $($rows[$number].Missing) $($rows[$number].Refused) $($rows[$number].Deployed) $($rows[$number].RefusedAgain)" |
            Should -BeExactly "$($From): 2 AuthorizationFailed Running AuthorizationFailed"
    }

    It 'goes from a gallery that is not shared to a machine and back, with <From>' -ForEach @(
        @{ From = 'another subscription, directly'; number = 2 }
        @{ From = 'another tenant, directly'; number = 3 }
    ) {
        "$($rows[$number].From): $($rows[$number].Missing) $($rows[$number].Refused) $($rows[$number].Deployed) $($rows[$number].RefusedAgain)" |
            Should -BeExactly "$($From): 0 ImageNotFound Running ImageNotFound"
    }

    It 'is two subscriptions beside that of the publisher, in two tenants' {
        $rows[0].Subscription | Should -Not -Be $rows[1].Subscription
        $rows.Subscription | Should -Not -Contain $publisher.SubscriptionId
        @(Get-ImageSession | ForEach-Object TenantId | Where-Object { $_ -ne $publisher.TenantId }).Count | Should -Be 2
    }

    It 'leaves nobody access to the image' {
        Get-ImageDefinition -Session $publisher -g images prod web | Get-ImageAccess -Session $publisher | Should -BeNullOrEmpty
        Get-ImageGallery -Session $publisher -g images -n shared | Get-ImageAccess -Session $publisher | Should -BeNullOrEmpty
    }
}
