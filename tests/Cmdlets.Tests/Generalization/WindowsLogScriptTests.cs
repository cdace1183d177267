using System.IO.Compression;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text;
using Microsoft.PowerShell;

namespace ImageCmdlets.Cmdlets.Tests.Generalization;

/// <summary>The script that gives the parts of a log, in PowerShell, on real files instead of those of Windows.</summary>
[Collection(WindowsScripts.Name)]
public sealed class WindowsLogScriptTests : IDisposable
{
    private const string Doubles = """
        $env:SystemRoot = $Root
        $env:SystemDrive = $Root
        function Join-Path($Path, $ChildPath) { [IO.Path]::Combine($Path, $ChildPath.Replace('\', [string][IO.Path]::DirectorySeparatorChar)) }
        function Test-Path($LiteralPath) { [IO.File]::Exists($LiteralPath) }
        function Copy-Item($LiteralPath, $Destination, [switch]$Force) { [IO.File]::Copy($LiteralPath, $Destination, $Force) }
        function Remove-Item($LiteralPath, [switch]$Force) { [IO.File]::Delete($LiteralPath) }
        function Get-Item($LiteralPath) { [IO.FileInfo]::new($LiteralPath) }
        function New-Object($TypeName, [object[]]$ArgumentList) {
            if ($ArgumentList) { , [Activator]::CreateInstance([type]$TypeName, $ArgumentList) } else { , [Activator]::CreateInstance([type]$TypeName) }
        }
        """;

    private static readonly string s_script = Path.Combine(BuiltModule.RepositoryRoot, "src", "Engine", "Generalization", "Scripts", "windows-log.ps1");

    private readonly string _root = Directory.CreateTempSubdirectory("windows-log-").FullName;
    private readonly Runspace _runspace;

    public WindowsLogScriptTests()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        _runspace.SessionStateProxy.SetVariable("Root", _root);
        Directory.CreateDirectory(Path.Combine(_root, "Temp"));
        Directory.CreateDirectory(Path.Combine(_root, "System32", "Sysprep", "Panther"));
    }

    private string LogPath => Path.Combine(_root, "System32", "Sysprep", "Panther", "setupact.log");

    public void Dispose()
    {
        _runspace.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Theory]
    [InlineData(100, 1_000_000)]
    [InlineData(100_000, 1_000_000)]
    [InlineData(100, 2_000)]
    public void PartsTogetherAreTheLogAsItWasAtTheFirst(int count, int limit)
    {
        byte[] log = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 400).Select(i => $"2026-01-05 08:00:00, Info {i * 7919 % 10007} Grüße\r\n")));
        File.WriteAllBytes(LogPath, log);
        File.SetLastWriteTimeUtc(LogPath, new DateTime(2026, 1, 5, 8, 0, 0, DateTimeKind.Utc));

        string[] first = Ask("Setupact", "0", count, limit);
        File.AppendAllText(LogPath, "somebody writes on");
        var packed = new StringBuilder(first[7]);
        while (packed.Length < int.Parse(first[3], null))
            packed.Append(Ask("Setupact", $"{packed.Length}", count, limit)[7]);

        Assert.Equal(["imagecmdlets-log", "1", "0", $"{packed.Length}", $"{log.Length}", "1767600000", LogPath], first[..7]);
        Assert.Equal(log.TakeLast(limit), Unpack(packed.ToString()));
        Assert.Empty(Directory.GetFiles(Path.Combine(_root, "Temp")));
    }

    [Fact]
    public void ALogThatIsNotThereIsSaid() => Assert.Equal(["0", "0", "-1", "0", LogPath, "-"], Ask("Setupact", "0", 100, 100)[2..]);

    [Fact]
    public void APartOfWhatIsGoneHasNothing() => Assert.Equal(["100", "0", "0", "0", LogPath, "-"], Ask("Setupact", "100", 100, 100)[2..]);

    [Theory]
    [InlineData("..\\..\\secret", "0")]
    [InlineData("Setupact", "0; Get-Process")]
    [InlineData("Setupact", "$(1)")]
    [InlineData("Setupact", "-1")]
    [InlineData("", "0")]
    public void WhatIsNoLogOrNoNumberIsRefused(string log, string offset)
    {
        (PSObject[] lines, ErrorRecord[] errors) = Run(log, offset, 100, 100);

        Assert.Empty(lines);
        Assert.EndsWith(log == "Setupact" ? "are numbers." : "is not the name of a log.", Assert.Single(errors).Exception.Message, StringComparison.Ordinal);
    }

    private static byte[] Unpack(string packed)
    {
        using var stream = new GZipStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        stream.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    private string[] Ask(string log, string offset, int count, int limit)
    {
        (PSObject[] lines, ErrorRecord[] errors) = Run(log, offset, count, limit);
        Assert.Empty(errors);
        return Assert.IsType<string>(Assert.Single(lines).BaseObject).Split(' ');
    }

    private (PSObject[] Lines, ErrorRecord[] Errors) Run(string log, string offset, int count, int limit)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(Doubles).AddStatement()
            .AddCommand(s_script).AddParameter("log", log).AddParameter("offset", offset).AddParameter("count", $"{count}").AddParameter("limit", $"{limit}");
        return ([.. shell.Invoke()], [.. shell.Streams.Error]);
    }
}
