namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>A statement of a shell script. Which of the members are used follows from the kind.</summary>
/// <param name="Kind">What statement it is.</param>
internal sealed record ShNode(ShNodeKind Kind)
{
    public IReadOnlyList<ShNode> Children { get; init; } = [];

    public IReadOnlyList<ShWord> Words { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, ShWord>> Assignments { get; init; } = [];

    public IReadOnlyList<ShRedirect> Redirects { get; init; } = [];

    public string Text { get; init; } = string.Empty;

    /// <summary><c>!</c> stands before it.</summary>
    public bool Negated { get; init; }

    /// <summary><c>&amp;</c> stands after it.</summary>
    public bool Background { get; init; }
}
