Describe 'Sessions' {
    BeforeAll {
        function Get-Failure([scriptblock] $Script) {
            try { & $Script; $null } catch { $_ }
        }
    }

    AfterEach {
        Get-ImageSession | Disconnect-ImageSession
    }

    Context 'Connect-ImageSession -Sandbox' {
        It 'gives a session and makes it the default one' {
            $session = Connect-ImageSession -Sandbox

            $session.IsSandbox | Should -BeTrue
            $session.Account | Should -BeExactly 'sandbox'
            (Get-ImageSession -Default).SessionId | Should -Be $session.SessionId
        }

        It 'leaves the default session alone with -NotDefault' {
            $first = Connect-ImageSession -Sandbox
            $second = Connect-ImageSession -Sandbox -NotDefault

            (Get-ImageSession -Default).SessionId | Should -Be $first.SessionId
            @(Get-ImageSession).Count | Should -Be 2
            (Get-ImageSandbox -Session $second).RequestCount | Should -Be 1
        }

        It 'refuses a subscription that is not there' {
            $failure = Get-Failure { Connect-ImageSession -Sandbox -SubscriptionId '11111111-2222-3333-4444-555555555555' }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'SubscriptionNotFound,ImageCmdlets.Commands.ConnectImageSessionCommand'
            $failure.CategoryInfo.Category | Should -BeExactly 'ObjectNotFound'
            $failure.ErrorDetails.RecommendedAction | Should -Match '-SubscriptionId'
            Get-ImageSession | Should -BeNullOrEmpty
        }

        It 'keeps its state, and its time, in a file' {
            $path = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), 'sandbox-' + [guid]::NewGuid() + '.json')
            try {
                $null = Connect-ImageSession -Sandbox -StatePath $path
                Set-ImageSandbox -Advance '01:00:00'
                $null = New-ImageVM -g images -n vm1 -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
                $before = Get-ImageSandbox
                Disconnect-ImageSession

                $null = Connect-ImageSession -Sandbox -StatePath $path
                $after = Get-ImageSandbox

                $after.Fingerprint | Should -BeExactly $before.Fingerprint
                (Get-ImageVM -g images -n vm1).Name | Should -BeExactly 'vm1'
            } finally {
                [System.IO.File]::Delete($path)
            }
        }
    }

    Context 'A state file' {
        BeforeEach {
            $path = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), 'sandbox-' + [guid]::NewGuid() + '.json')
        }

        AfterEach {
            Get-ImageSession | Disconnect-ImageSession
            [System.IO.File]::Delete($path)
        }

        It 'belongs to one session at a time' {
            $null = Connect-ImageSession -Sandbox -StatePath $path
            $failure = Get-Failure { Connect-ImageSession -Sandbox -StatePath $path }
            Disconnect-ImageSession
            $null = Connect-ImageSession -Sandbox -StatePath $path

            $failure.FullyQualifiedErrorId | Should -BeExactly 'SandboxStateInUse,ImageCmdlets.Commands.ConnectImageSessionCommand'
            $failure.CategoryInfo.Category | Should -BeExactly 'ResourceBusy'
            $failure.TargetObject | Should -BeExactly $path
            $failure.ErrorDetails.RecommendedAction | Should -Match 'Disconnect'
            @(Get-ImageSession).Count | Should -Be 1
        }

        It 'is free again where the session could not be opened' {
            $null = Get-Failure { Connect-ImageSession -Sandbox -StatePath $path -SubscriptionId '11111111-2222-3333-4444-555555555555' }

            (Connect-ImageSession -Sandbox -StatePath $path).IsConnected | Should -BeTrue
        }

        It 'that holds <what> is refused, and stays as it is' -ForEach @(
            @{ what = 'something else'; content = 'garbage' }
            @{ what = 'other lines'; content = "garbage`n" }
            @{ what = 'the state of another version'; content = "{`"version`":1}`n" }
        ) {
            [System.IO.File]::WriteAllText($path, $content)
            $failure = Get-Failure { Connect-ImageSession -Sandbox -StatePath $path }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidSandboxState,ImageCmdlets.Commands.ConnectImageSessionCommand'
            $failure.CategoryInfo.Category | Should -BeExactly 'InvalidData'
            $failure.TargetObject | Should -BeExactly $path
            [System.IO.File]::ReadAllText($path) | Should -BeExactly $content
            Get-ImageSession | Should -BeNullOrEmpty
        }

        It 'that is a folder is refused' {
            $folder = [System.IO.Path]::GetTempPath()
            $failure = Get-Failure { Connect-ImageSession -Sandbox -StatePath $folder }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidSandboxState,ImageCmdlets.Commands.ConnectImageSessionCommand'
        }
    }

    Context 'Disconnect-ImageSession' {
        It 'never makes a session the default one that was opened with -NotDefault' {
            $production = Connect-ImageSession -Sandbox -NotDefault
            $null = New-ImageVM -Session $production -g images -n vm1 -l westeurope -Image 'Debian:debian-12:12-gen2:latest' -WarningAction SilentlyContinue
            $null = Connect-ImageSession -Sandbox
            Disconnect-ImageSession

            $failure = Get-Failure { Remove-ImageVM -g images -n '*' -Force }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'NotConnected,ImageCmdlets.Commands.RemoveImageVMCommand'
            Get-ImageSession -Default | Should -BeNullOrEmpty
            @(Get-ImageVM -Session $production).Count | Should -Be 1
        }

        It 'gives back, with a warning, the session that was the default one before' {
            $first = Connect-ImageSession -Sandbox
            $null = Connect-ImageSession -Sandbox -NotDefault
            $null = Connect-ImageSession -Sandbox
            Disconnect-ImageSession -WarningVariable warnings -WarningAction SilentlyContinue

            (Get-ImageSession -Default).SessionId | Should -Be $first.SessionId
            "$warnings" | Should -BeExactly "The default session is 'sandbox $($first.SessionId)' again."
        }

        It 'gives back none that has ended, and is silent where the default one stays' {
            $first = Connect-ImageSession -Sandbox
            $null = Connect-ImageSession -Sandbox
            Disconnect-ImageSession $first -WarningVariable warnings -WarningAction SilentlyContinue
            Disconnect-ImageSession -WarningVariable +warnings -WarningAction SilentlyContinue

            "$warnings" | Should -BeNullOrEmpty
            Get-ImageSession | Should -BeNullOrEmpty
        }
    }

    Context 'Connect-ImageSession -Endpoint' {
        It 'refuses <address>' -ForEach @(
            @{ address = 'http://127.0.0.1:8443' }
            @{ address = 'https://management.azure.com' }
            @{ address = 'https://10.0.0.4:8443' }
        ) {
            $failure = Get-Failure { Connect-ImageSession -Endpoint $address }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'InvalidEndpoint,ImageCmdlets.Commands.ConnectImageSessionCommand'
            $failure.CategoryInfo.Category | Should -BeExactly 'InvalidArgument'
        }
    }

    Context 'Without a session' {
        It 'ends the command with NotConnected' {
            $failure = Get-Failure { Get-CustomImage }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'NotConnected,ImageCmdlets.Commands.GetCustomImageCommand'
            $failure.CategoryInfo.Category | Should -BeExactly 'AuthenticationError'
            $failure.ErrorDetails.RecommendedAction | Should -Match 'Connect-ImageSession'
        }

        It 'says so also for a session that was disconnected' {
            $session = Connect-ImageSession -Sandbox
            Disconnect-ImageSession

            $failure = Get-Failure { Get-CustomImage -Session $session }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'NotConnected,ImageCmdlets.Commands.GetCustomImageCommand'
        }
    }

    Context 'A token that has expired' {
        It 'is AuthenticationFailed, and nothing changes' {
            $null = Connect-ImageSession -Sandbox
            $before = (Get-ImageSandbox).Fingerprint
            Set-ImageSandbox -Fault @{ Effect = 'ExpiredToken'; Count = 100 }

            $failure = Get-Failure { Get-CustomImage }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'AuthenticationFailed,ImageCmdlets.Commands.GetCustomImageCommand'
            $failure.CategoryInfo.Category | Should -BeExactly 'AuthenticationError'
            (Get-ImageSandbox).Fingerprint | Should -BeExactly $before
        }
    }
}
