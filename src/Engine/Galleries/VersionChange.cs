using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Changes one image version: what is read is sent again with what is to change, so that nothing else is lost.</summary>
/// <remarks>Azure lets one write at a time at a version: another's is waited for, and what it left is read again.</remarks>
internal sealed class VersionChange(Operation operation, ResourceId id, RunOptions run)
{
    private const int MostAttempts = 20;

    /// <summary>Changes the version, unless it is as wanted.</summary>
    /// <param name="change">Changes the draft; throws where it cannot.</param>
    /// <param name="isRepair">Whether a version that failed is written again as it is: Azure tries the regions that failed once more.</param>
    /// <exception cref="ImageCmdletsException">ImageNotFound; what the change says; what Azure refused.</exception>
    public async Task<VersionOutcome> RunAsync(Action<VersionDraft> change, bool isRepair)
    {
        using var progress = new VersionProgress(operation, id, $"Changing version {id.Name} of {id.ParentName}");
        for (int attempt = 1; ; attempt++)
        {
            JsonElement found = await ReadAsync().ConfigureAwait(false);
            if (found.Text("properties", "provisioningState") is { } state && !ArmStates.IsEnd(state))
            {
                // What cannot be is said before anything is waited for.
                change(new VersionDraft(found, operation.Clock.UtcNow));
                await VersionWait.RunAsync(operation, id, null, progress).ConfigureAwait(false);
                found = await ReadAsync().ConfigureAwait(false);
            }

            var draft = new VersionDraft(found, operation.Clock.UtcNow);
            change(draft);
            bool hasFailed = found.Text("properties", "provisioningState") == "Failed";
            if (!draft.IsChanged && !(isRepair && hasFailed))
                return new VersionOutcome(id) { Version = await VersionService.ReadAsync(operation, id).ConfigureAwait(false) };

            try
            {
                ArmAnswer begun = await GalleryWriter.BeginChangeAsync(operation, id, draft.ToBody()).ConfigureAwait(false);
                if (run.NoWait)
                    return new VersionOutcome(id) { Started = begun };

                (ImageVersion version, ImageCmdletsException? reason) = await VersionWait.RunAsync(operation, id, begun, progress).ConfigureAwait(false);
                return new VersionOutcome(id) { Version = version, Failure = VersionWait.FailuresOf(version, reason) };
            }
            catch (ImageCmdletsException exception) when (attempt < MostAttempts && exception.ErrorId is ErrorIds.ResourceBusy or ErrorIds.ConcurrentUpdate)
            {
                operation.Verbose($"Another run is at version {id.Name} of '{id.ParentName}': {exception.Message}");
            }
        }
    }

    private async Task<JsonElement> ReadAsync() => (await operation.Arm.GetAsync(id.Text, ArmApiVersions.Galleries, operation.CancellationToken).ConfigureAwait(false)).Body;
}
