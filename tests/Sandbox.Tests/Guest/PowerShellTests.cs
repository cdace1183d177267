using ImageCmdlets.Sandbox.Guest;

namespace ImageCmdlets.Sandbox.Tests.Guest;

/// <summary>The part of PowerShell that the guest understands.</summary>
public sealed class PowerShellTests
{
    [Theory]
    [InlineData("'hello'; \"a $(1 + 2) $env:windir\"", "hello\na 3 C:\\Windows\n")]
    [InlineData("$x = 5; $x += 2; $x++; \"$x\"", "8\n")]
    [InlineData("if (1 -eq 2) { 'a' } elseif ('A' -eq 'a') { 'b' } else { 'c' }", "b\n")]
    [InlineData("foreach ($i in 1..3) { if ($i -eq 2) { continue }; $i }", "1\n3\n")]
    [InlineData("$i = 0; while ($true) { $i++; if ($i -ge 3) { break } }; $i", "3\n")]
    [InlineData("for ($i = 0; $i -lt 2; $i++) { $i }", "0\n1\n")]
    [InlineData("function Add($a, $b = 10) { $a + $b }; Add 1 2; Add -a 5", "3\n15\n")]
    [InlineData("function F { param([string]$Name) \"<$Name>\" }; F -Name x; F y", "<x>\n<y>\n")]
    [InlineData("function G { return 1; 2 }; (G) + 1", "2\n")]
    [InlineData("$h = @{ a = 1; 'b c' = 2 }; $h.a + $h['b c']; $h.Count", "3\n2\n")]
    [InlineData("$o = [pscustomobject]@{ Name = 'x' }; $o.Name = 'y'; $o.Name", "y\n")]
    [InlineData("[ordered]@{ z = 1; a = @(1, 'b'); n = $null; t = $true } | ConvertTo-Json -Compress",
        "{\"z\":1,\"a\":[1,\"b\"],\"n\":null,\"t\":true}\n")]
    [InlineData("@(1, 2, 3)[-1]; @('a', 'b', 'c')[0..1] -join ','", "3\na,b\n")]
    [InlineData("'a-b' -replace '-', '+'; 'x1' -match '(\\d)'; $Matches[1]; 'abc' -like 'a*'", "a+b\nTrue\n1\nTrue\n")]
    [InlineData("1, 2, 3 | Where-Object { $_ -gt 1 } | ForEach-Object { $_ * 2 }", "4\n6\n")]
    [InlineData("'{0:D2}:{1}' -f 3, 'x'", "03:x\n")]
    [InlineData("try { throw 'bad' } catch { \"caught $($_.Exception.Message)\" } finally { 'end' }", "caught bad\nend\n")]
    [InlineData("switch ('b') { 'a' { 1 } 'b' { 2 } default { 3 } }", "2\n")]
    [InlineData("$s = @\"\nline $(1)\n\"@; $s; @'\nraw $x\n'@", "line 1\nraw $x\n")]
    [InlineData("'  Trim '.Trim().ToUpper().Substring(1, 2); 'a,b'.Split(',')[1]; 'abc'.Length", "RI\nb\n3\n")]
    [InlineData("-not $false -and (1 -lt 2); !$true", "True\nFalse\n")]
    [InlineData("[int]'5' + 1; [string]7 + 'x'; [bool]''", "6\n7x\nFalse\n")]
    [InlineData("[string]::IsNullOrEmpty(''); [IO.Path]::Combine('C:\\a', 'b')", "True\nC:\\a\\b\n")]
    [InlineData("Set-Content C:\\t.txt 'one', 'two'; Add-Content C:\\t.txt three; (Get-Content C:\\t.txt).Count; Get-Content C:\\t.txt | Select-Object -Last 1", "3\nthree\n")]
    [InlineData("Test-Path $env:SystemRoot\\system32\\Sysprep\\unattend.xml; Test-Path C:\\nothing", "True\nFalse\n")]
    [InlineData("# comment\n<# block\n comment #>\n'x' # tail\n", "x\n")]
    [InlineData("Get-Service RdAgent, WindowsAzureGuestAgent | Select-Object -ExpandProperty Status", "Running\nRunning\n")]
    [InlineData("(Get-ItemProperty HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Setup\\State).ImageState",
        "IMAGE_STATE_COMPLETE\n")]
    [InlineData("$env:COMPUTERNAME; hostname", "web01\nweb01\n")]
    [InlineData("$a = (Get-Date).AddMinutes(5); ($a - (Get-Date)).TotalSeconds", "300\n")]
    [InlineData("if ((Get-Command sysprep.exe -ErrorAction SilentlyContinue)) { 'there' }; Get-Command nowhere -EA SilentlyContinue", "there\n")]
    [InlineData("Write-Output a b; Write-Host 'c'", "a\nb\nc\n")]
    [InlineData("$list = @(); $list += 'x'; $list += 'y'; \"$list\"", "x y\n")]
    [InlineData("cmd /c \"echo ignored\" > $null; & { 'block' }", "block\n")]
    [InlineData("$report = @{ a = 1 }; $json = ConvertTo-Json -InputObject $report -Compress; $json.Length", "7\n")]
    [InlineData("(ConvertFrom-Json '{\"a\":{\"b\":[1,2]}}').a.b[1]", "2\n")]
    public void Speaks(string script, string expected) =>
        Assert.Equal(expected, GuestFixture.Windows().Run(script).Result?.Output);

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("throw 'bad'", 1)]
    [InlineData("$ErrorActionPreference = 'Stop'; Get-Content C:\\nothing; 'never'", 1)]
    [InlineData("Get-Content C:\\nothing; exit 0", 0)]
    [InlineData("'unclosed", 1)]
    public void ExitCodesAreThoseOfPowerShell(string script, int expected) =>
        Assert.Equal(expected, GuestFixture.Windows().Run(script).Result?.ExitCode);

    [Fact]
    public void AnUnknownCommandHasNoEffectAndIsNoted()
    {
        GuestRun run = GuestFixture.Windows().Run("Install-WindowsFeature Web-Server -IncludeManagementTools; 'done'");
        Assert.Equal("done\n", run.Result?.Output);
        Assert.Equal(["unknown command: Install-WindowsFeature"], run.Diagnostics);
    }

    [Fact]
    public void ParametersComeByName()
    {
        GuestMachine machine = GuestFixture.Windows();
        var run = new GuestRun("param([string]$Name, $Other = 'x')\n\"$Name-$Other\"", [new("Name", "value")]);
        machine.Submit(run);
        machine.AdvanceTo(machine.Now.AddSeconds(5));
        Assert.Equal("value-x\n", run.Result?.Output);
    }
}
