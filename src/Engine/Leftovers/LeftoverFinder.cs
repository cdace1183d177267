using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Tracking;

namespace ImageCmdlets.Engine.Leftovers;

/// <summary>Finds what is left over, in the order in which it can be removed.</summary>
internal static class LeftoverFinder
{
    public static async Task<IReadOnlyList<Leftover>> FindAsync(Operation operation, ImageLeftoverQuery query)
    {
        LeftoverScene scene = await LeftoverScene.ReadAsync(operation, query).ConfigureAwait(false);
        Leftover[] recognised =
        [
            .. TestLeftovers.Find(scene),
            .. await OwnLeftovers.FindAsync(scene, query.IncludeInterrupted).ConfigureAwait(false),
            .. ImageCopyLeftovers.Find(scene),
            .. await ImageBuilderLeftovers.FindAsync(scene).ConfigureAwait(false),
            .. await PackerLeftovers.FindAsync(scene).ConfigureAwait(false),
        ];

        // Image Builder runs Packer: the first to recognise a thing has it.
        Leftover[] all = [.. recognised.GroupBy(leftover => leftover.Resource.Id).Select(same => same.First())];
        IReadOnlyList<Leftover> judged = await new LeftoverUse(scene, all).JudgeAsync().ConfigureAwait(false);
        return
        [
            .. judged.Select(leftover => query.RevokeAccess && leftover.IsOnlyAccessed ? leftover with { InUse = null } : leftover)
                .Where(leftover => IsMeant(leftover, query, operation.Clock.UtcNow))
                .OrderBy(leftover => leftover.Maker).ThenBy(leftover => leftover.Kit, StringComparer.OrdinalIgnoreCase)
                .ThenBy(leftover => TemporaryRemoval.OrderOf(leftover.Resource.Id.ResourceType))
                .ThenBy(leftover => leftover.Resource.Id.Name, StringComparer.OrdinalIgnoreCase).ThenBy(leftover => leftover.Resource.Id.Text, StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static bool IsMeant(Leftover leftover, ImageLeftoverQuery query, DateTimeOffset now) =>
        (query.Id.Count == 0 || query.Id.Any(id => leftover.Resource.Id.Equals(ResourceId.TryParse(id))))
        && (query.Maker.Count == 0 || query.Maker.Contains(leftover.Maker))
        && (query.ResourceGroupName is null || new NamePattern(query.ResourceGroupName).Fits(leftover.Resource.Id.ResourceGroupName))
        && (query.OlderThan is not { } age || (leftover.Resource.TimeCreated ?? leftover.FirstCreated) is { } time && now - time >= age);
}
