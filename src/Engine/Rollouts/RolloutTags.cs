using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Rollouts;

/// <summary>What a bad version says of itself by its tags: why it was taken back, when, and by whom.</summary>
internal static class RolloutTags
{
    private const string ReasonTag = OperationTags.Prefix + "undone";
    private const string TimeTag = OperationTags.Prefix + "undone-time";
    private const string AccountTag = OperationTags.Prefix + "undone-by";
    private const string NoReason = "no reason was given";

    // Azure's limits.
    private const int MostTags = 50;
    private const int LongestValue = 256;

    /// <summary>Whether these are of a version that was taken back.</summary>
    public static bool IsUndone(IReadOnlyDictionary<string, string> tags) => tags.ContainsKey(ReasonTag);

    /// <summary>Why; null where it was not taken back.</summary>
    public static string? Reason(IReadOnlyDictionary<string, string> tags) => tags.TryGetValue(ReasonTag, out string? reason) ? reason : null;

    /// <summary>Whether a name is one of these tags'.</summary>
    public static bool Has(string name) => name is ReasonTag or TimeTag or AccountTag;

    /// <exception cref="ImageCmdletsException">InvalidArgument: longer than a tag.</exception>
    public static void Require(string? reason)
    {
        if (reason is { Length: > LongestValue })
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"The reason becomes a tag, and is longer than {LongestValue} characters.", reason, "Pass a shorter -Reason.");
    }

    /// <summary>The tags of a bad version; those that are there where they tell the same already, so that the same command again changes nothing.</summary>
    public static Dictionary<string, string> With(IReadOnlyDictionary<string, string> present, string? reason, DateTimeOffset now, string? account)
    {
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> tag in present)
            tags[tag.Key] = tag.Value;
        // What was taken back no longer waits to be released: retention may have it.
        tags.Remove(VersionTags.Staged.Key);
        if (IsUndone(present) && (reason is null || Reason(present) == reason))
            return tags;

        Write(tags, ReasonTag, reason ?? NoReason);
        Write(tags, TimeTag, now.UtcDateTime.ToString("s") + "Z");
        Write(tags, AccountTag, account);
        return tags;
    }

    // To take the version back matters more than to tell of it.
    private static void Write(Dictionary<string, string> tags, string name, string? value)
    {
        if (value is { Length: > 0 and <= LongestValue } && (tags.ContainsKey(name) || tags.Count < MostTags))
            tags[name] = value;
    }
}
