namespace ImageCmdlets.Commands;

/// <summary>Refuses a pattern where one thing must be named.</summary>
internal static class WildcardRefusal
{
    /// <summary>InvalidArgument for a value with wildcards in it; null for any other.</summary>
    public static ImageCmdletsException? Of(string parameter, string? value) => !NamePattern.HasWildcard(value) ? null : new ImageCmdletsException(
        ErrorIds.InvalidArgument, $"-{parameter} takes no wildcards: '{value}'.", value, "Find what fits with a Get- command, which takes wildcards, and pipe it in.");
}
