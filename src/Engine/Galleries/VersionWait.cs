using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Waits for an image version, and tells meanwhile how far its regions are.</summary>
/// <remarks>The operation says why it failed, the version where; each only its part.</remarks>
internal static class VersionWait
{
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(48);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    // Nothing of a version is done before 150 seconds are over (recorded), and hundreds may be waited for at once.
    private static readonly TimeSpan s_shortestPause = TimeSpan.FromSeconds(15);

    /// <summary>Waits until nothing is going on with the version any more.</summary>
    /// <param name="operation">The branch.</param>
    /// <param name="id">The version.</param>
    /// <param name="begun">The answer that began it; null: another run did.</param>
    /// <param name="progress">Told how far it is; null: nobody.</param>
    /// <returns>The version as it is then, and why it failed where Azure says so.</returns>
    /// <exception cref="ImageCmdletsException">ImageNotFound: it was removed meanwhile.</exception>
    public static async Task<(ImageVersion Version, ImageCmdletsException? Reason)> RunAsync(Operation operation, ResourceId id, ArmAnswer? begun, VersionProgress? progress)
    {
        return await UntilAsync(operation, id, begun, s_longest, async () =>
        {
            ImageVersion version = await VersionService.ReadAsync(operation, id).ConfigureAwait(false);
            progress?.Report(version);
            return version;
        }, static version => version.ProvisioningState is null || ArmStates.IsEnd(version.ProvisioningState), static version => version.ProvisioningState == "Failed", s_shortestPause).ConfigureAwait(false);
    }

    /// <summary>Looks at a version until nothing is going on with it, and asks why where it failed.</summary>
    /// <param name="operation">The branch.</param>
    /// <param name="id">The version.</param>
    /// <param name="begun">The answer that began it; null: another run did, and nobody says why it failed.</param>
    /// <param name="longest">How long at most.</param>
    /// <param name="look">Looks at it.</param>
    /// <param name="hasEnded">Whether that is all.</param>
    /// <param name="hasFailed">Whether it is to be asked why.</param>
    /// <param name="shortest">The shortest pause between looks; null: as always.</param>
    public static async Task<(T Last, ImageCmdletsException? Reason)> UntilAsync<T>(
        Operation operation, ResourceId id, ArmAnswer? begun, TimeSpan longest, Func<Task<T>> look, Func<T, bool> hasEnded, Func<T, bool> hasFailed, TimeSpan? shortest = null)
    {
        Watched<T> watched = await Watch.UntilAsync(operation, look, hasEnded, longest, null, s_longestPause, shortest: shortest).ConfigureAwait(false);
        return (watched.Last, begun is not null && hasFailed(watched.Last) ? await ReasonAsync(operation, id, begun).ConfigureAwait(false) : null);
    }

    /// <summary>One error for each region where it failed, or one for all where no region says it.</summary>
    public static IReadOnlyList<ImageCmdletsException> FailuresOf(ImageVersion version, ImageCmdletsException? reason)
    {
        string what = $"Version {version.Name} of '{version.DefinitionName}'";
        ImageTargetRegion[] failed = [.. version.TargetRegion.Where(region => region.State == "Failed")];

        // Of a version that could not even be made every region says the same.
        if (failed.Length == 0 || failed.Length == version.TargetRegion.Count)
            return version.ProvisioningState == "Failed" ? [reason ?? new ImageCmdletsException(ErrorIds.ProvisioningFailed, $"{what} was not made: its state is Failed.", version.Id)] : [];

        return [.. failed.Select(region => new ImageCmdletsException(ErrorIds.ReplicationFailed, $"{what} could not be replicated to {region.Location}: {region.Detail ?? reason?.Message ?? "Azure gives no reason."}", version.Id,
            $"Run the same command again, or take the region off with Set-ImageReplication -RemoveRegion {region.Location}.", reason))];
    }

    private static async Task<ImageCmdletsException?> ReasonAsync(Operation operation, ResourceId id, ArmAnswer begun)
    {
        try
        {
            await operation.Poller.WaitAsync(begun, id.Text, null, operation.CancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ImageCmdletsException exception)
        {
            return exception;
        }
    }
}
