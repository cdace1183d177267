using System.Runtime.CompilerServices;
using ImageCmdlets.Engine.Fleets;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Fleets;

/// <summary>What a fleet takes of the machine that makes it, however large the fleet is.</summary>
/// <remarks>The sandbox lives in the same process, and grows with the fleet. So the process is weighed twice while the sandbox stays as it is: when the
/// command is at a certain point, and when the command and its session are gone.</remarks>
[Collection(AloneCollection.Name)]
public sealed class FleetBoundTests(ITestOutputHelper output)
{
    // Those that ask for machines; and for the watcher, which sleeps meanwhile, as many that look at what has ended.
    internal const int MostBranches = (2 * FleetRun.Starters) + 2;

    // The session with its pipeline, and what it remembers of sizes and regions.
    private const double SessionKilobytes = 4096;

    // A plan, and what Azure answered; a single answer that is kept for each call more would be too much.
    private const double MachineKilobytes = 26;

    // Nothing blocks a thread: the pool grows by what the runtime tries, not by machines.
    private const int MostThreads = 32;

    [Theory]
    [InlineData(100)]
    [InlineData(300)]
    public async Task RequestsBranchesAndThreadsAreTheSameForAnyNumber(int count)
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        scene.Sandbox.Sandbox.AddFault(new SandboxFault { Effect = SandboxFaultEffect.SlowAnswer, Delay = TimeSpan.FromSeconds(2), Count = int.MaxValue });
        using var meter = new FleetMeter(scene.Sandbox.Sandbox);

        await MakeAsync(scene, meter, count, _ => { }, TestContext.Current.CancellationToken);

        output.WriteLine($"{count} machines: {meter.MostRequests} requests, {meter.MostBranches} branches, {meter.MostThreads} threads");
        Assert.InRange(meter.MostRequests, FleetRun.Starters / 2, MostBranches);
        Assert.InRange(meter.MostBranches, FleetRun.Starters / 2, MostBranches);
        Assert.InRange(meter.MostThreads, 0, MostThreads);
    }

    // At the first machine that is ready all are in the making, each with its plan and what Azure answered.
    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    public async Task AMachineWeighsLittleWhileTheFleetIsMade(int count)
    {
        using FleetScene scene = await FleetScene.OpenAsync();

        long at = await WeighAsync(scene, count, ready: 1);

        // What ends the command goes on here: its last frames must be gone too.
        await Task.Yield();
        long without = GC.GetTotalMemory(forceFullCollection: true);

        double kilobytes = (at - without) / 1024.0;
        output.WriteLine($"{count} machines: {kilobytes:0} KiB, {kilobytes / count:0.0} each; all else has {without / 1024.0 / 1024:0.0} MiB");
        Assert.InRange(kilobytes, count / 2.0, SessionKilobytes + (count * MachineKilobytes));
    }

    // What outlives the command and its session would be seen here: statics, caches, registrations.
    [Fact]
    public async Task NothingIsLeftOfAFleetThatIsMade()
    {
        await WholeAsync(20);
        await Task.Yield();
        long before = GC.GetTotalMemory(forceFullCollection: true);

        await WholeAsync(200);
        await Task.Yield();

        double kilobytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024.0 / 200;
        output.WriteLine($"{kilobytes:0.00} KiB for each machine stay");
        Assert.InRange(kilobytes, double.MinValue, 8);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task WholeAsync(int count)
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        await WeighAsync(scene, count, count);
    }

    // The process when so many machines are ready; the command goes no further.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<long> WeighAsync(FleetScene scene, int count, int ready)
    {
        long bytes = 0;
        using var meter = new FleetMeter(scene.Sandbox.Sandbox);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        int written = 0;
        try
        {
            await MakeAsync(scene, meter, count, _ =>
            {
                if (++written != ready)
                    return;
                bytes = GC.GetTotalMemory(forceFullCollection: true);
                stop.Cancel();
            }, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Assert.InRange(written, ready, count);
        }

        return bytes;
    }

    private static Task MakeAsync(FleetScene scene, FleetMeter meter, int count, Action<object> onItem, CancellationToken cancellationToken) =>
        FleetService.NewAsync(OtherProcess.Open(scene.Sandbox.Session, meter), scene.Options(count), new RunOptions { ThrottleLimit = FleetService.MostMachines }, new ForgetfulSink(onItem), cancellationToken);

    /// <summary>A sink that keeps nothing, as a pipeline does.</summary>
    private sealed class ForgetfulSink(Action<object> onItem) : IOperationSink
    {
        public Task WriteAsync(object item, CancellationToken cancellationToken)
        {
            onItem(item);
            return Task.CompletedTask;
        }

        public Task ErrorAsync(ImageCmdletsException error, CancellationToken cancellationToken) => throw error;

        public void Warning(string message)
        {
        }

        public void Verbose(string message)
        {
        }

        public void Debug(string message)
        {
        }

        public void Progress(OperationProgress progress)
        {
        }
    }
}
