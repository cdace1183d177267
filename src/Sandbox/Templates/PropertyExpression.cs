namespace ImageCmdlets.Sandbox.Templates;

/// <summary>A property of an object or an item of an array: <c>x.name</c>, <c>x['name']</c>, <c>x[0]</c>.</summary>
internal sealed record PropertyExpression(Expression Owner, Expression Key) : Expression;
