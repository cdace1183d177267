using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Templates;

/// <summary>What expressions can see.</summary>
internal sealed record TemplateScope
{
    /// <summary>Name under which the index of the innermost loop of resources is kept.</summary>
    public const string DefaultLoop = "";

    public required JsonObject Template { get; init; }

    /// <summary>Values of the parameters by name.</summary>
    public required JsonObject Parameters { get; init; }

    public required TemplatePlace Place { get; init; }

    /// <summary>Index of each loop around the expression.</summary>
    public JsonObject Loops { get; init; } = JsonText.NewObject();

    /// <summary>Reads a resource: name or id, api-version, whole or its properties. Null before the deployment runs.</summary>
    public Func<string, string?, bool, JsonNode?>? Reference { get; init; }

    /// <summary>The same with one loop more.</summary>
    public TemplateScope Within(string loop, int index, bool isResource = false)
    {
        JsonObject loops = Loops.Copy();
        loops[loop] = index;
        if (isResource) loops[DefaultLoop] = index;
        return this with { Loops = loops };
    }
}
