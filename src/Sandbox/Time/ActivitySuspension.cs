namespace ImageCmdlets.Sandbox;

/// <summary>Keeps an <see cref="Activity"/> out of the count until it is disposed.</summary>
internal sealed class ActivitySuspension(Activity activity) : IDisposable
{
    private Activity? _activity = activity;

    public void Dispose() => Interlocked.Exchange(ref _activity, null)?.Resume();
}
