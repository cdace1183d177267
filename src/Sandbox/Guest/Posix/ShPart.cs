namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>A part of a word: text, or something to be expanded.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Text">The text, the parameter's name or the arithmetic expression.</param>
/// <param name="Quoted">Quoted parts are neither split nor taken for patterns.</param>
internal sealed record ShPart(ShPartKind Kind, string Text, bool Quoted)
{
    /// <summary>
    /// Operator of a parameter expansion: <c>:-</c>, <c>-</c>, <c>:+</c>, <c>#</c>, <c>##</c>, <c>%</c>, <c>%%</c>, or empty.
    /// </summary>
    public string Operator { get; init; } = string.Empty;

    /// <summary>The word after the operator.</summary>
    public ShWord? Operand { get; init; }

    /// <summary>The command of a command substitution.</summary>
    public ShNode? Body { get; init; }
}
