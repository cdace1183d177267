namespace ImageCmdlets.Sandbox.Time;

/// <summary>An activity that waits for a point in virtual time.</summary>
internal sealed class ClockWaiter(DateTimeOffset due, long sequence, bool ownsActivity) : ClockEntry(due, sequence)
{
    // Continuations must not run inside the clock: the code after an awaited delay may take minutes of real time.
    private readonly TaskCompletionSource<bool> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether a running activity became this waiter, and runs again once it is served.</summary>
    public bool OwnsActivity { get; } = ownsActivity;

    public Task Task => _completion.Task;

    /// <summary>Watches the caller's token; disposed outside the lock, because Dispose waits for a running callback.</summary>
    public CancellationTokenRegistration Registration { get; set; }

    public override void Serve() => _completion.TrySetResult(true);

    public void Cancel(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);
}
