using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Removes galleries, definitions and versions, with what is in them where that is wanted: versions first, then definitions, then the gallery.</summary>
/// <remarks>Azure refuses it in any other order, and for a while after the last version is gone too: <see cref="GalleryDeletion"/>. What was removed by a run that was stopped is not there for the next one.</remarks>
internal sealed class GalleryRemoval(Operation operation, ResourceId root)
{
    private int _ended;
    private int _all;

    /// <summary>Removes the one with all that is in it.</summary>
    /// <exception cref="ImageCmdletsException">ResourceNotFound, ImageNotFound: it is not there; the first of what could not be removed.</exception>
    public async Task RunAsync()
    {
        var walk = new GalleryWalk(operation, new GalleryQuery { Id = root.Text });
        IReadOnlyList<ResourceId> definitions = root.Is(ResourceTypes.Gallery) ? Ids(await walk.DefinitionsAsync().ConfigureAwait(false)) : root.Is(ResourceTypes.GalleryImage) ? [root] : [];
        var versions = new List<ResourceId>();
        await walk.VersionsAsync((_, found) =>
        {
            versions.AddRange(Ids(found));
            foreach (ImageVersion version in found.Select(VersionMapper.Map))
                RequireRemovable(version);
            return Task.CompletedTask;
        }).ConfigureAwait(false);
        if (root.Is(ResourceTypes.Gallery))
            await ForgetDeletedAsync().ConfigureAwait(false);
        _all = versions.Count + definitions.Count + (root.Is(ResourceTypes.Gallery) ? 1 : 0);
        try
        {
            await RemoveAllAsync(versions).ConfigureAwait(false);
            await RemoveAllAsync(definitions).ConfigureAwait(false);
            if (root.Is(ResourceTypes.Gallery))
                await RemoveAllAsync([root]).ConfigureAwait(false);
        }
        finally
        {
            Report(operation, completed: true);
        }
    }

    // Azure would refuse this one only when all the others are gone.
    private void RequireRemovable(ImageVersion version)
    {
        if (version.BlockDeletionBeforeEndOfLife && version.EndOfLifeDate > operation.Clock.UtcNow)
        {
            throw new ImageCmdletsException(ErrorIds.OperationNotAllowed,
                $"Version {version.Name} of '{version.DefinitionName}' must not be deleted before its end of life on {version.EndOfLifeDate:yyyy-MM-dd}; nothing was removed.", version.Id,
                "Allow it with Set-ImageVersion -BlockDeletionBeforeEndOfLife:$false, or wait until then.");
        }
    }

    // A gallery of which deleted versions are kept cannot be removed; without the policy none are kept (recorded: test_gallery_soft_delete).
    private async Task ForgetDeletedAsync()
    {
        ImageGallery gallery = GalleryMapper.Gallery(await GalleryWalk.Galleries.ReadOneAsync(operation, root.Text).ConfigureAwait(false));
        if (!gallery.SoftDelete)
            return;

        ArmAnswer begun = await GalleryWriter.BeginChangeAsync(operation, root, GalleryService.SoftDeletePolicy(isOn: false)).ConfigureAwait(false);
        await operation.Poller.WaitAsync(begun, root.Text, null, operation.CancellationToken).ConfigureAwait(false);
    }

    // What cannot be removed does not hold up the others; what is around it cannot be removed then.
    private async Task RemoveAllAsync(IReadOnlyList<ResourceId> ids)
    {
        var failures = new List<ImageCmdletsException>();
        await operation.ForEachAsync(ids, async (id, branch) =>
        {
            try
            {
                await GalleryDeletion.RunAsync(branch, id, MayBeStale).ConfigureAwait(false);
                Interlocked.Increment(ref _ended);
                Report(branch, completed: false);
            }
            catch (ImageCmdletsException exception)
            {
                lock (failures)
                    failures.Add(exception);
            }
        }).ConfigureAwait(false);
        foreach (ImageCmdletsException failure in failures.Skip(1))
            await operation.ErrorAsync(failure).ConfigureAwait(false);
        if (failures.Count > 0)
            throw failures[0];
    }

    // An answer that was spoiled on its way has no code.
    private static bool MayBeStale(ArmOperationException exception) => exception.Code is null or "CannotDeleteResource";

    private void Report(Operation branch, bool completed) => branch.Progress(new OperationProgress(StepProgress.ActivityIdOf(root.Text), $"Removing {root.Name}", $"{_ended} of {_all} removed")
    {
        PercentComplete = _all == 0 ? 100 : _ended * 100 / _all,
        Completed = completed,
    });

    private static IReadOnlyList<ResourceId> Ids(IReadOnlyList<JsonElement> items) => [.. items.Select(item => ResourceId.TryParse(item.Text("id"))!)];
}
