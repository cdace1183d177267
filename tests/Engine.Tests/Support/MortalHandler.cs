using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests;

/// <summary>The way of one process to the sandbox: from a certain call on, nothing passes any more in either direction.</summary>
internal sealed class MortalHandler(ArmSandbox sandbox, int call, KillMoment moment) : DelegatingHandler(new SandboxMessageHandler(sandbox))
{
    private readonly CancellationTokenSource _death = new();
    private int _calls;

    /// <summary>Cancelled when the process is dead: its work is not to go on, and whatever it still does reaches nobody.</summary>
    public CancellationToken Death => _death.Token;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        bool counts = moment == KillMoment.BeforeCall || request.Method != HttpMethod.Get;
        if (!Death.IsCancellationRequested && (!counts || Interlocked.Increment(ref _calls) != call))
            return await base.SendAsync(request, cancellationToken);

        if (!Death.IsCancellationRequested && moment == KillMoment.AfterWrite)
            (await base.SendAsync(request, cancellationToken)).Dispose();
        await _death.CancelAsync();
        throw new OperationCanceledException(Death);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _death.Dispose();
        base.Dispose(disposing);
    }
}
