using ImageCmdlets.Engine.Tracking;

namespace ImageCmdlets.Engine.Leftovers;

/// <summary>What commands of this module left: the temporaries of operations that have ended, or that nobody can go on with.</summary>
internal static class OwnLeftovers
{
    // Unfinished snapshots and restored disks are what was asked for, not something on the way to it.
    private static readonly ImageOperationKind[] s_withTemporaries = [ImageOperationKind.Copy, ImageOperationKind.Clone, ImageOperationKind.Import, ImageOperationKind.Inspect];

    public static async Task<IReadOnlyList<Leftover>> FindAsync(LeftoverScene scene, bool includeInterrupted)
    {
        IReadOnlyList<TrackedOperation> operations = await OperationFinder.OfTagsAsync(scene.Operation, scene.Survey).ConfigureAwait(false);
        ILookup<bool, TrackedOperation> isGivenUp = operations.ToLookup(operation => IsGivenUp(operation, includeInterrupted));

        // What several copies have in common is left when all of them are.
        var needed = new HashSet<ResourceId>(isGivenUp[false].SelectMany(operation => operation.Parts).Select(part => part.Id));
        return
        [
            .. isGivenUp[true].SelectMany(operation => (operation.Kind == ImageOperationKind.Copy ? operation.Parts : operation.Temporaries)
                .Where(part => !needed.Contains(part.Id)).Select(part => Of(operation, part))),
        ];
    }

    private static bool IsGivenUp(TrackedOperation operation, bool includeInterrupted)
    {
        bool isOpen = operation is { EndReason: null, StopRefusal: null, State: TrackedOperation.Interrupted or TrackedOperation.Failed };
        return operation.EndReason is not null || (includeInterrupted && isOpen && Array.IndexOf(s_withTemporaries, operation.Kind) >= 0);
    }

    private static Leftover Of(TrackedOperation operation, SeenResource part)
    {
        string why = operation.EndReason ?? $"The operation is {operation.State}, and its command would begin anew.";
        string kit = operation.Kind == ImageOperationKind.Copy ? operation.SourceId ?? operation.Id.Text : operation.Id.Text;
        return new Leftover(part, LeftoverMaker.ImageCmdlets, $"{operation.Kind} {kit.ToUpperInvariant()}", $"{operation.MadeBy} made it ({part.Step ?? "by its mark"}). {why}")
        {
            OperationId = operation.Id.Text,
        };
    }
}
