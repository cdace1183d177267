using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>Waits until the bytes of snapshots are there.</summary>
/// <remarks>provisioningState is Succeeded within seconds of a CopyStart, with completionPercent 0; only 100 means that anything may
/// be made of the snapshot (recorded: test_completion_percent).</remarks>
internal static class SnapshotCompletion
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_limit = TimeSpan.FromHours(24);

    /// <summary>Waits for all of them.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="ids">The snapshots.</param>
    /// <param name="onPercent">Told the percents in the order of the ids after each round; null: nobody.</param>
    /// <exception cref="ImageCmdletsException">CopyFailed, ProvisioningFailed, SnapshotNotFound.</exception>
    public static async Task WaitAsync(Operation operation, IReadOnlyList<ResourceId> ids, Action<IReadOnlyList<double>>? onPercent)
    {
        var percents = new double[ids.Count];
        Watched<double[]> end = await Watch.UntilAsync(operation, async () =>
        {
            await ReadAsync(operation, ids, percents).ConfigureAwait(false);
            onPercent?.Invoke(percents);
            return percents;
        }, seen => Array.TrueForAll(seen, percent => percent >= 100), s_limit, null, s_longestPause, static seen => seen.Min()).ConfigureAwait(false);
        if (!end.Reached)
            throw new ImageCmdletsException(ErrorIds.CopyFailed, $"The copy to the snapshot '{ids[0].Name}' did not end within {s_limit.TotalHours:0} hours.", ids[0].Text);
    }

    /// <summary>Reads once how far they are.</summary>
    public static async Task<IReadOnlyList<double>> ReadOnceAsync(Operation operation, IReadOnlyList<ResourceId> ids)
    {
        var percents = new double[ids.Count];
        await ReadAsync(operation, ids, percents).ConfigureAwait(false);
        return percents;
    }

    // What has arrived once is not asked for again.
    private static async Task ReadAsync(Operation operation, IReadOnlyList<ResourceId> ids, double[] percents)
    {
        for (int i = 0; i < ids.Count; i++)
        {
            if (percents[i] >= 100)
                continue;

            ArmAnswer answer = await operation.Arm.GetAsync(ids[i].Text, ArmApiVersions.Disks, operation.CancellationToken).ConfigureAwait(false);
            percents[i] = PercentOf(answer, ids[i]);
        }
    }

    private static double PercentOf(ArmAnswer answer, ResourceId id)
    {
        if (answer.Body.Find("properties", "copyCompletionError") is { } error)
        {
            throw new ImageCmdletsException(ErrorIds.CopyFailed,
                $"The copy to the snapshot '{id.Name}' failed: {error.Text("errorMessage")} ({error.Text("errorCode")})", id.Text);
        }

        string? state = answer.Body.Text("properties", "provisioningState");
        if (state is "Failed" or "Canceled")
            throw new ImageCmdletsException(ErrorIds.ProvisioningFailed, $"The snapshot '{id.Name}' is in the state {state}.", id.Text);

        // A snapshot that is still being made shows no percent of its own.
        return state is null or "Succeeded" ? DiskFacts.CompletionOf(answer.Body.Find("properties") ?? default) : 0;
    }
}
