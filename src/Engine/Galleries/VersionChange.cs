using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Changes one image version: what is read is sent again with what is to change, so that nothing else is lost.</summary>
/// <remarks>Azure lets one write at a time at a version: another's is waited for, and what it left is read again.</remarks>
internal sealed class VersionChange(Operation operation, ResourceId id, RunOptions run)
{
    private const int MostAttempts = 20;
    private readonly DateTimeOffset _begin = operation.Clock.UtcNow;

    /// <summary>Changes the version, unless it is as wanted.</summary>
    /// <param name="change">Changes the draft; throws where it cannot.</param>
    /// <param name="isRepair">Whether a version that failed is written again as it is: Azure tries the regions that failed once more.</param>
    /// <returns>The version as it is then, and why it failed; null where it is not waited for.</returns>
    /// <exception cref="ImageCmdletsException">ImageNotFound; what the change says; what Azure refused.</exception>
    public async Task<(ImageVersion Version, ImageCmdletsException? Reason)?> RunAsync(Action<VersionDraft> change, bool isRepair)
    {
        using var progress = new VersionProgress(operation, id, $"Changing version {id.Name} of {id.ParentName}");
        for (int attempt = 1; ; attempt++)
        {
            JsonElement found = await ReadAsync().ConfigureAwait(false);
            if (found.Text("properties", "provisioningState") is { } state && !ArmStates.IsEnd(state))
            {
                // What cannot be is said before anything is waited for.
                change(new VersionDraft(found));
                await VersionWait.RunAsync(operation, id, null, progress).ConfigureAwait(false);
                found = await ReadAsync().ConfigureAwait(false);
            }

            var draft = new VersionDraft(found);
            change(draft);
            bool hasFailed = found.Text("properties", "provisioningState") == "Failed";
            if (!draft.IsChanged && !(isRepair && hasFailed))
                return (await VersionService.ReadAsync(operation, id).ConfigureAwait(false), null);

            try
            {
                ArmAnswer begun = await GalleryWriter.BeginChangeAsync(operation, id, draft.ToBody()).ConfigureAwait(false);
                if (run.NoWait)
                {
                    await StartedOperation.WriteAsync(operation, id, "Set", _begin, begun).ConfigureAwait(false);
                    return null;
                }

                return await VersionWait.RunAsync(operation, id, begun, progress).ConfigureAwait(false);
            }
            catch (ImageCmdletsException exception) when (attempt < MostAttempts && exception.ErrorId is ErrorIds.ResourceBusy or ErrorIds.ConcurrentUpdate)
            {
                operation.Verbose($"Another run is at version {id.Name} of '{id.ParentName}': {exception.Message}");
            }
        }
    }

    /// <summary>Reports what failed, and gives the version.</summary>
    public static async Task<ImageVersion> TellAsync(Operation operation, ImageVersion version, ImageCmdletsException? reason)
    {
        foreach (ImageCmdletsException failure in VersionWait.FailuresOf(version, reason))
            await operation.ErrorAsync(failure).ConfigureAwait(false);
        return version;
    }

    private async Task<JsonElement> ReadAsync() => (await operation.Arm.GetAsync(id.Text, ArmApiVersions.Galleries, operation.CancellationToken).ConfigureAwait(false)).Body;
}
