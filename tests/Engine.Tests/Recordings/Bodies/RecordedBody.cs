using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>One resource as Azure showed it somewhere in a recording: in a GET, a list, a PUT or the result of an operation.</summary>
/// <param name="Place">Where, for messages.</param>
/// <param name="Type">One of <see cref="ResourceTypes"/>.</param>
/// <param name="Body">As recorded.</param>
internal sealed record RecordedBody(string Place, string Type, JsonObject Body)
{
    public string Id => Body["id"]!.GetValue<string>();

    /// <summary>A copy of the body that may be changed.</summary>
    public JsonObject Copy() => Body.DeepClone().AsObject();

    /// <summary>The body as the engine's mappers take it.</summary>
    public static JsonElement Element(JsonObject body)
    {
        using JsonDocument document = JsonDocument.Parse(body.ToJsonString());
        return document.RootElement.Clone();
    }
}
