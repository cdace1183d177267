Describe 'Scale sets' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $group = '/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/images/providers/Microsoft.Compute'

        function Get-Failure([scriptblock] $Script) {
            $ErrorActionPreference = 'Stop'
            try { $null = & $Script } catch { $_ }
        }
    }

    BeforeEach {
        Reset-ImageSandbox
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    Context 'Get-ImageScaleSet' {
        It 'says nothing where there is none' {
            Get-ImageScaleSet | Should -BeNullOrEmpty
            Get-ImageScaleSet -n 'web*' -IncludeInstance | Should -BeNullOrEmpty
        }

        It 'ends with <id> for <what>' -ForEach @(
            @{ what = 'a name that is not there'; id = 'ResourceNotFound'; category = 'ObjectNotFound'; call = { Get-ImageScaleSet -n none } }
            @{ what = 'an id that is not there'; id = 'ResourceNotFound'; category = 'ObjectNotFound'; call = { "$group/virtualMachineScaleSets/none" | Get-ImageScaleSet } }
            @{ what = 'a group that is not there'; id = 'ResourceGroupNotFound'; category = 'ObjectNotFound'; call = { Get-ImageScaleSet nowhere } }
            @{ what = 'the id of something else'; id = 'InvalidResourceId'; category = 'InvalidArgument'; call = { Get-ImageScaleSet -ResourceId "$group/disks/web01" } }
        ) {
            # A machine makes the group.
            $null = New-ImageVM -g images -n web01 -l westeurope -Image 'Canonical:ubuntu-24_04-lts:server:latest' -WarningAction SilentlyContinue
            $before = (Get-ImageSandbox).Fingerprint
            $failure = Get-Failure $call

            $failure.FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.GetImageScaleSetCommand"
            $failure.CategoryInfo.Category | Should -BeExactly $category
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }
    }
}
