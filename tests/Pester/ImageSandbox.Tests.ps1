Describe 'The sandbox' {
    BeforeAll {
        $null = Connect-ImageSession -Sandbox
        function Get-Failure([scriptblock] $Script) {
            try { & $Script; $null } catch { $_ }
        }
    }

    BeforeEach {
        Reset-ImageSandbox
    }

    AfterAll {
        Get-ImageSession | Disconnect-ImageSession
    }

    It 'counts the requests it answers' {
        $before = (Get-ImageSandbox).RequestCount
        Get-CustomImage
        (Get-ImageSandbox).RequestCount | Should -Be ($before + 1)
    }

    It 'lets simulated time pass' {
        $before = (Get-ImageSandbox).Time
        $after = (Set-ImageSandbox -Advance '02:30:00' -PassThru).Time
        ($after - $before).TotalMinutes | Should -Be 150
    }

    It 'refuses time that goes back, and changes nothing' {
        $before = Get-ImageSandbox
        $failure = Get-Failure { Set-ImageSandbox -Advance '-00:00:01' }

        $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.SetImageSandboxCommand'
        (Get-ImageSandbox).Time | Should -Be $before.Time
    }

    It 'does nothing with -WhatIf' {
        Set-ImageSandbox -Fault @{ Effect = 'ConnectionReset' } -WhatIf
        (Get-ImageSandbox).Fault.Count | Should -Be 0
    }

    It 'throttles as Azure does, and the engine waits as long as it is told' {
        (Get-ImageSandbox).EnforceRateLimit | Should -BeTrue
        $before = (Get-ImageSandbox).Time
        foreach ($i in 1..82) { Get-CustomImage -g images -ErrorAction SilentlyContinue }
        ((Get-ImageSandbox).Time - $before).TotalSeconds | Should -BeGreaterThan 59
    }

    It 'lets everything pass on demand' {
        Set-ImageSandbox -EnforceRateLimit $false
        $before = (Get-ImageSandbox).Time
        foreach ($i in 1..82) { Get-CustomImage -g images -ErrorAction SilentlyContinue }
        (Get-ImageSandbox).Time | Should -Be $before
    }

    It 'shows faults and takes them away' {
        Set-ImageSandbox -Fault @{ Method = 'PUT'; Path = '*/images/*'; Effect = 'ConnectionReset'; Count = 2 }
        $fault = (Get-ImageSandbox).Fault[0]
        $fault.Effect | Should -BeExactly 'ConnectionReset'
        $fault.Count | Should -Be 2

        Set-ImageSandbox -ClearFault
        (Get-ImageSandbox).Fault.Count | Should -Be 0
    }

    It 'breaks machines that are made later, and spares them again' {
        Set-ImageSandbox -GuestFault @{ VM = 'win*'; Kind = 'BitLocker' }
        $null = New-ImageVM -g images -n win01 -l westeurope -Image 'MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-g2:latest' -WarningAction SilentlyContinue
        $fault = (Get-ImageSandbox).GuestFault[0]
        $fault.VM | Should -BeExactly 'win*'
        $fault.Kind | Should -BeExactly 'BitLocker'
        $fault.Hits | Should -Be 1

        Set-ImageSandbox -ClearFault
        (Get-ImageSandbox).GuestFault.Count | Should -Be 0
    }

    It 'lets answers come late in simulated time' {
        Set-ImageSandbox -Fault @{ Effect = 'SlowAnswer'; Delay = '00:00:40' }
        $before = (Get-ImageSandbox).Time
        Get-CustomImage -ErrorAction Stop
        ((Get-ImageSandbox).Time - $before).TotalSeconds | Should -Be 40
    }

    It 'survives what goes wrong by chance, always at the same requests' {
        Set-ImageSandbox -Fault @{ Probability = 0.3; Status = 503; Body = '' }
        foreach ($i in 1..20) { Get-CustomImage -ErrorAction Stop }
        $hits = (Get-ImageSandbox).Fault[0].Hits
        $hits | Should -BeGreaterThan 2

        Reset-ImageSandbox
        Set-ImageSandbox -Fault @{ Probability = 0.3; Status = 503; Body = '' }
        foreach ($i in 1..20) { Get-CustomImage -ErrorAction Stop }
        (Get-ImageSandbox).Fault[0].Hits | Should -Be $hits
    }

    It 'refuses a fault that makes no sense: <why>' -ForEach @(
        @{ why = 'a probability above 1'; fault = @{ Probability = 2 } }
        @{ why = 'a count of nothing'; fault = @{ Count = 0 } }
        @{ why = 'a slow answer without a delay'; fault = @{ Effect = 'SlowAnswer' } }
        @{ why = 'a status that is no error'; fault = @{ Status = 200 } }
    ) {
        $failure = Get-Failure { Set-ImageSandbox -Fault $fault }
        $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.SetImageSandboxCommand'
        (Get-ImageSandbox).Fault.Count | Should -Be 0
    }

    Context 'a fault plan' {
        BeforeEach {
            $plan = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), "$([guid]::NewGuid()).json")
        }

        AfterEach {
            [System.IO.File]::Delete($plan)
        }

        It 'holds faults of requests and of machines' {
            [System.IO.File]::WriteAllText($plan, '{
                // Every tenth request is lost.
                "requests": [
                    { "effect": "ConnectionReset", "probability": 0.1 },
                    { "method": "PUT", "path": "*/images/*", "status": 429, "retryAfterSeconds": 17, "count": 3 }
                ],
                "guests": [ { "vm": "win*", "kind": "SysprepHangs" } ]
            }')
            Set-ImageSandbox -FaultPlan $plan
            $state = Get-ImageSandbox

            $state.Fault.Count | Should -Be 2
            $state.Fault[1].RetryAfterSeconds | Should -Be 17
            $state.Fault[1].Count | Should -Be 3
            $state.GuestFault[0].Kind | Should -BeExactly 'SysprepHangs'
        }

        It 'is refused as a whole when <why>' -ForEach @(
            @{ why = 'a name is wrong'; text = '{ "requests": [ { "effect": "ConnectionReset" }, { "methud": "PUT" } ] }' }
            @{ why = 'an effect does not exist'; text = '{ "requests": [ { "effect": "Explosion" } ] }' }
            @{ why = 'a value has the wrong type'; text = '{ "requests": [ { "skip": "many" } ] }' }
            @{ why = 'a fault makes no sense'; text = '{ "requests": [ { "effect": "ConnectionReset" }, { "probability": 7 } ] }' }
            @{ why = 'it is no JSON'; text = 'requests:' }
        ) {
            [System.IO.File]::WriteAllText($plan, $text)
            $failure = Get-Failure { Set-ImageSandbox -FaultPlan $plan }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.SetImageSandboxCommand'
            (Get-ImageSandbox).Fault.Count | Should -Be 0
        }

        It 'is refused when it is not there' {
            $failure = Get-Failure { Set-ImageSandbox -FaultPlan $plan }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,ImageCmdlets.Commands.SetImageSandboxCommand'
            $failure.TargetObject | Should -BeExactly $plan
        }
    }

    It 'turns <effect> into <id>' -ForEach @(
        @{ effect = 'Forbidden'; id = 'AuthorizationFailed'; category = 'PermissionDenied' }
        @{ effect = 'ConnectionReset'; id = 'ConnectionFailed'; category = 'ConnectionError' }
        @{ effect = 'MalformedBody'; id = 'InvalidResponse'; category = 'ProtocolError' }
        @{ effect = 'TruncatedBody'; id = 'InvalidResponse'; category = 'ProtocolError' }
        @{ effect = 'Error'; id = 'ServiceUnavailable'; category = 'ResourceUnavailable' }
    ) {
        Set-ImageSandbox -Fault @{ Effect = $effect; Count = 100 }
        $before = (Get-ImageSandbox).Fingerprint

        $failure = Get-Failure { Get-CustomImage -ErrorAction Stop }

        $failure.FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.GetCustomImageCommand"
        $failure.CategoryInfo.Category | Should -BeExactly $category
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }

    It 'changes nothing when every answer is <effect>' -ForEach @(
        @{ effect = 'ConnectionReset'; id = 'ConnectionFailed'; category = 'ConnectionError' }
        @{ effect = 'MalformedBody'; id = 'InvalidResponse'; category = 'ProtocolError' }
    ) {
        Set-ImageSandbox -Fault @{ Effect = $effect; Count = 1000 }
        $before = (Get-ImageSandbox).Fingerprint

        $failure = Get-Failure {
            New-ImageVM -g images -n web01 -l westeurope -Image 'Canonical:ubuntu-24_04-lts:server:latest' -ErrorAction Stop
        }

        $failure.FullyQualifiedErrorId | Should -BeExactly "$id,ImageCmdlets.Commands.NewImageVMCommand"
        $failure.CategoryInfo.Category | Should -BeExactly $category
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
    }

    It 'survives a fault that passes' {
        Set-ImageSandbox -Fault @{ Effect = 'Error'; Status = 503; Code = 'ServerTimeout'; Count = 2 }
        Get-CustomImage -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'waits as long as Azure asks' {
        Set-ImageSandbox -Fault @{ Effect = 'Error'; Status = 429; Code = 'TooManyRequests'; RetryAfterSeconds = 90 }
        $before = (Get-ImageSandbox).Time
        Get-CustomImage -ErrorAction Stop
        ((Get-ImageSandbox).Time - $before).TotalSeconds | Should -Be 90
    }
}
