using ImageCmdlets.Engine.Readiness;
using ImageCmdlets.Engine.Tests.Generalization;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Readiness;

/// <summary>A sandbox with one machine whose readiness is tested.</summary>
internal sealed class ReadinessRig : IDisposable
{
    private readonly GeneralizeRig _rig;

    private ReadinessRig(GeneralizeRig rig) => _rig = rig;

    public GeneralizeRig Machine => _rig;

    public string Id => _rig.Machine.Id;

    public ArmSandbox Sandbox => _rig.Sandbox;

    /// <summary>Warnings of the last run.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ReadinessRig> CreateAsync(bool isWindows) => new(await GeneralizeRig.CreateAsync(isWindows));

    /// <summary>Breaks the machine's guest.</summary>
    public void Break(GuestFaultKind kind, string? detail = null) =>
        Sandbox.AddGuestFault(new SandboxGuestFault { Kind = kind, Machine = "*", Detail = detail });

    public async Task<ImageReadiness> TestAsync(bool skipInGuest = false, bool fix = false, ReadinessCheckName[]? check = null, RunOptions? run = null)
    {
        var sink = new RecordingSink();
        var options = new TestReadinessOptions { Id = Id, SkipInGuest = skipInGuest, Fix = fix, Check = check ?? [] };
        await ReadinessService.TestAsync(_rig.Session, [options], run ?? new RunOptions(), sink, Token);
        Assert.Empty(sink.Errors);
        Warnings = [.. sink.Warnings];
        return Assert.Single(sink.Items.OfType<ImageReadiness>());
    }

    /// <summary>Tests until the user stops it after an ARM call.</summary>
    /// <returns>How many calls were answered; fewer than asked for: the command ended before.</returns>
    public Task<int> TestUntilAsync(int call, bool fix) => Interruption.RunUntilAsync(call, (sink, token) =>
        ReadinessService.TestAsync(_rig.Session, [new TestReadinessOptions { Id = Id, Fix = fix }], new RunOptions(), sink, token));

    /// <summary>Nothing of the test is left on the machine.</summary>
    public void AssertNothingLeft() =>
        Assert.DoesNotContain(Sandbox.GetStatistics().ResourcesByType.Keys, type => type.EndsWith("/runCommands", StringComparison.OrdinalIgnoreCase));

    public void Dispose() => _rig.Dispose();
}
