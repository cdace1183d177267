using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Templates;

/// <summary>A function whose value depends on its arguments alone.</summary>
/// <param name="Name">Name in its own casing.</param>
/// <param name="Minimum">Fewest arguments.</param>
/// <param name="Maximum">Most arguments.</param>
/// <param name="Call">Makes the value.</param>
internal sealed record TemplateFunction(
    string Name, int Minimum, int Maximum, Func<string, IReadOnlyList<JsonNode?>, JsonNode?> Call);
