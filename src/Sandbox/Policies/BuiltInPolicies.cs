using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Policies;

/// <summary>Three of the definitions that Azure brings along: those that most assignments are made of.</summary>
internal static class BuiltInPolicies
{
    private const string Locations = """
        {"mode":"Indexed","parameters":{"listOfAllowedLocations":{"type":"Array"}},"policyRule":{"if":{"allOf":[
        {"field":"location","notIn":"[parameters('listOfAllowedLocations')]"},{"field":"location","notEquals":"global"},
        {"field":"type","notEquals":"Microsoft.AzureActiveDirectory/b2cDirectories"}]},"then":{"effect":"deny"}}}
        """;

    private const string Types = """
        {"mode":"All","parameters":{"listOfResourceTypesNotAllowed":{"type":"Array"},"effect":{"type":"String","defaultValue":"Deny"}},"policyRule":{
        "if":{"allOf":[{"field":"type","in":"[parameters('listOfResourceTypesNotAllowed')]"}]},"then":{"effect":"[parameters('effect')]"}}}
        """;

    private const string Tag = """
        {"mode":"Indexed","parameters":{"tagName":{"type":"String"}},"policyRule":{
        "if":{"field":"[concat('tags[', parameters('tagName'), ']')]","exists":"false"},"then":{"effect":"deny"}}}
        """;

    public static IReadOnlyList<JsonObject> All { get; } =
    [
        Make("e56962a6-4747-49cd-b67b-bf8b01975c4c", "Allowed locations", Locations),
        Make("6c112d4e-5bc7-47ae-a041-ea2d9dccd749", "Not allowed resource types", Types),
        Make("871b6d14-10aa-478d-b590-94f262ecfa99", "Require a tag on resources", Tag),
    ];

    private static JsonObject Make(string name, string title, string text)
    {
        var properties = (JsonObject)JsonText.Parse(text)!;
        properties["displayName"] = title;
        properties["policyType"] = "BuiltIn";
        JsonObject body = JsonText.NewObject();
        body["properties"] = properties;
        body["id"] = $"/providers/Microsoft.Authorization/policyDefinitions/{name}";
        body["type"] = PolicyDefinitions.TypeName;
        body["name"] = name;
        return body;
    }
}
