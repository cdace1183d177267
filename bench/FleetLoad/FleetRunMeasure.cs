using System.Diagnostics;
using System.Runtime.CompilerServices;
using ImageCmdlets.Engine.Fleets;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Bench.FleetLoad;

/// <summary>Makes one fleet in the sandbox, and says what that took of this machine.</summary>
/// <remarks>The sandbox is in this process too. What the command alone holds is the difference of two weights while the sandbox stays as it is: with the
/// command at its fullest (all machines in the making, the first one ready), and after it was given up there.</remarks>
internal static class FleetRunMeasure
{
    private const double Mebibyte = 1024 * 1024;
    private const int EnoughCores = 100_000;
    private static readonly string[] s_regions = ["westeurope", "northeurope", "eastus", "japaneast"];

    /// <summary>Prints a line for the whole fleet, and one for its fullest moment.</summary>
    public static async Task RunAsync(int count)
    {
        double held = await HeldAsync(count);
        using var ends = new CancellationTokenSource();
        var sink = new MeasuringSink(() => { });
        var time = Stopwatch.StartNew();
        ImageSession sandbox = await OpenAsync(null);
        await MakeAsync(sandbox, sink, count, ends.Token);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine($"{sink.Written:N0} machines: {sink.Calls:N0} calls in {time.Elapsed.TotalSeconds:0} s; at the peak {sink.MostThreads} threads, {sink.MostPoolThreads} of them the pool's, " +
            $"and {process.PeakWorkingSet64 / Mebibyte:0} MiB, the sandbox with its machines among them");
        Console.WriteLine($"  with all in the making, the command holds {held / Mebibyte:0.0} MiB: {held / 1024 / count:0.0} KiB for a machine");
        SessionService.Disconnect(sandbox);
    }

    private static async Task<double> HeldAsync(int count)
    {
        ImageSession sandbox = await OpenAsync(null);
        long full = await StopAtFirstAsync(sandbox, count);

        // What ends the command goes on here: its last frames must be gone too.
        await Task.Yield();
        double held = full - GC.GetTotalMemory(forceFullCollection: true);
        SessionService.Disconnect(sandbox);
        return held;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<long> StopAtFirstAsync(ImageSession sandbox, int count)
    {
        long bytes = 0;
        using var stop = new CancellationTokenSource();
        ImageSession own = await OpenAsync(sandbox);
        try
        {
            await MakeAsync(own, new MeasuringSink(() =>
            {
                bytes = GC.GetTotalMemory(forceFullCollection: true);
                stop.Cancel();
            }), count, stop.Token);
        }
        catch (OperationCanceledException)
        {
            SessionService.Disconnect(own);
            return bytes;
        }

        throw new InvalidOperationException("The fleet was made before it could be weighed.");
    }

    private static async Task<ImageSession> OpenAsync(ImageSession? sandbox)
    {
        ImageSession session = await SessionService.ConnectAsync(new ConnectOptions { Method = AuthenticationMethod.Sandbox, Seed = 1, SandboxSession = sandbox }, new MeasuringSink(() => { }), CancellationToken.None);
        SandboxService.SetCoreQuota(session, EnoughCores);
        return session;
    }

    private static Task MakeAsync(ImageSession session, MeasuringSink sink, int count, CancellationToken cancellationToken) => FleetService.NewAsync(session, new NewFleetOptions
    {
        Machine = new NewVMOptions { ResourceGroupName = "fleet", Name = "web", Image = "Debian:debian-12:12-gen2:latest", Size = "Standard_D2s_v5" },
        NamePrefix = "web",
        Count = count,
        Location = s_regions,
    }, new RunOptions { ThrottleLimit = FleetService.MostMachines }, sink, cancellationToken);
}
