using ImageCmdlets.Sandbox;
using ImageCmdlets.SandboxServer.CommandLine;

namespace ImageCmdlets.SandboxServer.Clock;

/// <summary>Lets simulated time pass with the machine's, as fast or faster: clients of the server wait on their own clocks.</summary>
internal sealed class ClockDriver(ArmSandbox sandbox, ServerSpeed speed) : BackgroundService
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_keep = TimeSpan.FromSeconds(10);

    // Nothing in the sandbox takes longer; what would go on for ever by itself must not run away with the date.
    private static readonly TimeSpan s_longestJump = TimeSpan.FromDays(1);

    /// <summary>Called before a request is looked at.</summary>
    public void BeforeRequest()
    {
        if (speed.Jumps) sandbox.PassTime(s_longestJump);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_tick);
        long last = TimeProvider.System.GetTimestamp(), kept = last;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            long now = TimeProvider.System.GetTimestamp();
            sandbox.Clock.Advance(TimeProvider.System.GetElapsedTime(last, now) * speed.Factor);
            last = now;
            if (TimeProvider.System.GetElapsedTime(kept, now) < s_keep) continue;
            sandbox.KeepTime();
            kept = now;
        }
    }
}
