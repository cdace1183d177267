using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Fleets;

/// <summary>Stands between a command and the sandbox, and counts what the command has going on at once.</summary>
internal sealed class FleetMeter(ArmSandbox sandbox) : DelegatingHandler(new SandboxMessageHandler(sandbox))
{
    private readonly int _threads = ThreadPool.ThreadCount;
    private readonly int _active = sandbox.Clock.Active;
    private readonly Lock _lock = new();
    private int _now;

    /// <summary>The most requests that waited for their answers at once.</summary>
    public int MostRequests { get; private set; }

    /// <summary>The most branches of work that were there at once, those that wait for a time among them.</summary>
    public int MostBranches { get; private set; }

    /// <summary>The most threads that the pool had more than at the beginning.</summary>
    public int MostThreads { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            MostRequests = Math.Max(MostRequests, ++_now);
            MostBranches = Math.Max(MostBranches, sandbox.Clock.Active - _active);
            MostThreads = Math.Max(MostThreads, ThreadPool.ThreadCount - _threads);
        }

        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            lock (_lock)
                _now--;
        }
    }
}
