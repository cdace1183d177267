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
    // Each definition is looked at again just before its versions go; a list is done in a moment.
    private const int MostLooks = 4;
    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, bool> _softDelete = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<IGrouping<ResourceId, ImageRetention>> _definitions = new(leaving.GroupBy(row => GalleryIds.ParentOf(ResourceId.TryParse(row.Id)!)));
    private readonly ConcurrentQueue<(ImageRetention Row, ImageRetention? Now)> _ready = new();
    private IReadOnlyDictionary<string, IReadOnlyList<ImageUsage>>? _users;
    private int _looks;
    private int _ended;

    public async Task RunAsync()
    {
        if (leaving.Any(row => !row.Rule.IgnoreUsage))
            _users = await RetentionSurvey.UsersAsync(operation, [.. _definitions.Select(group => group.Key)]).ConfigureAwait(false);
        try
        {
            int[] workers = [.. Enumerable.Range(0, Math.Min(operation.ThrottleLimit, leaving.Count))];
            await operation.ForEachAsync(workers, (_, own) => WorkAsync(own)).ConfigureAwait(false);
        }
        finally
        {
            Report(operation, completed: true);
        }
    }

    // Versions of all definitions go side by side: who has none takes the next definition.
    private async Task WorkAsync(Operation own)
    {
        while (true)
        {
            if (_ready.TryDequeue(out (ImageRetention Row, ImageRetention? Now) next))
                await EndAsync(own, next.Row, next.Now).ConfigureAwait(false);
            else if (TryTake(out IGrouping<ResourceId, ImageRetention>? definition))
                await LookAsync(own, definition!).ConfigureAwait(false);
            else if (Volatile.Read(ref _looks) > 0)
                await own.Clock.DelayAsync(s_moment, own.CancellationToken).ConfigureAwait(false);
            else if (_ready.IsEmpty)
                return;
        }
    }

    private bool TryTake(out IGrouping<ResourceId, ImageRetention>? definition)
    {
        definition = null;
        if (Interlocked.Increment(ref _looks) <= MostLooks && _definitions.TryDequeue(out definition))
            return true;

        Interlocked.Decrement(ref _looks);
        return false;
    }

    private async Task LookAsync(Operation own, IGrouping<ResourceId, ImageRetention> definition)
    {
        try
        {
            IReadOnlyList<JsonElement> versions = await RetentionSurvey.VersionsAsync(own, definition.Key).ConfigureAwait(false);
            ILookup<string, ImageRetention> now = new RetentionPlanner(definition.First().Rule, own.Clock.UtcNow).Plan(versions, _users).ToLookup(row => row.Id, StringComparer.OrdinalIgnoreCase);
            foreach (ImageRetention row in definition)
                _ready.Enqueue((row, now[row.Id].FirstOrDefault()));
        }
        catch (ImageCmdletsException exception)
        {
            foreach (ImageRetention row in definition)
                await FailAsync(own, row, exception).ConfigureAwait(false);
        }
        finally
        {
            // After its versions are there: who sees nobody look and no version has seen all.
            Interlocked.Decrement(ref _looks);
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
