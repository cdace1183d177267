namespace ImageCmdlets.HelpBuilder.Pages;

/// <summary>What stands where an author has still to write.</summary>
internal static class Placeholder
{
    /// <summary>Asks for something, in platyPS's notation.</summary>
    public static string For(string what) => $"{{{{ Fill {what} }}}}";

    /// <summary>Whether nobody has written the text yet.</summary>
    public static bool IsMissing(string prose) =>
        string.IsNullOrWhiteSpace(prose) || prose.Contains("{{", StringComparison.Ordinal);
}
