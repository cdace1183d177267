# What Pester 5 says of scopes, hooks and data. Every test here passes, under Pester and under the runner.
BeforeDiscovery {
    $cases = @(
        @{ Name = 'one'; Value = 1 }
        @{ Name = 'two'; Value = 2 }
    )
    $skipIt = $true
}

BeforeAll {
    $fromFile = 'file'
    $script:log = [System.Collections.Generic.List[string]]::new()
    function Get-Double ($number) { 2 * $number }
}

Describe 'scopes' {
    BeforeAll {
        $fromBlock = 'block'
        $script:log.Add('BeforeAll')
    }
    BeforeEach {
        $fromEach = 'each'
        $script:log.Add('BeforeEach')
    }
    AfterEach { $script:log.Add('AfterEach') }
    AfterAll { $script:log.Add('AfterAll') }

    It 'sees what BeforeAll and BeforeEach set' {
        $fromFile | Should -Be 'file'
        $fromBlock | Should -Be 'block'
        $fromEach | Should -Be 'each'
        $own = 'own'
        $own | Should -Be 'own'
    }

    It 'does not see what another test set' {
        $own | Should -BeNullOrEmpty
        $fromBlock = 'changed here only'
    }

    It 'sees what the block set, unchanged by another test' {
        $fromBlock | Should -Be 'block'
    }

    It 'finds functions of BeforeAll' {
        Get-Double 21 | Should -Be 42
    }

    Context 'inside' {
        BeforeAll { $inner = "$fromBlock.inner" }
        BeforeEach { $order = "$fromEach.inner" }

        It 'sees the outer block' { $inner | Should -Be 'block.inner' }
        It 'runs the outer BeforeEach first' { $order | Should -Be 'each.inner' }
    }

    It 'does not see the inner block' {
        $inner | Should -BeNullOrEmpty
    }

    It 'has no variables of discovery' {
        $cases | Should -BeNullOrEmpty
        $skipIt | Should -BeNullOrEmpty
    }
}

Describe 'hooks' {
    It 'ran in order in the block before' {
        $script:log[0] | Should -Be 'BeforeAll'
        $script:log[1] | Should -Be 'BeforeEach'
        $script:log[2] | Should -Be 'AfterEach'
        $script:log[-1] | Should -Be 'AfterAll'
    }
}

Describe 'data' {
    It 'gives <Name> as <Value>' -ForEach $cases {
        $_.Name | Should -Be $Name
        $Value | Should -BeIn 1, 2
    }

    It 'gives parameters too: <Name>' -TestCases $cases {
        param($Name, $Value)
        $Value | Should -BeGreaterThan 0
        $Name | Should -BeOfType string
    }

    It 'gives plain values: <_>' -ForEach 'a', 'b' {
        $_ | Should -BeIn 'a', 'b'
    }

    It 'gives nothing for no cases' -ForEach @() {
        throw 'never'
    }

    Context 'a block for <Name>' -ForEach $cases {
        BeforeAll { $doubled = 2 * $Value }

        It 'has it in its hooks' { $doubled | Should -Be (2 * $Value) }
        It 'has <Name> and <_>' -ForEach 3, 4 { $_ | Should -BeGreaterThan $Value }
    }

    It 'shows <_.Inner.Deep>' -ForEach @{ Inner = @{ Deep = 'deep values' } } {
        $Inner.Deep | Should -Be 'deep values'
    }

    It 'keeps `<escaped`> signs' -ForEach 1 { $_ | Should -Be 1 }
}

Describe 'skipping' {
    It 'is skipped' -Skip { throw 'never' }
    It 'is skipped by a variable of discovery' -Skip:$skipIt { throw 'never' }
    Context 'a skipped block' -Skip {
        BeforeAll { throw 'never' }
        It 'skips what is inside' { throw 'never' }
    }
}

Describe 'places' {
    It 'knows its file' {
        $PSScriptRoot | Should -Not -BeNullOrEmpty
        $PSCommandPath | Should -BeLike '*Scopes.Tests.ps1'
    }

    It 'has a drive of its own' {
        [System.IO.File]::WriteAllText("$TestDrive/a.txt", 'a')
        'TestDrive:/a.txt' | Should -Exist
        "$TestDrive/a.txt" | Should -Exist
    }
}

Describe 'the drive after a block' {
    It 'is empty again' {
        "$TestDrive/a.txt" | Should -Not -Exist
    }
}
