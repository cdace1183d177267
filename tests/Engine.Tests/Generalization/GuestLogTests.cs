using System.Text;
using ImageCmdlets.Engine.Generalization;

namespace ImageCmdlets.Engine.Tests.Generalization;

/// <summary>Logs come out of a guest whole, whatever a run command brings back.</summary>
public sealed class GuestLogTests
{
    private const string Setupact = @"C:\Windows\System32\Sysprep\Panther\setupact.log";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AWindowsLogComesWholeAndCanBeRead()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        await rig.RunInGuestAsync("RunPowerShellScript", Grow(Setupact));

        GeneralizeLog log = Assert.Single(await ReadAsync(rig));

        Assert.Equal(rig.Machine.Id, log.Id);
        Assert.Equal(GeneralizeLogName.Setupact, log.Log);
        Assert.Equal(Setupact, log.Path);
        Assert.InRange(log.Length, 8 * 4096, long.MaxValue);
        Assert.Equal(log.Length, Encoding.UTF8.GetByteCount(log.Text));
        Assert.False(log.IsTruncated);
        Assert.StartsWith("2024-01-02 07:58:10, Info                  SYSPRP ====", log.Text, StringComparison.Ordinal);
        Assert.EndsWith("line 400 of Grüße\r\n", log.Text, StringComparison.Ordinal);
        AssertNothingLeft(rig);
    }

    [Fact]
    public async Task ALinuxMachineGivesWhatItsAgentAndCloudInitDid()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);

        GeneralizeLog[] logs = await ReadAsync(rig);

        Assert.Equal([GeneralizeLogName.Waagent, GeneralizeLogName.CloudInit], logs.Select(log => log.Log));
        Assert.Equal(["/var/log/waagent.log", "/var/log/cloud-init.log"], logs.Select(log => log.Path));
        Assert.All(logs, log => Assert.Equal(log.Length, Encoding.UTF8.GetByteCount(log.Text)));
        Assert.All(logs, log => Assert.NotEqual(0, log.Length));
        AssertNothingLeft(rig);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OfALongLogTheEndIsReadAndItIsSaid(bool isWindows)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows);
        await rig.RunInGuestAsync(isWindows ? "RunPowerShellScript" : "RunShellScript", isWindows
            ? Grow(Setupact)
            : $"for i in 1 2 3 4 5 6 7 8 9; do echo \"line $i of Grüße {new string('x', 900)}\" >> /var/log/waagent.log; done");
        var sink = new RecordingSink();

        await GeneralizeLogService.GetAsync(rig.Session,
            [new GetGeneralizeLogOptions { Id = rig.Machine.Id, Log = [isWindows ? GeneralizeLogName.Setupact : GeneralizeLogName.Waagent], MaximumLength = 4096 }],
            new RunOptions(), sink, Token);

        GeneralizeLog log = Assert.Single(sink.Items.OfType<GeneralizeLog>());
        Assert.True(log.IsTruncated, $"{log.Length}");
        Assert.InRange(Encoding.UTF8.GetByteCount(log.Text), 3000, 4095);
        Assert.StartsWith(isWindows ? "2026-" : "line ", log.Text, StringComparison.Ordinal);
        Assert.EndsWith(isWindows ? "line 400 of Grüße\r\n" : "\n", log.Text, StringComparison.Ordinal);
        Assert.Contains("only the last 4,096 were read", Assert.Single(sink.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StoppedAfterAnyCallAndRunAgainItEndsTheSame(bool isWindows)
    {
        int calls = await StopAsync(isWindows, int.MaxValue);
        Assert.InRange(calls, 6, 200);
        for (int call = 1; call <= calls; call += Interruption.Stride)
            await StopAsync(isWindows, call);
    }

    [Fact]
    public async Task WhatTheGuestDoesNotHaveIsAnErrorAndTheRestIsRead()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        await rig.RunInGuestAsync("RunShellScript", "rm /var/log/cloud-init.log");
        var sink = new RecordingSink();

        await GeneralizeLogService.GetAsync(rig.Session,
            [new GetGeneralizeLogOptions { Id = rig.Machine.Id, Log = [GeneralizeLogName.Setupact, GeneralizeLogName.CloudInit, GeneralizeLogName.Waagent] }],
            new RunOptions(), sink, Token);

        Assert.Equal([ErrorIds.OSTypeMismatch, ErrorIds.FileNotFound], sink.Errors.Select(error => error.ErrorId));
        Assert.Equal(GeneralizeLogName.Waagent, Assert.Single(sink.Items.OfType<GeneralizeLog>()).Log);
        AssertNothingLeft(rig);
    }

    [Fact]
    public async Task AMachineThatDoesNotRunIsLeftAlone()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        await rig.PowerAsync(VMPowerAction.Deallocate);
        string before = rig.Sandbox.GetStatistics().Fingerprint;

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => ReadAsync(rig));

        Assert.Equal(ErrorIds.VMNotReady, error.ErrorId);
        Assert.Equal(before, rig.Sandbox.GetStatistics().Fingerprint);
    }

    [Theory]
    [InlineData("imagecmdlets-log 1 0 12 3 1767600000 /var/log/waagent.log H4sIAAAA\n", 0, 12, 3, "/var/log/waagent.log", "H4sIAAAA")]
    [InlineData("noise\r\nimagecmdlets-log 1 3600 7200 0 0 C:\\My Windows\\a.log -\r\n", 3600, 7200, 0, "C:\\My Windows\\a.log", "")]
    public void APartIsFoundInAnOutput(string output, int offset, int total, int length, string path, string text) =>
        Assert.Equal((offset, total, length, path, text), GuestLogPart.Find(output) is { } part ? (part.Offset, part.Total, (int)part.Length, part.Path, part.Text) : default);

    [Theory]
    [InlineData("")]
    [InlineData("imagecmdlets-log 1 0 12")]
    [InlineData("imagecmdlets-log 1 x 12 3 0 /var/log/waagent.log H4sIAAAA")]
    [InlineData("imagecmdlets-log 2 0 12 3 0 /var/log/waagent.log H4sIAAAA")]
    public void WhatIsNoPartIsNone(string output) => Assert.Null(GuestLogPart.Find(output));

    [Fact]
    public void PartsThatDoNotFitTogetherAreNoticed()
    {
        string packed = Pack("abc");
        byte[] damaged = Convert.FromBase64String(packed);
        damaged[^6] ^= 1;

        Assert.Equal("abc", Encoding.UTF8.GetString(GuestLogFile.Unpack(packed, 100)!));
        Assert.Null(GuestLogFile.Unpack(Convert.ToBase64String(damaged), 100));
        Assert.Null(GuestLogFile.Unpack(packed[..16], 100));
        Assert.Null(GuestLogFile.Unpack("?" + packed[1..], 100));
        Assert.Empty(GuestLogFile.Unpack(string.Empty, 100)!);
    }

    private static string Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var stream = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Compress))
            stream.Write(Encoding.UTF8.GetBytes(text));
        return Convert.ToBase64String(packed.ToArray());
    }

    /// <summary>Lines that do not pack well: several parts.</summary>
    private static string Grow(string path) =>
        "for ($i = 1; $i -le 400; $i++) { Add-Content -Path '" + path + "' -Value \"2026-01-05 08:00:00, Info SYSPRP $(($i * 7919) % 100003) $(($i * 104729) % 99991) "
        + "$(($i * 1299709) % 99989) $(($i * 15485863) % 99971) $(($i * 32452843) % 99961) $(($i * 49979687) % 99929) line $i of Grüße\" }";

    private static async Task<int> StopAsync(bool isWindows, int call)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows);
        if (isWindows)
            await rig.RunInGuestAsync("RunPowerShellScript", Grow(Setupact));
        int calls = await Interruption.RunUntilAsync(call, (sink, token) =>
            GeneralizeLogService.GetAsync(rig.Session, [new GetGeneralizeLogOptions { Id = rig.Machine.Id }], new RunOptions(), sink, token));

        GeneralizeLog[] logs = await ReadAsync(rig);
        Assert.Equal(isWindows ? 1 : 2, logs.Length);
        Assert.All(logs, log => Assert.Equal(log.Length, Encoding.UTF8.GetByteCount(log.Text)));
        AssertNothingLeft(rig);
        string temporary = isWindows
            ? await rig.RunInGuestAsync("RunPowerShellScript", "Get-ChildItem C:\\Windows\\Temp | ForEach-Object { $_.Name }")
            : await rig.RunInGuestAsync("RunShellScript", "ls /run");
        Assert.DoesNotContain("imagecmdlets", temporary, StringComparison.Ordinal);
        return calls;
    }

    private static async Task<GeneralizeLog[]> ReadAsync(GeneralizeRig rig)
    {
        var sink = new RecordingSink();
        await GeneralizeLogService.GetAsync(rig.Session, [new GetGeneralizeLogOptions { Id = rig.Machine.Id }], new RunOptions(), sink, Token);
        Assert.Empty(sink.Errors);
        Assert.Empty(sink.Warnings);
        return [.. sink.Items.OfType<GeneralizeLog>()];
    }

    private static void AssertNothingLeft(GeneralizeRig rig) =>
        Assert.DoesNotContain(rig.Sandbox.GetStatistics().ResourcesByType.Keys, type => type.EndsWith("/runCommands", StringComparison.OrdinalIgnoreCase));
}
