using System.Reflection;
using System.Text;
using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Engine.Readiness;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Generalization;

/// <summary>What Azure says of run commands: the last 4,096 bytes of an output, 90 minutes, one script at a time, no cancellation.</summary>
public sealed class RunCommandLimitTests
{
    private const int OutputLimit = 4096;

    // Azure publishes no limit; the agent gets scripts among an extension's settings, of which 64 KiB are known to pass.
    private const int ScriptLimit = 64 * 1024;

    private const string InProgress = "Run command extension execution is in progress. Please wait for completion before invoking a run command.";

    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(90);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Every command of this module that runs something in a guest.</summary>
    public static TheoryData<bool, string> Commands => new()
    {
        { true, "Invoke-Generalize" }, { false, "Invoke-Generalize" }, { true, "Test-ImageReadiness" }, { false, "Test-ImageReadiness" },
        { true, "Get-GeneralizeState" }, { false, "Get-GeneralizeState" }, { true, "Get-GeneralizeLog" }, { false, "Get-GeneralizeLog" }, { false, "Test-ImageResidue" },
    };

    [Fact]
    public void EveryScriptFits()
    {
        Assembly engine = typeof(GeneralizeService).Assembly;
        string[] scripts = [.. engine.GetManifestResourceNames().Where(name => name.EndsWith(".sh", StringComparison.Ordinal) || name.EndsWith(".ps1", StringComparison.Ordinal))];

        Assert.InRange(scripts.Length, 15, 40);
        Assert.All(scripts, name => Assert.InRange(Encoding.UTF8.GetByteCount(GuestScript.Read(name["ImageCmdlets.Engine.".Length..])), 1, ScriptLimit / 4));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task NothingSentOrReadIsLongerAndNothingIsCancelled(bool isWindows, string command)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows);
        await rig.RunInGuestAsync(isWindows ? "RunPowerShellScript" : "RunShellScript", isWindows
            ? @"for ($i = 1; $i -le 60; $i++) { Add-Content -Path C:\Windows\System32\Sysprep\Panther\setupact.log -Value ""2026-01-05 08:00:00, Error SYSPRP $($i * 104729) $(($i * 7919) % 100003) " + new string('x', 200) + @""" }"
            : $"for i in 1 2 3 4 5 6 7 8 9; do echo key > /etc/ssh/ssh_host_{new string('y', 120)}${{i}}_key; echo \"$i {new string('x', 900)}\" >> /var/log/waagent.log; done");
        using var watch = new RunCommandWatch(rig.Sandbox);

        await RunAsync(OtherProcess.Open(rig.Session, watch), rig, command, new RunOptions());

        Assert.NotEmpty(watch.Scripts);
        Assert.All(watch.Scripts, bytes => Assert.InRange(bytes, 1, ScriptLimit));
        Assert.All(watch.Limits, seconds => Assert.InRange(TimeSpan.FromSeconds(seconds), TimeSpan.FromMinutes(1), s_longest));
        Assert.Contains(watch.Outputs, bytes => bytes > 0);

        // One that has just so many has lost its beginning.
        Assert.All(watch.Outputs, bytes => Assert.InRange(bytes, 0, OutputLimit - 1));
        Assert.Equal(0, watch.Cancellations);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task AScriptOfSomebodyElseIsWaitedFor(bool isWindows, string command)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows);
        Busy(rig, count: 8);
        var sink = new RecordingSink();

        await RunAsync(rig.Session, rig, command, new RunOptions(), sink);

        Assert.Empty(sink.Errors);
        Assert.Single(sink.Warnings, warning => warning.Contains(InProgress, StringComparison.Ordinal));
        Assert.Equal(8, rig.Sandbox.Faults[0].Hits);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task ButNotForEver(bool isWindows, string command)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows);
        Busy(rig, count: int.MaxValue);
        DateTimeOffset begin = rig.Sandbox.Clock.GetUtcNow();

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => RunAsync(rig.Session, rig, command, new RunOptions()));

        Assert.Equal(ErrorIds.ResourceBusy, error.ErrorId);
        Assert.InRange(rig.Sandbox.Clock.GetUtcNow() - begin, GeneralizeLimits.Turn, GeneralizeLimits.Turn + TimeSpan.FromMinutes(1));
        await rig.AssertRunningAndUnmarkedAsync();
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task AnAgentThatDiesBlocksNoLongerThanTheTimeLimit(bool isWindows, string command)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows);
        rig.Sandbox.AddGuestFault(new SandboxGuestFault { Machine = "*", Kind = GuestFaultKind.AgentDies });
        DateTimeOffset begin = rig.Sandbox.Clock.GetUtcNow();
        var limit = TimeSpan.FromSeconds(50);

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => RunAsync(rig.Session, rig, command, new RunOptions { Timeout = limit }));

        Assert.Equal(ErrorIds.OperationTimedOut, error.ErrorId);
        Assert.Equal(limit, rig.Sandbox.Clock.GetUtcNow() - begin);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NorDoesThatOfAClone(bool isWindows)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows);
        rig.Sandbox.AddGuestFault(new SandboxGuestFault { Machine = "web01-clone-*", Kind = GuestFaultKind.AgentDies });
        DateTimeOffset begin = rig.Sandbox.Clock.GetUtcNow();
        var limit = TimeSpan.FromMinutes(8);

        (_, ImageCmdletsException? error) = await rig.GeneralizeAsync(new RunOptions { Timeout = limit }, preserveSource: true);

        Assert.Equal(ErrorIds.OperationTimedOut, error!.ErrorId);
        Assert.Equal(limit, rig.Sandbox.Clock.GetUtcNow() - begin);
        await rig.AssertRunningAndUnmarkedAsync();
    }

    private static void Busy(GeneralizeRig rig, int count) => rig.Sandbox.AddFault(new SandboxFault
    {
        Method = "PUT", Path = "*/runCommands/*", Status = 409, Code = "Conflict", Message = InProgress, Count = count,
    });

    private static Task RunAsync(ImageSession session, GeneralizeRig rig, string command, RunOptions run, RecordingSink? sink = null)
    {
        string id = rig.Machine.Id;
        sink ??= new RecordingSink();
        return command switch
        {
            "Invoke-Generalize" => GeneralizeService.GeneralizeAsync(session, [new GeneralizeOptions { Id = id, SkipReadiness = true }], run, sink, Token),
            "Test-ImageReadiness" => ReadinessService.TestAsync(session, [new TestReadinessOptions { Id = id }], run, sink, Token),
            "Get-GeneralizeState" => GeneralizeStateService.GetAsync(session, [new GetGeneralizeStateOptions { Id = id }], run, sink, Token),
            "Get-GeneralizeLog" => GeneralizeLogService.GetAsync(session, [new GetGeneralizeLogOptions { Id = id }], run, sink, Token),
            "Test-ImageResidue" => ResidueService.TestAsync(session, [id], run, sink, Token),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, null),
        };
    }
}
