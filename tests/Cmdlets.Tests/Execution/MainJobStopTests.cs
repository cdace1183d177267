using System.Diagnostics;
using System.Management.Automation;
using ImageCmdlets.Cmdlets.Tests.Hosting;

namespace ImageCmdlets.Cmdlets.Tests.Execution;

/// <summary>Ctrl-C at every ARM call of the main job: the pipeline ends as stopped, asks Azure nothing more, and leaves no thread behind.</summary>
/// <remarks>How long a stop took is printed, not asserted: the machine that runs the tests decides it too.</remarks>
public sealed class MainJobStopTests(ITestOutputHelper output)
{
    private const string MainJob = """
        New-ImageVM -g images -n web01 -l westeurope -Image 'Canonical:ubuntu-24_04-lts:server:latest' -DataDiskSizeGB 8 -WarningAction SilentlyContinue -Verbose |
            Invoke-Generalize -Force -Verbose | New-CustomImage -Verbose | Copy-CustomImage -Location northeurope, japaneast -Verbose
        """;

    private const string OpenSandbox = "Get-ImageSession | Disconnect-ImageSession; Connect-ImageSession -Sandbox | Out-Null";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task AStopAtAnyCallEndsThePipelineAndAsksNothingMore()
    {
        using var module = new HostedModule();
        int calls = CountCalls(module);
        Assert.InRange(calls, 30, 1000);
        var slowest = TimeSpan.Zero;
        for (int at = 1; at <= calls; at++)
        {
            module.Invoke(OpenSandbox);
            TimeSpan took = await StopAtAsync(module, at);
            slowest = took > slowest ? took : slowest;
            int asked = RequestCount(module);

            // Whatever still waited for a poll or a retry would now be due.
            module.Invoke("Set-ImageSandbox -Advance '02:00:00'");
            Assert.Equal(asked, RequestCount(module));
        }

        output.WriteLine($"Stopped at each of {calls} calls; the slowest stop took {slowest.TotalMilliseconds:0} ms.");
    }

    [Fact]
    public void AConsumerThatHasEnoughEndsThePipeline()
    {
        using var module = new HostedModule();

        // As Select-Object -First 1 does, which the bare engine lacks: the loop around the pipeline is left from inside it.
        object first = module.Invoke($"$got = $null; foreach ($once in 1) {{ {MainJob} | ForEach-Object {{ $got = $_; break }} }}; $got").Single().BaseObject;

        Assert.Equal("ImageCopyResult", first.GetType().Name);
    }

    [Fact]
    public async Task FiftyStopsLeaveNoThreadsAndNoJobs()
    {
        using var module = new HostedModule();
        await StopAtAsync(module, 5);
        int threads = ThreadCount();
        for (int i = 0; i < 50; i++)
        {
            module.Invoke(OpenSandbox);
            await StopAtAsync(module, 5 + i);
        }

        // The pool itself may grow or shrink by some threads; fifty leaked ones would show.
        Assert.InRange(ThreadCount(), 1, threads + 20);
        Assert.Empty(module.Invoke("Get-Job"));
        Assert.Single(module.Invoke("Get-ImageSession"));
    }

    private static int CountCalls(HostedModule module)
    {
        using PowerShell shell = module.Shell(MainJob);
        shell.Invoke();
        Assert.Empty(shell.Streams.Error);
        return shell.Streams.Verbose.Count(IsCall);
    }

    private static async Task<TimeSpan> StopAtAsync(HostedModule module, int call)
    {
        using PowerShell shell = module.Shell(MainJob);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int seen = 0;
        shell.Streams.Verbose.DataAdded += (_, added) =>
        {
            if (IsCall(shell.Streams.Verbose[added.Index]) && Interlocked.Increment(ref seen) == call)
                reached.TrySetResult();
        };
        Task<PSDataCollection<PSObject>> running = shell.InvokeAsync();
        await Task.WhenAny(reached.Task, running).WaitAsync(s_patience);
        long begin = Stopwatch.GetTimestamp();
        await Task.Run(shell.Stop).WaitAsync(s_patience);
        await Task.WhenAny(running).WaitAsync(s_patience);
        TimeSpan took = Stopwatch.GetElapsedTime(begin);

        // The last calls may be the end of the job: then it is complete before the stop arrives.
        Assert.Contains(shell.InvocationStateInfo.State, (PSInvocationState[])[PSInvocationState.Stopped, PSInvocationState.Completed]);
        return took;
    }

    private static bool IsCall(VerboseRecord record) =>
        record.Message.Split(' ') is [("GET" or "PUT" or "POST" or "PATCH" or "DELETE" or "HEAD"), ['/', ..], ..];

    private static int RequestCount(HostedModule module) => (int)(long)module.Invoke("[long](Get-ImageSandbox).RequestCount").Single().BaseObject;

    private static int ThreadCount()
    {
        using Process process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }
}
