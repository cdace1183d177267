using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>The tag of a snapshot whose run has not ended: only such a one is ever given to the same command again.</summary>
/// <remarks>Written with the first PUT, taken off when the whole set is there. Nothing else that Azure says tells the snapshot of a
/// run that was stopped from one that was taken and done with.</remarks>
internal static class SnapshotMark
{
    private const string Tag = OperationTags.UnfinishedTag;
    private const string Value = "New-ImageSnapshot";

    /// <summary>Adds it to tags that are about to be written.</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="madeBy">The cmdlet.</param>
    public static void Write(IDictionary<string, string> tags, string madeBy = Value) => tags[Tag] = madeBy;

    public static bool IsOn(IReadOnlyDictionary<string, string> tags) => tags.ContainsKey(Tag);

    /// <summary>Whether it is that of a certain cmdlet.</summary>
    public static bool IsOn(IReadOnlyDictionary<string, string> tags, string madeBy) => tags.TryGetValue(Tag, out string? value) && value == madeBy;

    /// <summary>Tags as they are once it is taken off.</summary>
    public static IReadOnlyDictionary<string, string> Without(IReadOnlyDictionary<string, string> tags)
    {
        var left = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> tag in tags)
        {
            if (!string.Equals(tag.Key, Tag, StringComparison.OrdinalIgnoreCase))
                left[tag.Key] = tag.Value;
        }

        return left;
    }

    /// <summary>Takes it off, and leaves all other tags alone. The snapshot is good without that, so a failure is only warned of.</summary>
    public static async Task RemoveAsync(Operation operation, ResourceId id, string madeBy = Value)
    {
        try
        {
            await ResourceTags.RemoveAsync(operation, id.Text, [new(Tag, madeBy)]).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception)
        {
            operation.Warning($"The snapshot '{id.Name}' is finished, but its tag '{Tag}' could not be removed; remove it, or the same command will give this snapshot again: {exception.Message}");
        }
    }
}
