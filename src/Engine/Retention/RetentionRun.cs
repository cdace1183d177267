using System.Collections.Concurrent;
using System.Text.Json;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Retention;

/// <summary>Carries a plan of retention out: looks again by its own rules, then excludes and deletes what is still to go.</summary>
/// <param name="operation">The running command.</param>
/// <param name="leaving">The rows of the plan that are to go.</param>
/// <param name="excludeOnly">Whether versions are only excluded from latest.</param>
internal sealed class RetentionRun(Operation operation, IReadOnlyList<ImageRetention> leaving, bool excludeOnly)
{
    private readonly ConcurrentDictionary<string, bool> _softDelete = new(StringComparer.OrdinalIgnoreCase);
    private int _ended;

    public async Task RunAsync()
    {
        IGrouping<ResourceId, ImageRetention>[] definitions = [.. leaving.GroupBy(row => GalleryIds.ParentOf(ResourceId.TryParse(row.Id)!))];
        bool asksWho = leaving.Any(row => !row.Rule.IgnoreUsage);
        IReadOnlyDictionary<string, IReadOnlyList<ImageUsage>>? users = asksWho ? await RetentionSurvey.UsersAsync(operation, [.. definitions.Select(group => group.Key)]).ConfigureAwait(false) : null;
        try
        {
            await operation.ForEachAsync(definitions, (definition, branch) => RunAsync(branch, definition, users)).ConfigureAwait(false);
        }
        finally
        {
            Report(operation, completed: true);
        }
    }

    private async Task RunAsync(Operation branch, IGrouping<ResourceId, ImageRetention> definition, IReadOnlyDictionary<string, IReadOnlyList<ImageUsage>>? users)
    {
        try
        {
            IReadOnlyList<JsonElement> versions = await RetentionSurvey.VersionsAsync(branch, definition.Key).ConfigureAwait(false);
            ILookup<string, ImageRetention> now = new RetentionPlanner(definition.First().Rule, branch.Clock.UtcNow).Plan(versions, users).ToLookup(row => row.Id, StringComparer.OrdinalIgnoreCase);
            await branch.ForEachAsync([.. definition], (row, own) => EndAsync(own, row, now[row.Id].FirstOrDefault())).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception)
        {
            foreach (ImageRetention row in definition)
                await FailAsync(branch, row, exception).ConfigureAwait(false);
        }
    }

    private async Task EndAsync(Operation own, ImageRetention row, ImageRetention? now)
    {
        try
        {
            ImageRetentionResult result = now is null ? Result(row, "Removed", "was gone already")
                : now.Action == ImageRetentionAction.Keep ? Result(row, "Kept", string.Join("; ", now.Reason))
                : await RemoveAsync(own, row).ConfigureAwait(false);
            await own.WriteAsync(result).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception)
        {
            await FailAsync(own, row, exception).ConfigureAwait(false);
        }

        Interlocked.Increment(ref _ended);
        Report(own, completed: false);
    }

    // First nobody gets it any more, then it goes: between the two somebody may still find out that it was needed.
    private async Task<ImageRetentionResult> RemoveAsync(Operation own, ImageRetention row)
    {
        ResourceId id = ResourceId.TryParse(row.Id)!;
        if (row.ProvisioningState != "Failed")
            await new VersionChange(own, id, new RunOptions()).RunAsync(static draft => draft.Exclude(true, []), isRepair: false).ConfigureAwait(false);
        if (excludeOnly)
            return Result(row, "Excluded", null);

        bool isSoft = await IsSoftAsync(own, GalleryIds.GalleryOf(id)).ConfigureAwait(false);
        await ResourceRemoval.RemoveIfThereAsync(own, row.Id).ConfigureAwait(false);
        return Result(row, isSoft ? "SoftDeleted" : "Removed", null);
    }

    private async Task<bool> IsSoftAsync(Operation own, ResourceId gallery)
    {
        if (!_softDelete.TryGetValue(gallery.Text, out bool isSoft))
            _softDelete[gallery.Text] = isSoft = GalleryMapper.Gallery(await GalleryWalk.Galleries.ReadOneAsync(own, gallery.Text).ConfigureAwait(false)).SoftDelete;
        return isSoft;
    }

    private static async Task FailAsync(Operation own, ImageRetention row, ImageCmdletsException exception)
    {
        await own.ErrorAsync(exception).ConfigureAwait(false);
        await own.WriteAsync(Result(row, "Failed", exception.Message, exception)).ConfigureAwait(false);
    }

    private static ImageRetentionResult Result(ImageRetention row, string state, string? reason, ImageCmdletsException? error = null) =>
        new() { Id = row.Id, DefinitionName = row.DefinitionName, Version = row.Version, State = state, Reason = reason, Error = error };

    private void Report(Operation own, bool completed) => own.Progress(new OperationProgress(StepProgress.ActivityIdOf(leaving[0].Id), "Removing image versions", $"{_ended} of {leaving.Count} ended")
    {
        PercentComplete = _ended * 100 / leaving.Count,
        Completed = completed,
    });
}
