namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>A word of a script, not yet expanded.</summary>
/// <param name="Parts">Its parts, in order.</param>
internal sealed record ShWord(IReadOnlyList<ShPart> Parts)
{
    /// <summary>The text of a word without expansions or quotes; null for any other word.</summary>
    public string? Plain => Parts.Count == 1 && Parts[0] is { Kind: ShPartKind.Text, Quoted: false } part ? part.Text : null;

    public static ShWord Of(string text) => new([new ShPart(ShPartKind.Text, text, Quoted: true)]);
}
