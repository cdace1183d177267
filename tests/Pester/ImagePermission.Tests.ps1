Describe 'Test-ImagePermission' {
    BeforeAll {
        $here = Connect-ImageSession -Sandbox
        $somebody = '40000000-0000-4000-8000-000000000001'
        $vm = New-ImageVM -g images -n web01 -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -DataDiskSizeGB 4 -WarningAction SilentlyContinue
        $null = New-ImageVM -g elsewhere -n other -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
        $gallery = New-ImageGallery -g images -n prod -Permission Groups
        $null = Grant-ImageAccess "/subscriptions/$($here.SubscriptionId)/resourceGroups/elsewhere" -PrincipalId $somebody -Role Contributor
        $image = "/subscriptions/$($here.SubscriptionId)/resourceGroups/images/providers/Microsoft.Compute/galleries/prod/images/web"
        $theirs = Connect-ImageSession -SandboxSession $here -PrincipalId $somebody -NotDefault
        function Get-Failure([scriptblock] $Script) {
            try { & $Script; $null } catch { $_ }
        }
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    It 'has nothing to say against the owner' {
        Test-ImagePermission Generalize, Capture, Snapshot $vm.Id -Missing | Should -BeNullOrEmpty
        $all = $vm | Test-ImagePermission -Operation Capture
        $all.Granted | Should -Not -Contain $false
        $all.Action | Should -Contain 'Microsoft.Compute/images/write'
    }

    It 'names each right that is missing, where, for whom, and what to do' {
        $missing = @($vm | Test-ImagePermission -Session $theirs -Operation Snapshot -TargetResourceGroupName elsewhere -Missing)
        $linked = $missing | Where-Object IsLinked | Where-Object Action -Like '*/disks/beginGetAccess/action'
        "$($linked.Principal) $($linked.TenantId) $($linked.Granted)" | Should -BeExactly "$somebody $($here.TenantId) False"
        $linked.Reason | Should -BeExactly 'No role is assigned here or around it.'
        $linked.RecommendedAction | Should -BeLike "*Grant-ImageAccess '$($linked.Scope)' -PrincipalId $somebody*"
        $missing.Scope | Should -Not -Contain "/subscriptions/$($here.SubscriptionId)/resourceGroups/elsewhere"
    }

    It 'tells rights that the role lacks from no role at all' {
        $null = $gallery | Grant-ImageAccess -PrincipalId $somebody -Role Contributor
        $missing = @($gallery | Test-ImagePermission -Session $theirs -Operation Share -Missing)
        "$($missing.Action): $($missing.Reason)" | Should -BeExactly 'Microsoft.Compute/galleries/share/action: No assigned role has this right.'
        $missing.RecommendedAction | Should -BeLike "*-Role 'Compute Gallery Sharing Admin'"
        $null = $gallery | Grant-ImageAccess -PrincipalId $somebody -Role 'Compute Gallery Sharing Admin'
        $gallery | Test-ImagePermission -Session $theirs -Operation Share -Missing | Should -BeNullOrEmpty
        ($gallery | Grant-ImageAccess -Session $theirs -SharedSubscriptionId $here.SubscriptionId).Kind | Should -BeExactly 'Subscription'
    }

    It 'says that a session is not signed in where it has to be' {
        $there = Connect-ImageSession -SandboxSession $here -Tenant (Get-ImageSandbox).TenantId[1] -NotDefault
        $missing = @(Test-ImagePermission -Session $there Deploy "$($gallery.Id)/images/web" -TargetResourceGroupName landing -Missing)
        $missing.Action | Should -Be @('Microsoft.Compute/galleries/images/read', 'Microsoft.Compute/galleries/images/versions/read')
        $missing[0].RecommendedAction | Should -BeLike "*-AuxiliaryTenantId $($here.TenantId)*"
    }

    It 'changes nothing, and refuses <problem>' -ForEach @(
        @{ problem = 'what does not begin so'; script = { Test-ImagePermission Deploy $vm.Id -ErrorAction Stop }; id = 'InvalidArgument' }
        @{ problem = 'a version without a gallery'; script = { Test-ImagePermission Publish $vm.Id -ErrorAction Stop }; id = 'InvalidArgument' }
        @{ problem = 'a subnet that is none'; script = { Test-ImagePermission Deploy $image -SubnetId foo -ErrorAction Stop }; id = 'InvalidResourceId' }
        @{ problem = 'what is no image'; script = { Test-ImagePermission Deploy '/subscriptions/s' -ErrorAction Stop }; id = 'InvalidResourceId' }
    ) {
        $before = (Get-ImageSandbox).Fingerprint
        (Get-Failure $script).FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.TestImagePermissionCommand"
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }
}
