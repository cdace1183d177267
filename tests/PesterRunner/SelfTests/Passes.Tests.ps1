# Assertions that hold, each next to what it could be mistaken for.
Describe 'equality' {
    It 'ignores case' { 'A' | Should -Be 'a' }
    It 'takes arrays' { 1, 2 | Should -Be @(1, 2) }
    It 'takes an array as the value' { Should -ActualValue 5 -Be 5 }
    It 'unrolls an array of one' { @(1) | Should -Be 1 }
    It 'holds nothing and an empty array to be equal' { $null | Should -Be @() }
    It 'converts as -eq does' { '1' | Should -Be 1 }
    It 'tells cases apart' { 'A' | Should -Not -BeExactly 'a' }
    It 'compares enums with their names' { [System.DayOfWeek]::Monday | Should -Be 'Monday' }
    It 'compares nested arrays' { @(1, @(2, 3)), 4 | Should -Be @(@(1, @(2, 3)), 4) }
}

Describe 'patterns' {
    It 'likes' { 'abc' | Should -BeLike 'A?C' }
    It 'matches' { 'abc' | Should -Match '^A' }
    It 'matches exactly' { 'abc' | Should -Not -MatchExactly '^A' }
    It 'takes each value' { 'ab', 'ac' | Should -BeLike 'a*' }
}

Describe 'the rest' {
    It 'counts' { 1, 2, 3 | Should -HaveCount 3 }
    It 'counts one' { 'x' | Should -HaveCount 1 }
    It 'counts none' { @() | Should -HaveCount 0 }
    It 'contains' { 'a', 'b' | Should -Contain 'B' }
    It 'is null' { $null | Should -BeNullOrEmpty }
    It 'is an empty text' { '' | Should -BeNullOrEmpty }
    It 'is zero and not empty' { 0 | Should -Not -BeNullOrEmpty }
    It 'is of a base type' { [System.ArgumentNullException]::new() | Should -BeOfType System.Exception }
    It 'takes a type in brackets' { 1 | Should -BeOfType '[int]' }
    It 'is greater' { 2 | Should -BeGreaterThan 1 }
    It 'is as great' { 2 | Should -BeGreaterOrEqual 2 }
}

Describe 'throwing' {
    It 'throws a message' { { throw 'one two' } | Should -Throw '*two' }
    It 'throws an id' {
        { Get-Command -Name NoSuchThing -ErrorAction Stop } |
            Should -Throw -ErrorId 'CommandNotFoundException,Microsoft.PowerShell.Commands.GetCommandCommand'
    }
    It 'throws a type' {
        { throw [System.ArgumentException]::new('bad') } | Should -Throw -ExceptionType ([System.ArgumentException])
    }
    It 'gives the error' {
        $error = { throw 'one' } | Should -Throw -PassThru
        $error.Exception.Message | Should -Be 'one'
    }
    It 'does not throw' { { 1 } | Should -Not -Throw }
    It 'does not take an error that is not terminating' { { Get-Command NoSuchThing -ErrorAction SilentlyContinue } | Should -Not -Throw }
}
