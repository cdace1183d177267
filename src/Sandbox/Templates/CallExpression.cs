namespace ImageCmdlets.Sandbox.Templates;

/// <summary>A function with its arguments.</summary>
internal sealed record CallExpression(string Function, IReadOnlyList<Expression> Arguments) : Expression;
