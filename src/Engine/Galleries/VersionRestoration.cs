using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Brings back one image version that was deleted from a gallery with soft deletion.</summary>
/// <remarks>Recorded in test_gallery_soft_delete: a PUT of location and tags. One that is back already is given as it is.</remarks>
internal static class VersionRestoration
{
    /// <exception cref="ImageCmdletsException">ImageNotFound: it is neither there nor kept.</exception>
    public static async Task<VersionOutcome> RunAsync(Operation operation, ResourceId id, IReadOnlyDictionary<string, string>? tags, RunOptions run)
    {
        ResourceId definition = GalleryIds.ParentOf(id);
        ArmAnswer? there = await operation.Arm.FindAsync(id.Text, ArmApiVersions.Galleries, operation.CancellationToken).ConfigureAwait(false);
        if (there is null)
        {
            JsonElement kept = (await new GalleryWalk(operation, new GalleryQuery()).ListSoftDeletedAsync(definition).ConfigureAwait(false)).FirstOrDefault(version => version.Text("name") == id.Name);
            string location = kept.Text("location") ?? throw new ImageCmdletsException(ErrorIds.ImageNotFound,
                $"The gallery '{GalleryIds.GalleryOf(id).Name}' keeps no deleted version {id.Name} of '{definition.Name}'.", id.Text, "List what is kept with Get-ImageVersion -SoftDeleted: for seven days, in galleries with -SoftDelete.");
            there = await GalleryWriter.BeginRestoreAsync(operation, id, location, tags ?? new Dictionary<string, string>()).ConfigureAwait(false);
        }

        if (run.NoWait)
            return new VersionOutcome(id) { Started = there };

        using var progress = new VersionProgress(operation, id, $"Restoring version {id.Name} of {definition.Name}");
        (ImageVersion version, ImageCmdletsException? reason) = await VersionWait.RunAsync(operation, id, there, progress).ConfigureAwait(false);
        return new VersionOutcome(id) { Version = version, Failure = VersionWait.FailuresOf(version, reason) };
    }
}
