namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>A statement or expression of a script. Which members are used follows from the kind.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Name or operator.</param>
/// <param name="Children">What it is made of; null stands for a part that is missing.</param>
internal sealed record PsNode(PsNodeKind Kind, string Text, params PsNode?[] Children)
{
    /// <summary>The value of a literal.</summary>
    public object? Value { get; init; }

    /// <summary>Parameters of a script block: name and default.</summary>
    public IReadOnlyList<KeyValuePair<string, PsNode?>> Parameters { get; init; } = [];

    /// <summary>A member of a type: <c>::</c>.</summary>
    public bool IsStatic { get; init; }

    public static PsNode Literal(object? value) => new(PsNodeKind.Literal, string.Empty) { Value = value };
}
