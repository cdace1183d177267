# Every test here must fail, and the runner must see it: the messages are in Failures.expected.txt.
Describe 'equality' {
    It 'Be' { 1 | Should -Be 2 }
    It 'Be because' { 1 | Should -Be 2 -Because 'because we count' }
    It 'Not Be' { 'a' | Should -Not -Be 'A' }
    It 'Be of texts' { 'one' | Should -Be 'two' }
    It 'Be of texts of other lengths' { "a`nb" | Should -Be 'a long one' }
    It 'Be of arrays' { 1, 2, 3 | Should -Be 1, 2, 4 }
    It 'Be of nothing' { $null | Should -Be 'x' }
    It 'BeExactly' { 'A' | Should -BeExactly 'a' }
    It 'BeExactly of numbers' { 1 | Should -BeExactly 2 }
    It 'Not BeExactly' { 'a' | Should -Not -BeExactly 'a' }
}

Describe 'patterns' {
    It 'BeLike' { 'abc' | Should -BeLike 'x*' }
    It 'Not BeLike' { 'abc' | Should -Not -BeLike 'A*' }
    It 'BeLikeExactly' { 'abc' | Should -BeLikeExactly 'A*' }
    It 'Not BeLikeExactly' { 'abc' | Should -Not -BeLikeExactly 'a*' }
    It 'Match' { 'abc' | Should -Match 'x' }
    It 'Not Match' { 'abc' | Should -Not -Match 'B' }
    It 'MatchExactly' { 'abc' | Should -MatchExactly 'B' }
    It 'Not MatchExactly' { 'abc' | Should -Not -MatchExactly 'b' }
}

Describe 'truth and nothing' {
    It 'BeTrue' { 0 | Should -BeTrue }
    It 'Not BeTrue' { 'x' | Should -Not -BeTrue }
    It 'BeFalse' { $true | Should -BeFalse -Because 'it was off' }
    It 'Not BeFalse' { $null | Should -Not -BeFalse }
    It 'BeNullOrEmpty' { 'x' | Should -BeNullOrEmpty }
    It 'BeNullOrEmpty of many' { 1, 2 | Should -BeNullOrEmpty }
    It 'Not BeNullOrEmpty' { '' | Should -Not -BeNullOrEmpty }
    It 'Not BeNullOrEmpty of nothing' { @() | Should -Not -BeNullOrEmpty }
}

Describe 'types' {
    It 'BeOfType' { 1 | Should -BeOfType string }
    It 'BeOfType of nothing' { $null | Should -BeOfType ([int]) }
    It 'Not BeOfType' { 1 | Should -Not -BeOfType ([int]) }
    It 'BeOfType unknown' { 1 | Should -BeOfType 'No.Such.Type' }
}

Describe 'collections' {
    It 'HaveCount' { 1, 2 | Should -HaveCount 3 }
    It 'HaveCount none' { 1, 2 | Should -HaveCount 0 }
    It 'HaveCount of nothing' { @() | Should -HaveCount 1 }
    It 'Not HaveCount' { 1, 2 | Should -Not -HaveCount 2 }
    It 'Contain' { 1, 2 | Should -Contain 3 }
    It 'Not Contain' { 'a', 'b' | Should -Not -Contain 'B' }
    It 'BeIn' { 1 | Should -BeIn 2, 3 }
    It 'BeIn for each' { 2, 4 | Should -BeIn 2, 3 }
    It 'Not BeIn' { 2 | Should -Not -BeIn 2, 3 }
    It 'Contain of many' { 1..12 | Should -Contain 13 }
}

Describe 'order' {
    It 'BeGreaterThan' { 1 | Should -BeGreaterThan 1 }
    It 'BeGreaterOrEqual' { 1 | Should -BeGreaterOrEqual 2 }
    It 'BeLessThan' { 1 | Should -BeLessThan 1 }
    It 'BeLessOrEqual' { 2 | Should -BeLessOrEqual 1 }
    It 'Not BeGreaterThan' { 2 | Should -Not -BeGreaterThan 1 }
    It 'Not BeLessThan' { 1 | Should -Not -BeLessThan 2 }
}

Describe 'paths' {
    It 'Exist' { '/no/such/path' | Should -Exist }
    It 'Not Exist' { '/' | Should -Not -Exist }
}

Describe 'throwing' {
    It 'Throw' { { 1 } | Should -Throw }
    It 'Throw a message' { { throw 'one' } | Should -Throw 'two*' }
    It 'Throw a message, but nothing' { { } | Should -Throw -ExpectedMessage 'two' }
    It 'Throw an id' { { throw 'one' } | Should -Throw -ErrorId 'two' }
    It 'Throw a type' { { throw [System.ArgumentException]::new('bad') } | Should -Throw -ExceptionType ([System.IO.IOException]) }
    It 'Throw all three' { { throw 'one' } | Should -Throw 'x' 'y' ([System.IO.IOException]) }
    It 'Not Throw' { { throw 'one' } | Should -Not -Throw }
    It 'Throw without a script' { 1 | Should -Throw }
}

Describe 'errors outside of Should' {
    It 'throws' { throw 'thrown' }
    It 'calls nothing' { Get-NoSuchThing }
    It 'ends at the first failure' {
        1 | Should -Be 2
        throw 'never'
    }
    It 'gets a terminating error of a cmdlet' { Get-Command -Name ' ' -ErrorAction Stop }
    It 'divides' { 1 / 0 }
}

Describe 'a broken BeforeAll' {
    BeforeAll { throw 'no ground' }
    It 'fails this' { 1 | Should -Be 1 }
    Context 'inside' {
        It 'fails that too' { 1 | Should -Be 1 }
    }
}

Describe 'a broken BeforeEach' {
    BeforeEach { throw 'no step' }
    It 'fails' { 1 | Should -Be 1 }
}

Describe 'a broken AfterEach' {
    AfterEach { throw 'no end' }
    It 'fails' { 1 | Should -Be 1 }
}
