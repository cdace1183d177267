using System.Text.Json.Nodes;

namespace ImageCmdlets.Engine.Arm;

/// <summary>The outer form of every resource that is written as raw JSON.</summary>
internal static class ArmBody
{
    public static JsonObject Of(string location, IReadOnlyDictionary<string, string> tags, JsonObject properties)
    {
        var tagged = new JsonObject();
        foreach (KeyValuePair<string, string> tag in tags)
            tagged[tag.Key] = tag.Value;
        return new JsonObject { ["location"] = location, ["tags"] = tagged, ["properties"] = properties };
    }
}
