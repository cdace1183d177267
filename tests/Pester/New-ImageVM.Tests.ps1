Describe 'New-ImageVM' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $windows = 'MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-g2:latest'
        $linux = 'Canonical:ubuntu-24_04-lts:server:latest'
        $key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFRlc3RLZXlGb3JUaGVTYW5kYm94T25seTEyMzQ1Njc4OTA= test'
        $source = 'ImageCmdlets.Commands.NewImageVMCommand'

        function Get-Failure([scriptblock] $Script) {
            $ErrorActionPreference = 'Stop'
            try { $null = & $Script } catch { $_ }
        }

        function New-Secret([string] $Text) {
            $secret = [securestring]::new()
            foreach ($c in $Text.ToCharArray()) { $secret.AppendChar($c) }
            $secret
        }

        function New-TestCredential([string] $Name, [string] $Password) {
            [pscredential]::new($Name, (New-Secret $Password))
        }
    }

    BeforeEach {
        Reset-ImageSandbox
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    Context 'from nothing' {
        It 'makes a Windows machine with network and disks, and the group' {
            $vm = New-ImageVM -g images -n web01 -l westeurope -Image $windows -DataDiskSizeGB 64 -Credential (New-TestCredential jane 'Golden-Image-42')

            $vm.Name | Should -BeExactly 'web01'
            $vm.ResourceGroupName | Should -BeExactly 'images'
            $vm.Location | Should -BeExactly 'westeurope'
            $vm.Image | Should -BeExactly 'MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-g2:20348.3207.250210'
            $vm.Size | Should -BeExactly 'Standard_D2s_v5'
            $vm.OSType | Should -BeExactly 'Windows'
            $vm.PowerState | Should -BeExactly 'Running'
            $vm.AgentState | Should -BeExactly 'Ready'
            $vm.SecurityType | Should -BeExactly 'Standard'
            $vm.AdminUserName | Should -BeExactly 'jane'
            $vm.DataDisk.Count | Should -Be 1
            $vm.DataDisk[0].DiskSizeGB | Should -Be 64
            $vm.PrivateIPAddress | Should -BeExactly '10.0.0.4'
            $vm.PublicIPAddress | Should -Not -BeNullOrEmpty
            (Get-ImageSandbox).Resource['Microsoft.Network/virtualNetworks'] | Should -Be 1
        }

        It 'warns once, without showing it, where the password is made up' {
            $null = New-ImageVM -g images -n web01, web02 -l westeurope -Image $windows -WarningVariable warnings -WarningAction SilentlyContinue

            @($warnings).Count | Should -Be 1
            "$warnings" | Should -Match 'web01, web02'
        }

        It 'does not warn with a key' {
            $vm = New-ImageVM -g images -n app01 -l westeurope -Image $linux -SshPublicKey $key -WarningVariable warnings -WarningAction SilentlyContinue

            $vm.OSType | Should -BeExactly 'Linux'
            @($warnings).Count | Should -Be 0
        }

        It 'tags everything it makes' {
            $vm = New-ImageVM -g images -n app01 -l westeurope -Image $linux -SshPublicKey $key -Tag @{ owner = 'me' }

            $vm.Tag['imagecmdlets-operation'] | Should -BeExactly 'New-ImageVM'
            $vm.Tag['owner'] | Should -BeExactly 'me'
        }
    }

    Context 'several at once' {
        It 'makes them in the time of one, in one network' {
            $null = New-ImageVM -g images -n one -l westeurope -Image $linux -SshPublicKey $key
            $alone = (Get-ImageSandbox).Elapsed
            Reset-ImageSandbox
            $machines = New-ImageVM -g images -n a, b, c -l westeurope -Image $linux -SshPublicKey $key

            @($machines).Count | Should -Be 3
            (Get-ImageSandbox).Elapsed.TotalSeconds | Should -BeLessThan ($alone.TotalSeconds * 1.2)
            (Get-ImageSandbox).Resource['Microsoft.Network/virtualNetworks'] | Should -Be 1
        }

        It 'makes the good ones and reports the others' {
            $machines = New-ImageVM -g images -n good, 'bad*', 'bad-' -l westeurope -Image $linux -SshPublicKey $key -ErrorVariable failures -ErrorAction SilentlyContinue

            $machines.Name | Should -BeExactly 'good'
            @($failures).Count | Should -Be 2
            $failures[0].FullyQualifiedErrorId | Should -BeExactly "InvalidResourceName,$source"
        }
    }

    Context 'by pipeline' {
        It 'takes what Find-MarketplaceImage gives' {
            $vm = Find-MarketplaceImage Debian debian-12 12-gen2 -l northeurope | New-ImageVM -g images -n deb01 -SshPublicKey $key

            $vm.Location | Should -BeExactly 'northeurope'
            $vm.Image | Should -Match '^Debian:debian-12:12-gen2:\d'
        }

        It 'names each machine after what comes' {
            $machines = 'westeurope', 'northeurope' |
                ForEach-Object { Find-MarketplaceImage -l $_ -Urn $linux } |
                New-ImageVM -g images -n { "app-$($_.Location)" } -SshPublicKey $key

            ($machines | ForEach-Object Name) -join ' ' | Should -Match 'app-(west|north)europe app-(west|north)europe'
            (Get-ImageVM -g images -n app-northeurope).Location | Should -BeExactly 'northeurope'
        }
    }

    Context 'what it may do' {
        It 'changes nothing with -WhatIf' {
            $before = (Get-ImageSandbox).Fingerprint

            New-ImageVM -g images -n web01 -l westeurope -Image $linux -WhatIf | Should -BeNullOrEmpty

            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'returns at once with -NoWait, and the same command picks it up' {
            $operation = New-ImageVM -g images -n app01 -l westeurope -Image $linux -SshPublicKey $key -NoWait
            $vm = New-ImageVM -g images -n app01 -l westeurope -Image $linux -SshPublicKey $key

            $operation.GetType().Name | Should -BeExactly 'ImageOperation'
            $operation.Operation | Should -BeExactly 'Create'
            $vm.Id | Should -BeExactly $operation.Id
            $vm.ProvisioningState | Should -BeExactly 'Succeeded'
        }

        It 'runs as a job' {
            $job = New-ImageVM -g images -n app01 -l westeurope -Image $linux -SshPublicKey $key -AsJob
            $vm = $job | Wait-Job | Receive-Job
            $state = $job.State
            $job | Remove-Job

            $state | Should -Be 'Completed'
            $vm.Name | Should -BeExactly 'app01'
        }

        It 'gives up waiting after -TimeoutSeconds, and Azure goes on' {
            $failure = Get-Failure { New-ImageVM -g images -n app01 -l westeurope -Image $linux -SshPublicKey $key -TimeoutSeconds 60 }
            $vm = New-ImageVM -g images -n app01 -l westeurope -Image $linux -SshPublicKey $key

            $failure.FullyQualifiedErrorId | Should -BeExactly "OperationTimedOut,$source"
            $failure.CategoryInfo.Category | Should -BeExactly 'OperationTimeout'
            $vm.PowerState | Should -BeExactly 'Running'
        }

        It 'changes nothing when the machine is there already, and says so' {
            $first = New-ImageVM -g images -n app01 -l westeurope -Image $linux -SshPublicKey $key
            $before = (Get-ImageSandbox).Fingerprint
            $second = New-ImageVM -g images -n app01 -Image $linux -SshPublicKey $key -WarningVariable warnings -WarningAction SilentlyContinue

            $second.VMId | Should -BeExactly $first.VMId
            "$warnings" | Should -Match 'earlier run'
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }
    }

    Context 'again, with something else' {
        BeforeDiscovery {
            $otherKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE90aGVyS2V5Rm9yVGhlU2FuZGJveE9ubHkxMjM0NTY3ODkw test'
            $hub = '/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hubVNET/subnets/hubSubnet'
        }

        It 'refuses <what>, and names the difference' -ForEach @(
            @{ what = 'other disks'; with = @{ DataDiskSizeGB = 500, 500 }; says = 'data disks (LUN 0: 10 GiB), not (LUN 0: 500 GiB, LUN 1: 500 GiB)' }
            @{ what = 'another disk size'; with = @{ DataDiskSizeGB = 11 }; says = 'data disks (LUN 0: 10 GiB), not (LUN 0: 11 GiB)' }
            @{ what = 'no public address'; with = @{ NoPublicIPAddress = $true }; says = 'a public address' }
            @{ what = 'another network'; with = @{ Subnet = $hub }; says = '/virtualNetworks/app01VNET/subnets/app01Subnet, not ' }
            @{ what = 'another user'; with = @{ AdminUserName = 'bob' }; says = 'user azureuser, not bob' }
            @{ what = 'another key'; with = @{ SshPublicKey = $otherKey }; says = 'other SSH public keys' }
            @{ what = 'a tag'; with = @{ Tag = @{ env = 'prod'; team = 'a' } }; says = "the tag 'env' with 'test', not 'prod'; no tag 'team'" }
            @{ what = 'a zone'; with = @{ Zone = '1' }; says = 'zone none, not 1' }
            @{ what = 'another security type'; with = @{ SecurityType = 'TrustedLaunch' }; says = 'security type Standard, not TrustedLaunch' }
            @{ what = 'another size'; with = @{ Size = 'Standard_D4s_v5' }; says = 'size Standard_D2s_v5, not Standard_D4s_v5' }
            @{ what = 'another image'; with = @{ Image = 'Debian:debian-12:12-gen2:latest' }; says = 'image Canonical:ubuntu-24_04-lts:server:' }
            @{ what = 'another region'; with = @{ Location = 'northeurope' }; says = 'region westeurope, not northeurope' }
            @{ what = 'another computer name'; with = @{ ComputerName = 'db' }; says = 'computer name app01, not db' }
            @{ what = 'another kind of disks'; with = @{ StorageAccountType = 'StandardSSD_LRS' }; says = 'not StandardSSD_LRS' }
        ) {
            $parameters = @{ ResourceGroupName = 'images'; Name = 'app01'; Location = 'westeurope'; Image = $linux; SshPublicKey = $key; DataDiskSizeGB = 10; Tag = @{ env = 'test' } }
            $made = New-ImageVM @parameters
            $null = New-ImageVM -g hub -n hub -l westeurope -Image $linux -SshPublicKey $key
            $before = (Get-ImageSandbox).Fingerprint
            foreach ($name in $with.Keys) { $parameters[$name] = $with[$name] }

            $failure = Get-Failure { New-ImageVM @parameters }

            $failure.FullyQualifiedErrorId | Should -BeExactly "ResourceAlreadyExists,$source"
            $failure.CategoryInfo.Category | Should -BeExactly 'ResourceExists'
            $failure.TargetObject | Should -BeExactly $made.Id
            "$failure".Contains($says) | Should -BeTrue -Because "$failure"
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'names all differences at once' {
            $null = New-ImageVM -g images -n app01 -l westeurope -Image $linux -SshPublicKey $key
            $failure = Get-Failure { New-ImageVM -g images -n app01 -l westeurope -Image $linux -SshPublicKey $key -AdminUserName bob -NoPublicIPAddress -DataDiskSizeGB 4 }

            "$failure" | Should -BeExactly "The virtual machine 'app01' exists already, and is not what was asked for: it has user azureuser, not bob; data disks none, not (LUN 0: 4 GiB); a public address."
        }

        It 'takes a stopped machine, with tags and a comment behind the key that came later, for the same' {
            $made = New-ImageVM -g images -n app01 -l westeurope -Image $linux -SshPublicKey $key -DataDiskSizeGB 10
            $null = $made | Stop-ImageVM

            $again = New-ImageVM -g images -n app01 -l westeurope -Image $linux -SshPublicKey ($key + ' of me') -DataDiskSizeGB 10 -WarningAction SilentlyContinue

            $again.VMId | Should -BeExactly $made.VMId
        }
    }

    Context 'what it refuses' {
        It 'refuses <parameter> before anything else of the pipeline begins' -ForEach @(
            @{ parameter = 'Location'; with = @{ Location = 'mars' }; id = 'InvalidLocation' }
            @{ parameter = 'StorageAccountType'; with = @{ StorageAccountType = 'Bogus' }; id = 'InvalidArgument' }
            @{ parameter = 'SecurityType'; with = @{ SecurityType = 'Bogus' }; id = 'InvalidArgument' }
        ) {
            $begun = @()
            $parameters = @{ ResourceGroupName = 'new'; Image = $linux; SshPublicKey = $key }
            foreach ($name in $with.Keys) { $parameters[$name] = $with[$name] }

            $failure = Get-Failure { 'a', 'b' | ForEach-Object { $begun += $_; [pscustomobject]@{ Name = $_ } } | New-ImageVM @parameters }

            $failure.FullyQualifiedErrorId | Should -BeExactly "$id,$source"
            $begun.Count | Should -Be 0
        }

        It 'ends with <id> for <what>' -ForEach @(
            @{ what = 'a URN of three parts'; id = 'InvalidImageUrn'; category = 'InvalidArgument'; with = @{ Image = 'Canonical:ubuntu-24_04-lts:server' } }
            @{ what = 'the id of something else'; id = 'InvalidImageReference'; category = 'InvalidArgument'; with = @{ Image = '/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/images/providers/Microsoft.Compute/disks/d' } }
            @{ what = 'an image that is not there'; id = 'ImageNotFound'; category = 'ObjectNotFound'; with = @{ Image = 'golden' } }
            @{ what = 'a version that is not there'; id = 'MarketplaceImageNotFound'; category = 'ObjectNotFound'; with = @{ Image = 'Canonical:ubuntu-24_04-lts:server:1.2.3' } }
            @{ what = 'a region that is not there'; id = 'InvalidLocation'; category = 'InvalidArgument'; with = @{ Location = 'atlantis' } }
            @{ what = 'a size that is not there'; id = 'InvalidVMSize'; category = 'InvalidArgument'; with = @{ Size = 'Standard_X1' } }
            @{ what = 'a size that the region lacks'; id = 'SkuNotAvailable'; category = 'ResourceUnavailable'; with = @{ Size = 'Standard_NC24ads_A100_v4'; Location = 'northeurope' } }
            @{ what = 'a size of another architecture'; id = 'ArchitectureMismatch'; category = 'InvalidOperation'; with = @{ Size = 'Standard_D2ps_v5' } }
            @{ what = 'a size of another generation'; id = 'HyperVGenerationMismatch'; category = 'InvalidOperation'; with = @{ Size = 'Standard_A2_v2' } }
            @{ what = 'Trusted Launch of generation 1'; id = 'SecurityTypeNotSupported'; category = 'InvalidOperation'; with = @{ Image = 'Canonical:ubuntu-24_04-lts:server-gen1:latest'; SecurityType = 'TrustedLaunch' } }
            @{ what = 'terms that nobody accepted'; id = 'MarketplaceTermsNotAccepted'; category = 'PermissionDenied'; with = @{ Image = 'kinvolk:flatcar-container-linux-free:stable-gen2:latest' } }
            @{ what = 'a plan where there is none'; id = 'PurchasePlanMismatch'; category = 'InvalidOperation'; with = @{ Plan = 'a:b:c' } }
            @{ what = 'a zone that is not there'; id = 'ZoneNotSupported'; category = 'InvalidArgument'; with = @{ Zone = '7' } }
            @{ what = 'too many disks'; id = 'DataDiskLimitExceeded'; category = 'LimitsExceeded'; with = @{ DataDiskSizeGB = 1, 1, 1, 1, 1 } }
            @{ what = 'a kind of disks that there is not'; id = 'InvalidArgument'; category = 'InvalidArgument'; with = @{ StorageAccountType = 'Bogus' } }
            @{ what = 'disks that hold no system'; id = 'InvalidArgument'; category = 'InvalidArgument'; with = @{ StorageAccountType = 'UltraSSD_LRS' } }
            @{ what = 'a disk without size'; id = 'InvalidDiskSize'; category = 'InvalidArgument'; with = @{ DataDiskSizeGB = 0 } }
            @{ what = 'a name against the rules'; id = 'InvalidResourceName'; category = 'InvalidArgument'; with = @{ Name = 'web-' } }
            @{ what = 'an administrator against the rules'; id = 'InvalidPassword'; category = 'InvalidArgument'; with = @{ AdminUserName = 'root' } }
            @{ what = 'a key that is none'; id = 'InvalidArgument'; category = 'InvalidArgument'; with = @{ SshPublicKey = 'id_rsa.pub' } }
            @{ what = 'a tag against the rules'; id = 'InvalidArgument'; category = 'InvalidArgument'; with = @{ Tag = @{ 'a/b' = 'c' } } }
            @{ what = 'a subnet that is not there'; id = 'ResourceNotFound'; category = 'ObjectNotFound'; with = @{ Subnet = 'hub' } }
        ) {
            $null = New-ImageVM -g images -n first -l westeurope -Image $linux -SshPublicKey $key
            $before = (Get-ImageSandbox).Fingerprint
            $parameters = @{ ResourceGroupName = 'images'; Name = 'web01'; Location = 'westeurope'; Image = $linux; SshPublicKey = $key }
            foreach ($name in $with.Keys) { $parameters[$name] = $with[$name] }

            $failure = Get-Failure { New-ImageVM @parameters }

            $failure.FullyQualifiedErrorId | Should -BeExactly "$id,$source"
            $failure.CategoryInfo.Category | Should -BeExactly $category
            $failure.TargetObject | Should -Not -BeNullOrEmpty
            $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }

        It 'never says a password that Azure would refuse' {
            $failure = Get-Failure { New-ImageVM -g images -n web01 -l westeurope -Image $windows -Credential (New-TestCredential jane 'P@ssw0rd') }

            $failure.FullyQualifiedErrorId | Should -BeExactly "InvalidPassword,$source"
            "$failure" | Should -Not -Match 'P@ssw0rd'
            $failure.TargetObject | Should -BeExactly 'jane'
        }

        It 'wants a region where the group is missing' {
            $failure = Get-Failure { New-ImageVM -g nowhere -n web01 -Image $linux }

            $failure.FullyQualifiedErrorId | Should -BeExactly "ResourceGroupNotFound,$source"
            $failure.ErrorDetails.RecommendedAction | Should -Match '-Location'
        }

        It 'says all that is wrong at once' {
            $failure = Get-Failure { New-ImageVM -g images -n web01 -l westeurope -Image $linux -Size Standard_A2_v2 -Zone 7 }

            "$failure" | Should -Match 'boots generation V1'
            "$failure" | Should -Match "not '7'"
        }
    }
}
