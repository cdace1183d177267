using ImageCmdlets.Sandbox;

namespace ImageCmdlets.SandboxServer;

/// <summary>Lets simulated time pass with the machine's, faster or slower: clients of the server wait on their own clocks.</summary>
internal sealed class ClockDriver(ArmSandbox sandbox, double speed) : BackgroundService
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(50);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_tick);
        long last = TimeProvider.System.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            long now = TimeProvider.System.GetTimestamp();
            sandbox.Clock.Advance(TimeProvider.System.GetElapsedTime(last, now) * speed);
            last = now;
        }
    }
}
