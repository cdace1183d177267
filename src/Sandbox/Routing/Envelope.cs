using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Routing;

/// <summary>The members that every resource has: the front end reads them into its own contract before a provider sees the request.</summary>
internal static class Envelope
{
    private static readonly Dictionary<string, JsonValueKind> s_kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["location"] = JsonValueKind.String,
        ["kind"] = JsonValueKind.String,
        ["managedBy"] = JsonValueKind.String,
        ["sku"] = JsonValueKind.Object,
        ["tags"] = JsonValueKind.Object,
        ["plan"] = JsonValueKind.Object,
        ["identity"] = JsonValueKind.Object,
        ["extendedLocation"] = JsonValueKind.Object,
        ["properties"] = JsonValueKind.Object,
        ["zones"] = JsonValueKind.Array,
    };

    /// <summary>Refuses a member of the wrong type.</summary>
    /// <exception cref="ArmException">400 InvalidRequestContent (the words of its detail are an assumption).</exception>
    public static void Check(JsonObject body, byte[] text)
    {
        foreach (KeyValuePair<string, JsonNode?> member in body)
        {
            if (member.Value is not { } value || !s_kinds.TryGetValue(member.Key, out JsonValueKind wanted) || value.GetValueKind() == wanted) continue;
            var place = TextPosition.Of(text, member.Key);
            throw GatewayErrors.InvalidRequestContent(
                $"Error reading {wanted}. Unexpected token: {value.GetValueKind()}. Path '{member.Key}', line {place.Line}, position {place.Column}.");
        }
    }
}
