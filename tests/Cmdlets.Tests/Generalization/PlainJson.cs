using System.Collections;
using System.Management.Automation;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Cmdlets.Tests.Generalization;

/// <summary>What ConvertTo-Json -Compress makes of a flat object; the bare engine lacks the command.</summary>
public static class PlainJson
{
    public static string Of(IDictionary values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var json = new JsonObject();
        foreach (DictionaryEntry entry in values)
            json[(string)entry.Key] = Node(entry.Value);
        return json.ToJsonString();
    }

    private static JsonNode? Node(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => null,
        bool truth => JsonValue.Create(truth),
        int number => JsonValue.Create(number),
        object[] items => new JsonArray([.. items.Select(Node)]),
        var other => JsonValue.Create(other.ToString()),
    };
}
