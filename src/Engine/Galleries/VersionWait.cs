using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Waits for an image version, and tells meanwhile how far its regions are.</summary>
/// <remarks>The operation says why it failed, the version where; each only its part.</remarks>
internal static class VersionWait
{
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(48);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    /// <summary>Waits until nothing is going on with the version any more.</summary>
    /// <param name="operation">The branch.</param>
    /// <param name="id">The version.</param>
    /// <param name="begun">The answer that began it; null: another run did.</param>
    /// <param name="progress">Told how far it is; null: nobody.</param>
    /// <returns>The version as it is then, and why it failed where Azure says so.</returns>
    /// <exception cref="ImageCmdletsException">ImageNotFound: it was removed meanwhile.</exception>
    public static async Task<(ImageVersion Version, ImageCmdletsException? Reason)> RunAsync(Operation operation, ResourceId id, ArmAnswer? begun, VersionProgress? progress)
    {
        Watched<ImageVersion> watched = await Watch.UntilAsync(operation, async () =>
        {
            ImageVersion version = await VersionService.ReadAsync(operation, id).ConfigureAwait(false);
            progress?.Report(version);
            return version;
        }, version => version.ProvisioningState is null || ArmStates.IsEnd(version.ProvisioningState), s_longest, null, s_longestPause).ConfigureAwait(false);
        ImageCmdletsException? reason = begun is not null && watched.Last.ProvisioningState == "Failed" ? await ReasonAsync(operation, id, begun).ConfigureAwait(false) : null;
        return (watched.Last, reason);
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
