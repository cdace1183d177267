using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Staging;

/// <summary>The tags of what is made on the way to snapshots, by which a run that was stopped is gone on with.</summary>
internal static class StagingTags
{
    public const string OperationName = "New-ImageSnapshot";

    private const string NameTag = "imagecmdlets-name";
    private const string SetTag = "imagecmdlets-set";

    /// <param name="set">The set.</param>
    /// <param name="step">What it is to the set.</param>
    public static Dictionary<string, string> Of(StagedSet set, string step)
    {
        Dictionary<string, string> tags = OperationTags.For(OperationName, step, set.MadeFor);
        tags[OperationTags.UnfinishedTag] = OperationName;
        tags[NameTag] = set.BaseName;
        tags[SetTag] = set.SetId;
        return tags;
    }

    /// <summary>Whether they are those of an unfinished run for a source.</summary>
    public static bool AreFor(IReadOnlyDictionary<string, string> tags, string source) =>
        OperationTags.IsMadeFor(tags, OperationName, source) && tags.ContainsKey(OperationTags.UnfinishedTag);

    /// <summary>The base name and set of that run.</summary>
    public static (string? Name, string? SetId) Read(IReadOnlyDictionary<string, string> tags) =>
        (tags.TryGetValue(NameTag, out string? name) ? name : null, tags.TryGetValue(SetTag, out string? set) ? set : null);
}
