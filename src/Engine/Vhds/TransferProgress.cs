using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Vhds;

/// <summary>How many bytes of a transfer have arrived, for the eye and for the result.</summary>
/// <param name="operation">The running command.</param>
/// <param name="target">Decides the activity id, the same in every run.</param>
/// <param name="activity">What is being done, such as "Exporting snapshot a".</param>
/// <param name="total">Bytes that have to travel.</param>
/// <param name="resumed">Bytes that an earlier run has brought.</param>
internal sealed class TransferProgress(Operation operation, string target, string activity, long total, long resumed) : IDisposable
{
    private const double MiB = 1024 * 1024;
    private readonly DateTimeOffset _begin = operation.Clock.UtcNow;
    private readonly OperationProgress _record = new(StepProgress.ActivityIdOf(target), activity, string.Empty);
    private long _transferred;

    /// <summary>Bytes that travelled in this run.</summary>
    public long Transferred => Interlocked.Read(ref _transferred);

    /// <summary>Bytes that an earlier run has brought.</summary>
    public long Resumed => resumed;

    /// <summary>More bytes have arrived.</summary>
    public void Add(long bytes)
    {
        long transferred = Interlocked.Add(ref _transferred, bytes), left = total - resumed - transferred;
        double seconds = (operation.Clock.UtcNow - _begin).TotalSeconds;
        operation.Progress(_record with
        {
            Status = $"{(resumed + transferred) / MiB:0} of {total / MiB:0} MiB",
            PercentComplete = total == 0 ? 100 : (int)(100 * (resumed + transferred) / total),
            SecondsRemaining = seconds > 0 ? (int)Math.Min(int.MaxValue, left * seconds / transferred) : -1,
        });
    }

    /// <inheritdoc />
    public void Dispose() => operation.Progress(_record with { Status = "Done", Completed = true });
}
