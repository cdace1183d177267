namespace ImageCmdlets.Sandbox.ResourceGraph;

/// <summary>A word, sign or literal of a query.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; of a string what stands between the quotes.</param>
/// <param name="Position">Where it begins, from zero.</param>
internal readonly record struct QueryToken(QueryTokenKind Kind, string Text, int Position)
{
    /// <summary>Whether it is that word or sign.</summary>
    public bool Is(string text) => Kind is QueryTokenKind.Word or QueryTokenKind.Sign && string.Equals(Text, text, StringComparison.OrdinalIgnoreCase);
}
