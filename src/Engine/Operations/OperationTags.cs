using ImageCmdlets.Engine.Naming;

namespace ImageCmdlets.Engine.Operations;

/// <summary>The tags that every resource made on the way to something carries from its first PUT: who made it, in which step, for what.</summary>
/// <remarks>They are how a command that is run again finds what is there, and the only proof by which something is ever removed
/// that the user did not name.</remarks>
internal static class OperationTags
{
    public const string OperationTag = "imagecmdlets-operation";
    public const string StepTag = "imagecmdlets-step";
    public const string SourceTag = "imagecmdlets-source";

    /// <summary>What the resource helps to make, where that is not the source: only by this is known what a command was on its way to.</summary>
    public const string TargetTag = "imagecmdlets-target";

    /// <summary>On what a run has begun and not ended: only such a thing is ever given to the same command again.</summary>
    public const string UnfinishedTag = "imagecmdlets-unfinished";

    /// <summary>On a disk whose upload was given up: it looks like a whole one, and is none.</summary>
    public const string AbandonedTag = "imagecmdlets-abandoned";

    /// <summary>What the names of all tags of this module begin with.</summary>
    public const string Prefix = "imagecmdlets-";

    // Azure's limit for a tag's value; an ARM id can be a little longer.
    private const int LongestValue = 256;

    /// <summary>The three tags, and the fourth where there is a target.</summary>
    /// <param name="operation">The cmdlet, such as <c>New-ImageVM</c>.</param>
    /// <param name="step">What the resource is to it, such as <c>NetworkInterface</c>.</param>
    /// <param name="source">The id of what it is made for or of.</param>
    /// <param name="target">The id of what it helps to make; null: nothing but the source, or several.</param>
    public static Dictionary<string, string> For(string operation, string step, string source, string? target = null)
    {
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            [OperationTag] = operation,
            [StepTag] = step,
            [SourceTag] = Value(source),
        };
        if (target is not null)
            tags[TargetTag] = Value(target);
        return tags;
    }

    /// <summary>Whether a resource with these tags was made by that operation.</summary>
    public static bool IsMadeBy(IReadOnlyDictionary<string, string> tags, string operation) =>
        tags.TryGetValue(OperationTag, out string? made) && Same(made, operation);

    /// <summary>Whether a resource with these tags was made by that operation for that source.</summary>
    public static bool IsMadeFor(IReadOnlyDictionary<string, string> tags, string operation, string source) =>
        IsMadeBy(tags, operation) && tags.TryGetValue(SourceTag, out string? madeFor) && Same(madeFor, Value(source));

    /// <summary>The tags of something made of something else: those asked for, else the source's, without what this module says of the
    /// source itself.</summary>
    /// <param name="source">The tags of what it is made of.</param>
    /// <param name="wanted">The tags the user gave; null: none were given.</param>
    public static Dictionary<string, string> CarriedOver(IReadOnlyDictionary<string, string> source, IReadOnlyDictionary<string, string>? wanted)
    {
        var carried = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> tag in wanted ?? source)
        {
            if (wanted is not null || !tag.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                carried[tag.Key] = tag.Value;
        }

        return carried;
    }

    /// <summary>A source as its tag holds it: a text that is too long keeps its end, with a hash in front.</summary>
    public static string Value(string source)
    {
        if (source.Length <= LongestValue)
            return source;

        string hash = StableHash.Of(16, source);
        return $"{hash}..{source.Substring(source.Length - (LongestValue - hash.Length - 2))}";
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
