using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>What this module says of image versions by their tags.</summary>
internal static class VersionTags
{
    /// <summary>The cmdlet that makes versions.</summary>
    public const string Maker = "New-ImageVersion";

    private const string StagedTag = OperationTags.Prefix + "staged";

    /// <summary>The tag of a version that waits to be tested and released.</summary>
    public static KeyValuePair<string, string> Staged { get; } = new(StagedTag, "excluded");

    public static bool IsStaged(IReadOnlyDictionary<string, string> tags) => tags.ContainsKey(StagedTag);

    /// <summary>The mark of a version whose command has not ended: of what it is made, so that the same command knows it.</summary>
    public static KeyValuePair<string, string> Unfinished(string sourceKey) => new(OperationTags.UnfinishedTag, sourceKey);

    /// <summary>Whether it is on its way, made of these bytes.</summary>
    public static bool IsUnfinished(IReadOnlyDictionary<string, string> tags, string sourceKey) =>
        OperationTags.IsMadeBy(tags, Maker) && tags.TryGetValue(OperationTags.UnfinishedTag, out string? key) && key == sourceKey;

    /// <summary>The tags of a version as it is begun.</summary>
    /// <param name="own">The user's, or the source's.</param>
    /// <param name="source">What it is made of.</param>
    /// <param name="sourceKey">What tells these bytes from others of the same name.</param>
    /// <param name="isStaged">Whether it waits to be released.</param>
    public static Dictionary<string, string> For(IReadOnlyDictionary<string, string> own, string source, string sourceKey, bool isStaged)
    {
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        IEnumerable<KeyValuePair<string, string>> all = own.Concat(OperationTags.For(Maker, "version", source)).Append(Unfinished(sourceKey));
        foreach (KeyValuePair<string, string> tag in isStaged ? all.Append(Staged) : all)
            tags[tag.Key] = tag.Value;
        return tags;
    }
}
