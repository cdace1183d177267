using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Lineage;

/// <summary>Follows an image back to where it came from. Azure is only read.</summary>
/// <remarks>Each thing says itself what it was made of. Where it is gone, or does not say, the tags of what was made of it go on: the machine of a snapshot, the
/// image of that machine, the image of the marketplace.</remarks>
internal sealed class LineageWalk
{
    // No chain that somebody made by hand or by a pipeline in years is as long; one that is goes on from its last step.
    private const int MostSteps = 64;

    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ImageLineageStep> _steps = [];
    private string? _machine;
    private string? _base;
    private string? _urn;

    /// <summary>The steps, that of the image itself first.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="start">The id, URN or address of the image.</param>
    /// <param name="reader">What knows things that were read before; null: nothing was.</param>
    public static async Task<IReadOnlyList<ImageLineageStep>> RunAsync(Operation operation, string start, LineageReader? reader = null)
    {
        reader ??= new LineageReader();
        var walk = new LineageWalk();
        for (string? next = start; next is not null;)
            next = walk.Take(await reader.ReadAsync(operation, next).ConfigureAwait(false));
        return walk._steps;
    }

    /// <summary>The image of the marketplace at the end of a lineage; null where it does not reach one.</summary>
    public static string? UrnOf(IReadOnlyList<ImageLineageStep> steps) =>
        steps.Count > 0 && steps[steps.Count - 1] is { Kind: ImageSourceKind.MarketplaceImage } last ? last.Id : null;

    // What comes next; null: this is the end.
    private string? Take(LineageNode node)
    {
        _seen.Add(node.Step.Id);
        _machine = node.Machine ?? (node.Step.Kind is ImageSourceKind.Snapshot or ImageSourceKind.Disk ? _machine : null);
        _base = LineageTags.Base(node.Tag) ?? _base;
        _urn = LineageTags.Urn(node.Tag) ?? _urn;
        if (node.IsRoot)
            return End(node, null);
        if (_steps.Count + 1 == MostSteps)
            return End(node, $"is the last of {MostSteps} steps that are followed at once: look at it by itself");
        if (node.Next is { } own && !_seen.Contains(MarketplaceOrigin.UrnOf(own) ?? own))
            return Go(node, null, own);

        string why = node.Step.Reason ?? (node.Step.Exists == false ? "is gone" : node.Next is null ? "does not say what it was made of" : $"is said to be made of what was made of it: {node.Next}");
        string? told = new[] { _machine, _base, _urn }.FirstOrDefault(other => other is not null && !_seen.Contains(other));
        return told is null ? End(node, $"{why}, and no tag says what comes before") : Go(node, $"{why}; what comes before is told by tags", told);
    }

    private string? End(LineageNode node, string? reason)
    {
        _steps.Add(node.Step with { Reason = reason });
        return null;
    }

    private string Go(LineageNode node, string? reason, string next)
    {
        _steps.Add(node.Step with { Reason = reason });
        return next;
    }
}
