Describe 'ConvertFrom-SysprepLog' {
    BeforeAll {
        $source = 'ImageCmdlets.Commands.ConvertFromSysprepLogCommand'
        $package = 'Microsoft.Winget.Source_2025.210.1541.8_neutral__8wekyb3d8bbwe'
        $folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'imagecmdlets-' + [guid]::NewGuid().ToString('N'))
        $null = [IO.Directory]::CreateDirectory($folder)

        function Get-Run([string] $Time, [string[]] $Text) {
            "2025-07-22 $Time, Info                  SYSPRP ========================================================"
            "2025-07-22 $Time, Info                  SYSPRP ===          Beginning of a new sysprep run          ==="
            "2025-07-22 $Time, Info                  SYSPRP ========================================================"
            "2025-07-22 $Time, Info       [0x0f005f] SYSPRP ParseCommands:Found supported command line option 'GENERALIZE'"
            foreach ($line in $Text) { "2025-07-22 $Time, $line" }
        }

        function Get-Failure([scriptblock] $Script) {
            $ErrorActionPreference = 'Stop'
            try { $null = & $Script } catch { $_ }
        }

        $noise = 'Error                 SYSPRP MRTGeneralize:98 - ERROR: Failed DeleteInstance AntiVirusProduct'
        $appx = @(
            "Error                 SYSPRP Package $package was installed for a user, but not provisioned for all users."
            'Error      [0x0f00d8] SYSPRP WinMain:Hit failure while pre-validate sysprep generalize internal providers; hr = 0x80073cf2'
        )
        $success = 'Info                  SYSPRP FCreateTagFile:Successfully created tag file C:\Windows\System32\Sysprep\Sysprep_succeeded.tag'
        $failed = @(Get-Run '10:00:00' (@($noise) + $appx))
        $succeeded = @(Get-Run '11:00:00' $noise, $success)
    }

    AfterAll {
        [IO.Directory]::Delete($folder, $true)
    }

    Context 'lines from the pipeline' {
        It 'names the cause and what to do, without a session' {
            $run = $failed | ConvertFrom-SysprepLog

            $run.Outcome | Should -Be 'Failed'
            $run.RootCause.RuleId | Should -BeExactly 'Windows.AppxPackage'
            $run.RootCause.Message | Should -Match ([regex]::Escape($package))
            $run.RootCause.Fix | Should -Match 'Remove-AppxPackage'
            $run.RootCause.Evidence | Should -BeLike "Package $package was installed*"
            $run.Option | Should -BeExactly 'GENERALIZE'
            $run.NoiseCount | Should -Be 1
            $run.ErrorCount | Should -Be 2
            $run.StartTime | Should -Be ([datetime]::new(2025, 7, 22, 10, 0, 0))
        }

        It 'takes one text as well as lines' {
            ($failed -join "`r`n" | ConvertFrom-SysprepLog).RootCause.RuleId | Should -BeExactly 'Windows.AppxPackage'
            (ConvertFrom-SysprepLog -Text $failed).RootCause.RuleId | Should -BeExactly 'Windows.AppxPackage'
        }

        It 'takes lines that know their file, as Get-Content gives them, for one log' {
            $lines = foreach ($line in $failed) {
                $known = [psobject]::AsPSObject($line)
                $known.PSObject.Properties.Add([psnoteproperty]::new('PSPath', 'C:\nowhere\setupact.log'))
                $known
            }
            $runs = @($lines | ConvertFrom-SysprepLog)

            $runs.Count | Should -Be 1
            $runs[0].RootCause.RuleId | Should -BeExactly 'Windows.AppxPackage'
        }

        It 'judges the last run only' {
            $run = $failed + $succeeded | ConvertFrom-SysprepLog

            @($run).Count | Should -Be 1
            $run.Outcome | Should -Be 'Succeeded'
            $run.RootCause | Should -BeNullOrEmpty
            $run.Number | Should -Be 2
        }

        It 'gives every run with -AllRun' {
            $runs = @($failed + $succeeded | ConvertFrom-SysprepLog -AllRun)

            ($runs | ForEach-Object { "$_" }) -join ' ' | Should -BeExactly 'Failed: Windows.AppxPackage Succeeded'
        }

        It 'warns when there is nothing of sysprep''s' {
            'hello', '' | ConvertFrom-SysprepLog -WarningAction SilentlyContinue -WarningVariable warned | Should -BeNullOrEmpty

            "$warned" | Should -BeExactly "There is no line of sysprep's in the text."
        }

        It 'says honestly that no rule knows an error' {
            $run = Get-Run '10:00:00' 'Error SYSPRP Something nobody has seen; hr = 0x80004005' | ConvertFrom-SysprepLog

            $run.RootCause.RuleId | Should -BeExactly 'Unknown'
            $run.RootCause.Evidence | Should -BeExactly 'Something nobody has seen; hr = 0x80004005'
        }
    }

    Context 'files' {
        It 'reads <name>' -ForEach @(
            @{ name = 'UTF-8'; encoding = [Text.UTF8Encoding]::new($false) }
            @{ name = 'UTF-8 with a mark'; encoding = [Text.UTF8Encoding]::new($true) }
            @{ name = 'UTF-16'; encoding = [Text.UnicodeEncoding]::new($false, $true) }
            @{ name = 'UTF-16 without a mark'; encoding = [Text.UnicodeEncoding]::new($false, $false) }
            @{ name = 'UTF-16 of the other order'; encoding = [Text.UnicodeEncoding]::new($true, $true) }
        ) {
            $file = [IO.Path]::Combine($folder, 'setupact.log')
            [IO.File]::WriteAllText($file, ($failed -join "`r`n"), $encoding)
            $run = ConvertFrom-SysprepLog $file

            $run.RootCause.RuleId | Should -BeExactly 'Windows.AppxPackage'
            $run.Source | Should -BeExactly $file
            $run.RootCause.Target | Should -BeExactly $file
        }

        It 'takes wildcards, each file a log of its own' {
            [IO.File]::WriteAllText([IO.Path]::Combine($folder, 'a1.log'), ($failed -join "`n"))
            [IO.File]::WriteAllText([IO.Path]::Combine($folder, 'a2.log'), ($succeeded -join "`n"))
            $runs = @(ConvertFrom-SysprepLog -Path ([IO.Path]::Combine($folder, 'a*.log')))

            ($runs | ForEach-Object Outcome) -join ' ' | Should -BeExactly 'Failed Succeeded'
        }

        It 'takes files from the pipeline, brackets in their names and all' {
            $file = [IO.Path]::Combine($folder, 'web[01].log')
            [IO.File]::WriteAllText($file, ($failed -join "`n"))

            ([pscustomobject]@{ PSPath = $file } | ConvertFrom-SysprepLog).RootCause.RuleId | Should -BeExactly 'Windows.AppxPackage'
            ([IO.FileInfo] $file | ForEach-Object { [pscustomobject]@{ LiteralPath = $_.FullName } } | ConvertFrom-SysprepLog).Outcome | Should -Be 'Failed'
        }

        It 'goes on after a file that is not there' {
            $file = [IO.Path]::Combine($folder, 'there.log')
            $missing = [IO.Path]::Combine($folder, 'missing.log')
            [IO.File]::WriteAllText($file, ($failed -join "`n"))
            $runs = @(ConvertFrom-SysprepLog -Path $missing, $file -ErrorAction SilentlyContinue -ErrorVariable failures)

            $runs.Count | Should -Be 1
            $failures.Count | Should -Be 1
            $failures[0].FullyQualifiedErrorId | Should -BeExactly "FileNotFound,$source"
            $failures[0].CategoryInfo.Category | Should -BeExactly 'ObjectNotFound'
            $failures[0].TargetObject | Should -BeExactly $missing
        }

        It 'refuses a literal path that is not there' {
            (Get-Failure { ConvertFrom-SysprepLog -LiteralPath ([IO.Path]::Combine($folder, 'x[1].log')) }).FullyQualifiedErrorId |
                Should -BeExactly "FileNotFound,$source"
        }

        It 'refuses what is no file' {
            $failure = Get-Failure { ConvertFrom-SysprepLog -LiteralPath 'variable:PSHome' }

            $failure.FullyQualifiedErrorId | Should -BeExactly "InvalidArgument,$source"
            $failure.CategoryInfo.Category | Should -BeExactly 'InvalidArgument'
        }
    }
}
