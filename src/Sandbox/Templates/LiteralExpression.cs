using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Templates;

/// <summary>A string in single quotes, or a whole number.</summary>
internal sealed record LiteralExpression(JsonNode Value) : Expression;
