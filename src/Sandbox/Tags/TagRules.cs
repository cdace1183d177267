using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.Tags;

/// <summary>ARM's limits of tags, the same for every tracked resource.</summary>
internal static class TagRules
{
    private const int MaximumCount = 50;
    private const int MaximumName = 512;
    private const int MaximumValue = 256;
    private const string Reserved = "<>%&\\?/";

    public static void Check(JsonObject? tags)
    {
        if (tags is null) return;
        if (tags.Count > MaximumCount)
        {
            throw GatewayErrors.Gateway(
                400,
                "InvalidTags",
                $"The tags provided were invalid. The number of tags '{tags.Count}' exceeds the maximum of '{MaximumCount}'.");
        }

        foreach (KeyValuePair<string, JsonNode?> tag in tags) Check(tag.Key, tag.Value);
    }

    private static void Check(string name, JsonNode? value)
    {
        if (name.Any(static c => Reserved.IndexOf(c) >= 0 || char.IsControl(c)))
        {
            throw GatewayErrors.Gateway(
                400,
                "InvalidTagNameCharacters",
                $"The tag names '{name}' have reserved characters '<,>,%,&,\\,?,/' or control characters.");
        }

        if (name.Length > MaximumName)
        {
            throw GatewayErrors.Gateway(
                400,
                "TagNameTooLarge",
                $"Tag name too large.Following tag name '{name}' exceeded the maximum length. " +
                $"Maximum allowed length for tag name - '{MaximumName}' characters.");
        }

        JsonValueKind kind = value?.GetValueKind() ?? JsonValueKind.Null;
        if (kind != JsonValueKind.String)
        {
            // Told so by a user of the Azure SDK for Java (azure-sdk-for-java#1891) for an object; of numbers and null it is an assumption.
            throw GatewayErrors.InvalidRequestContent($"Error reading string. Unexpected token: {Token(kind)}. Path 'tags.{name}'.");
        }

        if (value!.GetValue<string>().Length > MaximumValue)
        {
            throw GatewayErrors.Gateway(
                400,
                "TagValueTooLarge",
                $"Tag value too large.Following tag value '{value.GetValue<string>()}' exceeded the maximum length. " +
                $"Maximum allowed length for tag value - '{MaximumValue}' characters.");
        }
    }

    private static string Token(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "StartObject",
        JsonValueKind.Array => "StartArray",
        JsonValueKind.Number => "Integer",
        JsonValueKind.Null => "Null",
        _ => "Boolean",
    };
}
