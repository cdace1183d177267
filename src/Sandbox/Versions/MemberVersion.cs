namespace ImageCmdlets.Sandbox.Versions;

/// <summary>A member that only some api-versions show.</summary>
/// <param name="Path">Names from the resource down; <c>[]</c> goes through the items of a list.</param>
/// <param name="Since">First version that shows it; null when the oldest does.</param>
/// <param name="Until">Last version that shows it; null when the newest does.</param>
internal sealed record MemberVersion(IReadOnlyList<string> Path, string? Since, string? Until)
{
    /// <summary>Whether versions show <see cref="Value"/> where the resource has no such member.</summary>
    public bool HasValue { get; init; }

    /// <summary>JSON of what older versions show unasked: members that newer ones dropped, or leave out when nobody set them.</summary>
    public string Value { get; init; } = "null";

    /// <summary>Last version that shows <see cref="Value"/> unasked.</summary>
    public string? ValueUntil { get; init; }

    /// <summary>Whether an api-version shows the member. Versions are dates, so their text orders them.</summary>
    public bool IsShown(string apiVersion) => !IsBefore(apiVersion, Since) && !IsAfter(apiVersion, Until);

    /// <summary>Whether an api-version shows the member though nobody set it.</summary>
    public bool IsGiven(string apiVersion) => HasValue && IsShown(apiVersion) && !IsAfter(apiVersion, ValueUntil);

    private static bool IsBefore(string version, string? bound) => bound is not null && string.CompareOrdinal(version, bound) < 0;

    private static bool IsAfter(string version, string? bound) => bound is not null && string.CompareOrdinal(version, bound) > 0;
}
