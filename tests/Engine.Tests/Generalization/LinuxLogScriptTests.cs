using System.Diagnostics;
using System.Globalization;
using System.Text;
using ImageCmdlets.Engine.Generalization;

namespace ImageCmdlets.Engine.Tests.Generalization;

/// <summary>The script that gives the parts of a log, in a real shell, on a tree of its own.</summary>
public sealed class LinuxLogScriptTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("linux-log-").FullName;

    public LinuxLogScriptTests()
    {
        Directory.CreateDirectory(At("var/log"));
        Directory.CreateDirectory(At("run"));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData(100, 1_000_000)]
    [InlineData(100_000, 1_000_000)]
    [InlineData(100, 2_000)]
    public async Task PartsTogetherAreTheLogAsItWasAtTheFirst(int count, int limit)
    {
        Assert.SkipUnless(LinuxScriptRig.IsPossible, "There is no /bin/sh.");
        byte[] log = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 400).Select(i => $"2026-01-05T08:00:00 INFO {i * 7919 % 10007} Grüße\n")));
        await File.WriteAllBytesAsync(At("var/log/waagent.log"), log, TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(At("var/log/waagent.log"), new DateTime(2026, 1, 5, 8, 0, 0, DateTimeKind.Utc));

        GuestLogPart first = (await AskAsync("Waagent", "0", count, limit)).Part!;
        await File.AppendAllTextAsync(At("var/log/waagent.log"), "somebody writes on", TestContext.Current.CancellationToken);
        var packed = new StringBuilder(first.Text);
        while (packed.Length < first.Total)
            packed.Append((await AskAsync("Waagent", packed.Length.ToString(CultureInfo.InvariantCulture), count, limit)).Part!.Text);

        Assert.Equal((0, log.Length, DateTimeOffset.FromUnixTimeSeconds(1767600000), At("var/log/waagent.log")), (first.Offset, (int)first.Length, first.Modified, first.Path));
        Assert.Equal(log.TakeLast(limit), GuestLogFile.Unpack(packed.ToString(), limit));
        Assert.Empty(Directory.GetFiles(At("run")));
    }

    [Fact]
    public async Task ALogThatIsNotThereIsSaid()
    {
        Assert.SkipUnless(LinuxScriptRig.IsPossible, "There is no /bin/sh.");

        Assert.True((await AskAsync("CloudInit", "0", 100, 100)).Part!.IsMissing);
        Assert.Equal((100, 0, string.Empty), (await AskAsync("CloudInit", "100", 100, 100)).Part is { } part ? (part.Offset, part.Total, part.Text) : default);
    }

    [Theory]
    [InlineData("../../etc/shadow", "0")]
    [InlineData("Waagent", "0; id")]
    [InlineData("Waagent", "$(id)")]
    [InlineData("Waagent", "-1")]
    [InlineData("", "0")]
    public async Task WhatIsNoLogOrNoNumberIsRefused(string log, string offset)
    {
        Assert.SkipUnless(LinuxScriptRig.IsPossible, "There is no /bin/sh.");

        Assert.Equal((2, null), await AskAsync(log, offset, 100, 100));
    }

    private string At(string path) => Path.Combine(_root, path);

    private async Task<(int ExitCode, GuestLogPart? Part)> AskAsync(string log, string offset, int count, int limit)
    {
        string script = GuestScript.Read("Generalization.Scripts.linux-log.sh")
            .Replace("/var/", _root + "/var/", StringComparison.Ordinal).Replace("state=/run", $"state={_root}/run", StringComparison.Ordinal);
        var start = new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["IMAGECMDLETS_LOG"] = log;
        start.Environment["IMAGECMDLETS_OFFSET"] = offset;
        start.Environment["IMAGECMDLETS_COUNT"] = count.ToString(CultureInfo.InvariantCulture);
        start.Environment["IMAGECMDLETS_LIMIT"] = limit.ToString(CultureInfo.InvariantCulture);
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, GuestLogPart.Find(output));
    }
}
