Describe 'Resolve-ImageError' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        $noise = 'MRTGeneralize:98 - ERROR: Failed DeleteInstance AntiVirusProduct'

        function Get-Failure([scriptblock] $Script) {
            $ErrorActionPreference = 'Stop'
            try { $null = & $Script } catch { $_ }
        }
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    Context 'errors' {
        It 'explains an error of this module, and what it is about' {
            $failure = Get-Failure { Get-ImageVM -g nowhere -n web01 }
            $finding = $failure | Resolve-ImageError

            $finding.RuleId | Should -BeExactly 'Azure.GroupNotFound'
            $finding.Evidence | Should -Match 'nowhere'
            $finding.Cause | Should -Not -BeNullOrEmpty
            $finding.Fix | Should -Match 'ResourceGroupName'
            $finding.Reference | Should -Match '^https://'
            $finding.Target | Should -BeExactly $failure.TargetObject
        }

        It 'explains an error that Azure gave' {
            Set-ImageSandbox -Fault @{ Method = 'GET'; Path = '*/virtualMachines*'; Status = 409; Code = 'OperationNotAllowed'; Message = "Operation 'start' is not allowed on VM 'web01' since the VM is generalized."; Count = 100 }
            $failure = Get-Failure { Get-ImageVM -g images -n web01 }
            Set-ImageSandbox -ClearFault

            ($failure | Resolve-ImageError).RuleId | Should -BeExactly 'Azure.VMIsGeneralized'
            (Resolve-ImageError $failure).Evidence | Should -BeExactly "Operation 'start' is not allowed on VM 'web01' since the VM is generalized."
        }

        It 'explains the latest error of the session when nothing is given' {
            try { ConvertFrom-ImageUrn 'nonsense' -ErrorAction Stop } catch { $null = $_ }

            (Resolve-ImageError).RuleId | Should -BeExactly 'Module.InvalidImageUrn'
        }

        It 'takes exceptions, and looks inside them' {
            $inner = [InvalidOperationException]::new('Allocation failed. Please try reducing the VM size or number of VMs.')
            $outer = [Exception]::new('It did not work.', $inner)

            ($outer | Resolve-ImageError).RuleId | Should -BeExactly 'Azure.AllocationFailed'
        }

        It 'explains each of several' {
            $failures = @((Get-Failure { ConvertFrom-ImageUrn 'nonsense' }), (Get-Failure { throw 'OSProvisioningTimedOut: ErrorCode: OSProvisioningTimedOut' }))

            ($failures | Resolve-ImageError | ForEach-Object RuleId) -join ' ' | Should -BeExactly 'Module.InvalidImageUrn Azure.OSProvisioningTimedOut'
        }
    }

    Context 'what people have at hand' {
        It 'takes a code alone at the first place' {
            (Resolve-ImageError OSProvisioningTimedOut).RuleId | Should -BeExactly 'Azure.OSProvisioningTimedOut'
        }

        It 'takes codes alone from the pipeline' {
            ('AllocationFailed', 'SkuNotAvailable' | Resolve-ImageError | ForEach-Object RuleId) -join ' ' | Should -BeExactly 'Azure.AllocationFailed Azure.SkuNotAvailable'
        }

        It 'takes an error record at the first place' {
            $failure = Get-Failure { ConvertFrom-ImageUrn 'nonsense' }
            (Resolve-ImageError $failure).RuleId | Should -BeExactly 'Module.InvalidImageUrn'
        }

        It 'looks into an error that is text within an error' {
            $text = '{"code":"DeploymentFailed","message":"At least one resource deployment operation failed.","details":[{"code":"Conflict","message":"{\r\n  \"error\": {\r\n    \"code\": \"OSProvisioningTimedOut\",\r\n    \"message\": \"OS Provisioning for VM did not finish.\"\r\n  }\r\n}"}]}'
            ($text | Resolve-ImageError)[0].RuleId | Should -BeExactly 'Azure.OSProvisioningTimedOut'
        }
    }

    Context 'codes' {
        It 'knows <code>' -ForEach @(
            @{ code = 'OSProvisioningTimedOut'; rule = 'Azure.OSProvisioningTimedOut' }
            @{ code = 'osprovisioningclienterror'; rule = 'Azure.OSProvisioningClientError' }
            @{ code = 'QuotaExceeded'; rule = 'Azure.QuotaExceeded' }
            @{ code = 'GeneralizeFailed'; rule = 'Module.GeneralizeFailed' }
            @{ code = '0x80073CF2'; rule = 'Windows.AppxPackage' }
            @{ code = 'Windows.BitLocker'; rule = 'Windows.BitLocker' }
        ) {
            $finding = Resolve-ImageError -Code $code

            $finding.RuleId | Should -BeExactly $rule
            $finding.Fix | Should -Not -BeNullOrEmpty
        }

        It 'says honestly that it does not know one' {
            $finding = Resolve-ImageError -Code NoSuchCode

            $finding.RuleId | Should -BeExactly 'Unknown'
            $finding.Message | Should -BeExactly "No rule knows the code 'NoSuchCode'."
            $finding.Cause | Should -BeNullOrEmpty
            $finding.Reference | Should -BeNullOrEmpty
        }

        It 'takes a code of Windows that is a number to PowerShell: <code>' -ForEach @(
            @{ code = 0x80073cf2 }
            @{ code = 2147958002 }
            @{ code = '0x80073cf2' }
        ) {
            (Resolve-ImageError $code).RuleId | Should -BeExactly 'Windows.AppxPackage'
            (Resolve-ImageError -Code $code).RuleId | Should -BeExactly 'Windows.AppxPackage'
        }

        It 'explains several, each by itself' {
            @(Resolve-ImageError -Code SkuNotAvailable, ScopeLocked | ForEach-Object RuleId) -join ' ' | Should -BeExactly 'Azure.SkuNotAvailable Azure.Locked'
        }

        It 'lets the message decide where one code means many things' {
            (Resolve-ImageError -Code OperationNotAllowed -Message 'The maximum number of data disks allowed to be attached to a VM of this size is 4.').RuleId |
                Should -BeExactly 'Azure.DataDiskLimit'
            (Resolve-ImageError -Code OperationNotAllowed).RuleId | Should -BeExactly 'Azure.OperationNotAllowed'
        }
    }

    Context 'texts' {
        It 'finds the innermost code in what az printed' {
            $text = '{"error":{"code":"DeploymentFailed","message":"x","details":[{"code":"SkuNotAvailable","message":"y"}]}}'

            ($text | Resolve-ImageError).RuleId | Should -BeExactly 'Azure.SkuNotAvailable'
        }

        It 'takes lines from the pipeline for one text' {
            $findings = @('(AuthorizationFailed) The client may not.', 'Code: AuthorizationFailed', 'Message: x' | Resolve-ImageError)

            $findings.Count | Should -Be 1
            $findings[0].RuleId | Should -BeExactly 'Azure.AuthorizationFailed'
        }

        It 'knows noise for what it is' {
            $finding = Resolve-ImageError -Message $noise

            $finding.RuleId | Should -BeExactly 'Noise.MalwareRemovalTool'
            $finding.Severity | Should -Be 'Information'
        }

        It 'names the cause in lines of a log, and not the noise' {
            $findings = @(Resolve-ImageError -Log @(
                    "2025-07-22 10:00:00, Error                 SYSPRP $noise"
                    '2025-07-22 10:00:01, Error                 SYSPRP BitLocker-Sysprep: BitLocker is on for the OS volume. Turn BitLocker off to run Sysprep. (0x80310039)'
                ))

            $findings.Count | Should -Be 1
            $findings[0].RuleId | Should -BeExactly 'Windows.BitLocker'
            $findings[0].Fix | Should -Match 'manage-bde -off'
        }
    }

    It 'completes the codes' {
        $line = 'Resolve-ImageError -Code OSProv'
        $completed = [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches

        ($completed | ForEach-Object CompletionText) -join ' ' |
            Should -BeExactly 'OSProvisioningClientError OSProvisioningFailed OSProvisioningInternalError OSProvisioningTimedOut'
    }
}
