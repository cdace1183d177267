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
