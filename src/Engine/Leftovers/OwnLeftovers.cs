using ImageCmdlets.Engine.Tracking;

namespace ImageCmdlets.Engine.Leftovers;

/// <summary>What commands of this module left: the temporaries of operations that have ended, or that nobody can go on with.</summary>
internal static class OwnLeftovers
{
    // Snapshots and restored disks are what was asked for, not something on the way to it.
    private static readonly ImageOperationKind[] s_withTemporaries = [ImageOperationKind.Copy, ImageOperationKind.Clone, ImageOperationKind.Import, ImageOperationKind.Inspect];

    public static async Task<IReadOnlyList<Leftover>> FindAsync(LeftoverScene scene, bool includeInterrupted)
    {
        var found = new List<Leftover>();
        foreach (TrackedOperation operation in await OperationFinder.OfTagsAsync(scene.Operation, scene.Survey).ConfigureAwait(false))
        {
            bool isOpen = operation.EndReason is null && operation.StopRefusal is null && operation.State is TrackedOperation.Interrupted or TrackedOperation.Failed;
            if (Array.IndexOf(s_withTemporaries, operation.Kind) < 0 || (operation.EndReason is null && !(includeInterrupted && isOpen)))
                continue;

            string why = operation.EndReason ?? $"The operation is {operation.State}, and its command would begin anew.";
            found.AddRange(operation.Temporaries.Select(part => new Leftover(part, LeftoverMaker.ImageCmdlets, $"{operation.Kind} {operation.Id.Text}",
                $"{operation.MadeBy} made it ({part.Step ?? "run command"}, by its tags). {why}")
            {
                OperationId = operation.Id.Text,
            }));
        }

        return found;
    }
}
