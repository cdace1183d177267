using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Blobs;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Storage;

/// <summary>Bodies of storage accounts, with the members and the order of a recording of 2024.</summary>
internal static class StorageAccountBodies
{
    // Before this version, kind and sku were one property, accountType, and there was little else.
    private const string SkuSince = "2016-01-01";

    private static readonly string[] s_old =
    [
        "provisioningState", "creationTime", "primaryEndpoints", "primaryLocation", "statusOfPrimary", "secondaryLocation",
        "statusOfSecondary",
    ];

    private static readonly string[] s_services = ["blob", "queue", "table", "file"];

    // What a client may set, with the value that shows when it does not.
    private static readonly KeyValuePair<string, JsonNode?>[] s_settings =
    [
        new("dnsEndpointType", null), new("defaultToOAuthAuthentication", null), new("publicNetworkAccess", null),
        new("allowCrossTenantReplication", false), new("isNfsV3Enabled", null), new("isHnsEnabled", null), new("isSftpEnabled", null),
        new("minimumTlsVersion", "TLS1_0"), new("allowBlobPublicAccess", false), new("allowSharedKeyAccess", null),
        new("networkAcls", null), new("supportsHttpsTrafficOnly", true), new("encryption", null), new("accessTier", null),
    ];

    /// <summary>A new account, still being made.</summary>
    public static JsonObject New(RequestContext context, string sku, string kind)
    {
        JsonObject body = JsonText.NewObject();
        body["sku"] = Sku(sku);
        body["kind"] = kind;
        body["id"] = context.Target!.ToString();
        body["name"] = context.Target.Name;
        body["type"] = StorageTypes.Account;
        body["location"] = context.Location;
        body["tags"] = context.Body.Object("tags")?.Copy() ?? JsonText.NewObject();
        string now = ArmTime.Format(context.Now);
        JsonObject properties = body.Ensure("properties");
        properties["keyCreationTime"] = new JsonObject { ["key1"] = now, ["key2"] = now };
        properties["privateEndpointConnections"] = new JsonArray();
        foreach (KeyValuePair<string, JsonNode?> setting in s_settings)
        {
            JsonNode? value = context.Body.At($"properties.{setting.Key}") ?? setting.Value;
            if (value is not null) properties[setting.Key] = value.DeepClone();
        }

        properties["networkAcls"] ??= NetworkRules();
        properties["encryption"] = Encryption(now);
        if (kind is "StorageV2" or "BlobStorage") properties["accessTier"] ??= "Hot";
        properties["provisioningState"] = "Creating";
        properties["creationTime"] = now;
        properties["primaryLocation"] = context.Location;
        properties["statusOfPrimary"] = "available";
        Mirror(body);
        return body;
    }

    /// <summary>Whether a version is one in which <c>accountType</c> was all that there was to choose.</summary>
    public static bool IsOld(string apiVersion) => string.CompareOrdinal(apiVersion, SkuSince) < 0;

    /// <summary>What the operation that made an account ends with in such a version (recorded in 2018): the request.</summary>
    public static JsonObject Echo(ResourceEntry account) => new()
    {
        ["location"] = account.Location,
        ["properties"] = new JsonObject { ["accountType"] = account.Body.Text("sku.name") },
    };

    /// <summary>Puts what a client sends into an account that exists.</summary>
    public static void Update(RequestContext context, ResourceEntry account, string sku)
    {
        account.Body["sku"] = Sku(sku);
        Mirror(account.Body);
        if (context.Body["tags"] is JsonObject tags) account.Body["tags"] = tags.Copy();
        foreach (KeyValuePair<string, JsonNode?> setting in s_settings)
        {
            if (setting.Key != "encryption" && context.Body.At($"properties.{setting.Key}") is { } value)
                account.Properties[setting.Key] = value.DeepClone();
        }
    }

    /// <summary>An account with the addresses by which this client reaches it.</summary>
    public static JsonObject View(RequestContext context, ResourceEntry account)
    {
        JsonObject body = account.Body.Copy();
        var properties = (JsonObject)body["properties"]!;
        properties["primaryEndpoints"] = Endpoints(context.Request.Uri, account);
        if (!IsOld(context.ApiVersion)) return body;
        JsonObject old = JsonText.NewObject();
        old["accountType"] = body.Text("sku.name");
        foreach (string name in s_old)
        {
            if (properties[name] is { } value) old[name] = value.DeepClone();
        }

        body.Remove("sku");
        body.Remove("kind");
        body["properties"] = old;
        return body;
    }

    /// <summary>The addresses of an account's services.</summary>
    /// <param name="client">An address by which the client has reached the sandbox.</param>
    /// <param name="account">The account.</param>
    public static JsonObject Endpoints(Uri client, ResourceEntry account)
    {
        string blob = BlobEndpoint.OfAccount(client, account.Name);
        // Premium accounts have blobs only (recorded), and so has the sandbox where it is reached by its own address.
        if (client.IsLoopback || account.Body.Text("sku.tier") == "Premium") return new JsonObject { ["blob"] = blob };
        var endpoints = new JsonObject();
        foreach (string service in s_services) endpoints[service] = blob.Replace(".blob.", $".{service}.");
        return endpoints;
    }

    private static JsonObject Sku(string name)
    {
        JsonObject sku = JsonText.NewObject();
        sku["name"] = name;
        sku["tier"] = name.Split('_')[0];
        return sku;
    }

    // Geo-redundant accounts have a second copy in the paired region.
    private static void Mirror(JsonObject body)
    {
        var properties = (JsonObject)body["properties"]!;
        properties.Remove("secondaryLocation");
        properties.Remove("statusOfSecondary");
        string pair = Regions.Find(body.Text("location")!)?.Paired ?? string.Empty;
        if (body.Text("sku.name")!.IndexOf("G", StringComparison.Ordinal) < 0 || pair.Length == 0) return;
        properties["secondaryLocation"] = pair;
        properties["statusOfSecondary"] = "available";
    }

    private static JsonObject NetworkRules() => new()
    {
        ["ipv6Rules"] = new JsonArray(),
        ["bypass"] = "AzureServices",
        ["virtualNetworkRules"] = new JsonArray(),
        ["ipRules"] = new JsonArray(),
        ["defaultAction"] = "Allow",
    };

    private static JsonObject Encryption(string now)
    {
        JsonObject Service() => new() { ["keyType"] = "Account", ["enabled"] = true, ["lastEnabledTime"] = now };
        return new JsonObject
        {
            ["services"] = new JsonObject { ["file"] = Service(), ["blob"] = Service() },
            ["keySource"] = "Microsoft.Storage",
        };
    }
}
