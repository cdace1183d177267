namespace ImageCmdlets;

/// <summary>The rules of a plan of retention.</summary>
/// <remarks>A version stays if any rule keeps it. Always kept are the last version that was made well, the latest of each region, what is under way or
/// waits to be released, and what Azure refuses to delete.</remarks>
public sealed record GetImageRetentionOptions
{
    /// <summary>How many of the newest versions by number stay that were made well and are not excluded from latest; at least 1.</summary>
    public int KeepLast { get; init; } = 3;

    /// <summary>Versions published less than so many days ago stay.</summary>
    public int? KeepDays { get; init; }

    /// <summary>Versions with any of these tags stay; an empty value stands for any.</summary>
    public IReadOnlyDictionary<string, string> KeepTag { get; init; } = new Dictionary<string, string>();

    /// <summary>Versions stay until their end of life, where they have one.</summary>
    public bool KeepUntilEndOfLife { get; init; }

    /// <summary>Do not look who uses the versions.</summary>
    public bool IgnoreUsage { get; init; }

    /// <summary>What keeps a version, in words.</summary>
    public override string ToString()
    {
        List<string> rules = [$"the last {KeepLast}"];
        if (KeepDays is { } days)
            rules.Add($"those of the last {days} days");
        if (KeepTag.Count > 0)
            rules.Add("those with the tag " + string.Join(" or ", KeepTag.Select(tag => tag.Value.Length == 0 ? tag.Key : $"{tag.Key}={tag.Value}")));
        if (KeepUntilEndOfLife)
            rules.Add("those before their end of life");
        if (!IgnoreUsage)
            rules.Add("those in use");
        return "Keep " + string.Join(", ", rules);
    }
}
