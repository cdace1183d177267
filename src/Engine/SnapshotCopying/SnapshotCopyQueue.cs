using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.SnapshotCopying;

/// <summary>Lets copies travel side by side, as many as Azure takes: 100 to a region at a time, one of each disk, older ones first.</summary>
/// <remarks>Documented in "Copy an incremental snapshot to a new region". Bytes that travel keep nobody busy: only requests are bounded by
/// the command's throttle limit.</remarks>
internal sealed class SnapshotCopyQueue(Operation operation, IReadOnlyList<SnapshotCopy> copies)
{
    private const int MostInPlace = 100;
    private readonly SnapshotCopyProgress _progress = new(operation, copies);

    // Snapshots of a disk must be copied in the order in which they were taken.
    private readonly SnapshotCopy[] _ordered = [.. copies.OrderBy(copy => copy.Source.TimeCreated ?? DateTimeOffset.MinValue)];

    /// <summary>Sees all copies to their ends; each is told as it ends.</summary>
    public async Task RunAsync()
    {
        await EndAsync().ConfigureAwait(false);
        while (_ordered.Any(copy => !copy.HasEnded))
        {
            DateTimeOffset now = operation.Clock.UtcNow;
            await operation.ForEachAsync(Startable(now), (copy, branch) => new SnapshotCopyStep(branch, copy).BeginAsync()).ConfigureAwait(false);
            await LookAsync(operation.Clock.UtcNow).ConfigureAwait(false);
            await EndAsync().ConfigureAwait(false);
            _progress.Report();
            if (Array.TrueForAll(_ordered, copy => copy.HasEnded))
                break;

            await DelayAsync().ConfigureAwait(false);
        }

        _progress.End();
    }

    /// <summary>Begins what Azure takes now, and tells how far each is.</summary>
    public async Task StartAsync()
    {
        await EndAsync().ConfigureAwait(false);
        await operation.ForEachAsync(Startable(operation.Clock.UtcNow), (copy, branch) => new SnapshotCopyStep(branch, copy).BeginAsync()).ConfigureAwait(false);
        await LookAsync(operation.Clock.UtcNow).ConfigureAwait(false);
        await EndAsync().ConfigureAwait(false);
        foreach (SnapshotCopy copy in copies.Where(copy => !copy.HasEnded))
        {
            if (!copy.IsTravelling)
                operation.Warning($"'{copy.Id.Name}' is not begun: Azure copies one snapshot of a disk to a region at a time. Run the same command again when the one before has arrived.");
            await operation.WriteAsync(copy.Result(copy.IsTravelling ? "InProgress" : "NotStarted", operation.Clock.UtcNow)).ConfigureAwait(false);
        }

        _progress.End();
    }

    private SnapshotCopy[] Startable(DateTimeOffset now)
    {
        SnapshotCopy[] travelling = [.. _ordered.Where(copy => copy is { IsTravelling: true, HasEnded: false })];
        var lanes = new HashSet<string>(travelling.Select(copy => copy.Lane), StringComparer.OrdinalIgnoreCase);
        Dictionary<string, int> places = travelling.GroupBy(copy => copy.Place, StringComparer.OrdinalIgnoreCase).ToDictionary(place => place.Key, place => place.Count(), StringComparer.OrdinalIgnoreCase);
        var startable = new List<SnapshotCopy>();
        foreach (SnapshotCopy copy in _ordered.Where(copy => copy is { IsTravelling: false, HasEnded: false }))
        {
            places.TryGetValue(copy.Place, out int count);
            bool isFree = !copy.IsAcrossRegions || lanes.Add(copy.Lane);
            if (!isFree || count >= MostInPlace || copy.NextLook > now)
                continue;

            places[copy.Place] = count + 1;
            startable.Add(copy);
        }

        return [.. startable];
    }

    private Task LookAsync(DateTimeOffset now)
    {
        SnapshotCopy[] due = [.. _ordered.Where(copy => copy is { IsTravelling: true, HasEnded: false, Failure: null } && copy.NextLook <= now)];
        return operation.ForEachAsync(due, (copy, branch) => new SnapshotCopyStep(branch, copy).LookAsync());
    }

    private Task EndAsync()
    {
        SnapshotCopy[] ended = [.. copies.Where(copy => !copy.HasEnded && (copy.Failure is not null || (copy.IsTravelling && copy.Percent >= 100)))];
        return operation.ForEachAsync(ended, (copy, branch) => new SnapshotCopyStep(branch, copy).EndAsync());
    }

    // Nothing to wait for where the end of one has made room for another.
    private async Task DelayAsync()
    {
        DateTimeOffset now = operation.Clock.UtcNow;
        if (Startable(now).Length > 0)
            return;

        TimeSpan wait = _ordered.Where(copy => !copy.HasEnded).Min(copy => copy.NextLook > now || copy.IsTravelling ? copy.NextLook : DateTimeOffset.MaxValue) - now;
        if (wait > TimeSpan.Zero)
            await operation.Clock.DelayAsync(wait, operation.CancellationToken).ConfigureAwait(false);
    }
}
