Describe 'Access to images' {
    BeforeAll {
        $here = Connect-ImageSession -Sandbox
        $state = Get-ImageSandbox
        $somebody = '40000000-0000-4000-8000-000000000001'
        $other = '40000000-0000-4000-8000-000000000002'
        $partner = $state.TenantId[1]
        $null = New-ImageVM -g images -n web01 -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
        $image = Get-ImageVM -g images -n web01 | Invoke-Generalize -Force | New-CustomImage
        $gallery = New-ImageGallery -g images -n prod -Permission Groups
        $definition = New-ImageDefinition -g images prod web -FromSource $image.Id -Publisher contoso -Offer web -Sku 1
        $version = $image | New-ImageVersion -g images -GalleryName prod -DefinitionName web -Version 1.0.0
        function Get-Failure([scriptblock] $Script) {
            try { & $Script; $null } catch { $_ }
        }
        function Get-Refusal([scriptblock] $Script) {
            $before = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure $Script
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
            $failure
        }
    }

    AfterEach {
        $gallery, $definition, $version, $image | Get-ImageAccess -ExcludeInherited | Revoke-ImageAccess -Force -ErrorAction Stop
        $null = $gallery | Set-ImageGallery -Permission Groups
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    Context 'By role' {
        It 'is given on a gallery, definition, version or managed image, as Reader unless another role is named' {
            $given = $gallery, $definition, $version, $image | Grant-ImageAccess -PrincipalId $somebody -PrincipalType ServicePrincipal
            "$($given.Kind | ForEach-Object { $_ }) $($given.Role)" | Should -BeExactly 'Role Role Role Role Reader Reader Reader Reader'
            foreach ($target in $gallery, $definition, $version, $image) {
                $given.Scope | Should -Contain $target.Id
            }
            $given[0].ToString() | Should -BeExactly "Reader $somebody"
        }

        It 'is listed by principal, and says where nothing is given to one' {
            $null = $gallery | Grant-ImageAccess -PrincipalId $somebody, $other -Role Reader
            ($gallery | Get-ImageAccess -Principal '*0001').Principal | Should -BeExactly $somebody
            $gallery | Get-ImageAccess -Principal '5000*' -WarningVariable none | Should -BeNullOrEmpty
            $none.Count | Should -Be 0
            $gallery | Get-ImageAccess -Principal nobody -WarningVariable told -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            "$told" | Should -BeLike "Nothing is given to 'nobody' itself at 'prod'*"
        }

        It 'changes nothing the second time' {
            $first = $version | Grant-ImageAccess -PrincipalId $somebody, $other -Role 'Compute Gallery Image Reader'
            $before = (Get-ImageSandbox).Fingerprint
            $second = $version | Grant-ImageAccess -PrincipalId $somebody, $other -Role 'Compute Gallery Image Reader'
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
            $second.AssignmentId | Should -Be $first.AssignmentId
        }

        It 'is exactly what the session of that principal may do' {
            $null = $version | Grant-ImageAccess -PrincipalId $somebody
            $theirs = Connect-ImageSession -SandboxSession $here -PrincipalId $somebody -NotDefault
            $theirs.Account | Should -BeExactly $somebody
            (Get-ImageVersion -Session $theirs -ResourceId $version.Id).Name | Should -BeExactly '1.0.0'
            (Get-Failure { Get-ImageGallery -Session $theirs -ResourceId $gallery.Id -ErrorAction Stop }).FullyQualifiedErrorId |
                Should -BeExactly 'AuthorizationFailed,ImageCmdlets.Commands.GetImageGalleryCommand'
            $version | Revoke-ImageAccess -PrincipalId $somebody -Force
            (Get-Failure { Get-ImageVersion -Session $theirs -ResourceId $version.Id -ErrorAction Stop }).FullyQualifiedErrorId |
                Should -BeExactly 'AuthorizationFailed,ImageCmdlets.Commands.GetImageVersionCommand'
            $theirs | Disconnect-ImageSession
        }

        It 'is listed where it is inherited, and not taken away there' {
            $null = $gallery | Grant-ImageAccess -PrincipalId $somebody -Role Contributor
            $listed = $version | Get-ImageAccess
            "$($listed.Role) $($listed.Inherited) $($listed.Scope -eq $gallery.Id)" | Should -BeExactly 'Contributor True True'
            $failure = Get-Refusal { $listed | Revoke-ImageAccess -Force -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'OperationNotAllowed,ImageCmdlets.Commands.RevokeImageAccessCommand'
            $failure.ErrorDetails.RecommendedAction | Should -BeLike "*Get-ImageAccess '$($gallery.Id)'*"
            $version | Get-ImageAccess -ExcludeInherited | Should -BeNullOrEmpty
            $version | Revoke-ImageAccess -PrincipalId $somebody -Force -WarningVariable warned -WarningAction SilentlyContinue
            "$warned" | Should -BeLike "*stays Contributor of '1.0.0'*"
        }

        It 'takes one role and leaves the other' {
            $null = $definition | Grant-ImageAccess -PrincipalId $somebody -Role Reader
            $null = $definition | Grant-ImageAccess -PrincipalId $somebody -Role Contributor
            $definition | Revoke-ImageAccess -PrincipalId $somebody -Role contributor -Force
            ($definition | Get-ImageAccess -Principal $somebody).Role | Should -BeExactly 'Reader'
        }
    }

    Context 'By sharing' {
        It 'is given to subscriptions and tenants, listed beside the roles, and taken away by pipeline' {
            $given = $gallery | Grant-ImageAccess -PrincipalId $somebody -SharedSubscriptionId $state.SubscriptionId[1] -SharedTenantId $partner
            "$($given.Kind)" | Should -BeExactly 'Role Subscription Tenant'
            $listed = $version | Get-ImageAccess
            "$($listed.Kind) $($listed.Inherited)" | Should -BeExactly 'Role Subscription Tenant True True True'
            $gallery | Get-ImageAccess | Where-Object Kind -NE Role | Revoke-ImageAccess -Force
            ($gallery | Get-ImageAccess).Kind | Should -BeExactly 'Role'
        }

        It 'is ended at once with all of them' {
            $null = $gallery | Grant-ImageAccess -SharedTenantId $partner
            $gallery | Revoke-ImageAccess -All -Force
            $gallery | Get-ImageAccess | Should -BeNullOrEmpty
            ($gallery | Get-ImageGallery).Permission | Should -BeExactly 'Private'
        }

        It 'needs a gallery that is made for it, and says so before' {
            $null = $gallery | Set-ImageGallery -Permission Private
            $failure = Get-Refusal { $gallery | Grant-ImageAccess -SharedTenantId $partner -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'OperationNotAllowed,ImageCmdlets.Commands.GrantImageAccessCommand'
            $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-Permission Groups*'
            $failure.TargetObject | Should -BeExactly $gallery.Id
        }

        It 'begins with -NoWait' {
            $operation = $gallery | Grant-ImageAccess -SharedTenantId $partner -NoWait
            "$($operation.Operation) $($operation.State)" | Should -BeExactly 'Grant InProgress'
            ($operation | Wait-ImageOperation).State | Should -BeExactly 'Succeeded'
            ($gallery | Get-ImageAccess).Principal | Should -BeExactly $partner
        }

        It 'is given to everybody, once they are told who publishes' {
            $failure = Get-Refusal { $gallery | Grant-ImageAccess -Community -Force -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.GrantImageAccessCommand'
            $given = $gallery | Grant-ImageAccess -Community -PublisherUri https://contoso.example -PublisherContact images@contoso.example -Eula https://contoso.example/eula -PublicNamePrefix contoso -Force
            "$($given.Kind) $($given.Principal)" | Should -BeLike 'Community contoso-*'
            $gallery | Get-ImageAccess | Revoke-ImageAccess -Force
            $gallery | Get-ImageAccess | Should -BeNullOrEmpty
        }
    }

    Context 'What is refused' {
        It 'refuses <problem>' -ForEach @(
            @{ problem = 'nobody'; script = { $gallery | Grant-ImageAccess -ErrorAction Stop }; id = 'InvalidArgument,ImageCmdlets.Commands.GrantImageAccessCommand' }
            @{ problem = 'a role of nobody'; script = { $gallery | Grant-ImageAccess -SharedTenantId $partner -Role Reader -ErrorAction Stop }; id = 'InvalidArgument,ImageCmdlets.Commands.GrantImageAccessCommand' }
            @{ problem = 'a role that there is not'; script = { $gallery | Grant-ImageAccess -PrincipalId $somebody -Role Emperor -ErrorAction Stop }; id = 'InvalidArgument,ImageCmdlets.Commands.GrantImageAccessCommand' }
            @{ problem = 'a part of a gallery'; script = { $definition | Grant-ImageAccess -SharedTenantId $partner -ErrorAction Stop }; id = 'InvalidArgument,ImageCmdlets.Commands.GrantImageAccessCommand' }
            @{ problem = 'what is no id'; script = { Grant-ImageAccess 'disks/d' -PrincipalId $somebody -ErrorAction Stop }; id = 'InvalidResourceId,ImageCmdlets.Commands.GrantImageAccessCommand' }
            @{ problem = 'what is nowhere'; script = { Grant-ImageAccess "/subscriptions/$($here.SubscriptionId)/resourceGroups/nowhere" -PrincipalId $somebody -ErrorAction Stop }; id = 'ResourceGroupNotFound,ImageCmdlets.Commands.GrantImageAccessCommand' }
            @{ problem = 'a name where an id must be'; script = { $gallery | Grant-ImageAccess -PrincipalId jo -ErrorAction Stop }; id = 'CannotConvertArgumentNoMessage,ImageCmdlets.Commands.GrantImageAccessCommand' }
            @{ problem = 'taking nothing'; script = { Revoke-ImageAccess -All -Force -ErrorAction Stop }; id = 'InvalidArgument,ImageCmdlets.Commands.RevokeImageAccessCommand' }
            @{ problem = 'taking from nobody'; script = { $gallery | Revoke-ImageAccess -Force -ErrorAction Stop }; id = 'InvalidArgument,ImageCmdlets.Commands.RevokeImageAccessCommand' }
        ) {
            (Get-Refusal $script).FullyQualifiedErrorId | Should -BeExactly $id
        }

        It 'says beforehand what it would do' {
            $before = (Get-ImageSandbox).Fingerprint
            $gallery | Grant-ImageAccess -PrincipalId $somebody -WhatIf
            $gallery | Revoke-ImageAccess -All -WhatIf
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }
    }
}
