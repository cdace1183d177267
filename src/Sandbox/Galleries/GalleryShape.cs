using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>
/// What a request may hold. A body is brought into this shape before anything else looks at it: names get Azure's casing, what
/// the service does not know is dropped, null counts as missing, and a value of another kind is refused.
/// </summary>
/// <param name="Root">Name under which error texts show the object.</param>
/// <param name="Template">
/// The shape: objects and lists as they stand in requests, and for values <c>text</c>, <c>number</c> (32 bits), <c>flag</c> or
/// <c>texts</c> (a map of them).
/// </param>
internal sealed record GalleryShape(string Root, JsonObject Template)
{
    private const string Signature = """{"type":"text","value":["text"]}""";
    private const string CustomActions = """
        [{
          "name": "text", "script": "text", "description": "text",
          "parameters": [{ "name": "text", "required": "flag", "type": "text", "defaultValue": "text", "description": "text" }]
        }]
        """;

    private const string Encryption = """
        {
          "osDiskImage": {
            "diskEncryptionSetId": "text",
            "securityProfile": { "confidentialVMEncryptionType": "text", "secureVMDiskEncryptionSetId": "text" }
          },
          "dataDiskImages": [{ "lun": "number", "diskEncryptionSetId": "text" }]
        }
        """;

    /// <summary><c>properties</c> of a gallery.</summary>
    public static GalleryShape Gallery { get; } = Of(
        "gallery.properties",
        """
        {
          "description": "text",
          "softDeletePolicy": { "isSoftDeleteEnabled": "flag" },
          "sharingProfile": {
            "permissions": "text",
            "communityGalleryInfo": {
              "publisherUri": "text", "publisherContact": "text", "eula": "text", "publicNamePrefix": "text"
            }
          }
        }
        """);

    /// <summary><c>properties</c> of a definition.</summary>
    public static GalleryShape Image { get; } = Of(
        "galleryImage.properties",
        """
        {
          "description": "text", "eula": "text", "privacyStatementUri": "text", "releaseNoteUri": "text",
          "osType": "text", "osState": "text", "hyperVGeneration": "text", "architecture": "text", "endOfLifeDate": "text",
          "identifier": { "publisher": "text", "offer": "text", "sku": "text" },
          "recommended": { "vCPUs": { "min": "number", "max": "number" }, "memory": { "min": "number", "max": "number" } },
          "disallowed": { "diskTypes": ["text"] },
          "purchasePlan": { "name": "text", "publisher": "text", "product": "text" },
          "features": [{ "name": "text", "value": "text" }]
        }
        """);

    /// <summary><c>properties</c> of a version.</summary>
    public static GalleryShape Version { get; } = Of(
        GalleryVersionErrors.Root,
        $$"""
        {
          "publishingProfile": {
            "targetRegions": [{
              "name": "text", "regionalReplicaCount": "number", "storageAccountType": "text", "excludeFromLatest": "flag",
              "encryption": {{Encryption}}
            }],
            "replicaCount": "number", "excludeFromLatest": "flag", "endOfLifeDate": "text", "storageAccountType": "text",
            "replicationMode": "text",
            "targetExtendedLocations": [{
              "name": "text", "extendedLocation": { "name": "text", "type": "text" }, "extendedLocationReplicaCount": "number",
              "storageAccountType": "text", "encryption": {{Encryption}}
            }],
            "source": { "managedImage": { "id": "text" } }
          },
          "storageProfile": {
            "source": { "id": "text", "virtualMachineId": "text", "communityGalleryImageId": "text" },
            "osDiskImage": {
              "hostCaching": "text", "source": { "id": "text", "uri": "text", "storageAccountId": "text" }
            },
            "dataDiskImages": [{
              "lun": "number", "hostCaching": "text", "source": { "id": "text", "uri": "text", "storageAccountId": "text" }
            }]
          },
          "safetyProfile": { "allowDeletionOfReplicatedLocations": "flag", "blockDeletionBeforeEndOfLife": "flag" },
          "securityProfile": {
            "uefiSettings": {
              "signatureTemplateNames": ["text"],
              "additionalSignatures": {
                "pk": {{Signature}}, "kek": [{{Signature}}], "db": [{{Signature}}], "dbx": [{{Signature}}]
              }
            }
          }
        }
        """);

    /// <summary><c>properties</c> of an application.</summary>
    public static GalleryShape Application { get; } = Of(
        GalleryApplicationRules.Root,
        $$"""
        {
          "description": "text", "eula": "text", "privacyStatementUri": "text", "releaseNoteUri": "text", "endOfLifeDate": "text",
          "supportedOSType": "text", "customActions": {{CustomActions}}
        }
        """);

    /// <summary><c>properties</c> of an application's version.</summary>
    public static GalleryShape ApplicationVersion { get; } = Of(
        GalleryApplicationRules.VersionRoot,
        $$"""
        {
          "publishingProfile": {
            "source": { "mediaLink": "text", "defaultConfigurationLink": "text" },
            "manageActions": { "install": "text", "remove": "text", "update": "text" },
            "settings": { "packageFileName": "text", "configFileName": "text" },
            "advancedSettings": "texts", "enableHealthCheck": "flag", "customActions": {{CustomActions}},
            "targetRegions": [{
              "name": "text", "regionalReplicaCount": "number", "storageAccountType": "text", "excludeFromLatest": "flag"
            }],
            "replicaCount": "number", "excludeFromLatest": "flag", "endOfLifeDate": "text", "storageAccountType": "text",
            "replicationMode": "text"
          },
          "safetyProfile": { "allowDeletionOfReplicatedLocations": "flag" }
        }
        """);

    /// <summary>Brings the request's <c>properties</c> into the shape.</summary>
    /// <exception cref="Errors.ArmException">400 InvalidParameter: a value is of another kind.</exception>
    public void Apply(RequestContext context)
    {
        if (context.Body["properties"] is { } sent) context.Body["properties"] = Read(sent, Template, Root);
    }

    private static GalleryShape Of(string root, string template) => new(root, (JsonObject)JsonText.Parse(template)!);

    private static JsonNode Read(JsonNode sent, JsonNode shape, string path) => (shape, sent) switch
    {
        (JsonObject members, JsonObject branch) => Read(branch, members, path),
        (JsonValue kind, JsonObject map) when kind.GetValue<string>() == "texts"
            && map.All(static item => item.Value is JsonValue value && Fits("text", value)) => map.DeepClone(),
        (JsonArray item, JsonArray items) => new JsonArray(
            [.. items.Select(one => Read(one ?? throw ComputeErrors.Invalid(path), item[0]!, path))]),
        (JsonValue kind, JsonValue value) when Fits(kind.GetValue<string>(), value) => value.DeepClone(),
        _ => throw ComputeErrors.Invalid(path),
    };

    private static JsonObject Read(JsonObject sent, JsonObject members, string path)
    {
        JsonObject read = JsonText.NewObject();
        foreach (KeyValuePair<string, JsonNode?> member in members)
        {
            if (sent[member.Key] is { } value) read[member.Key] = Read(value, member.Value!, $"{path}.{member.Key}");
        }

        return read;
    }

    private static bool Fits(string kind, JsonValue value) => kind switch
    {
        "text" => value.GetValueKind() == JsonValueKind.String,
        "number" => value.GetValueKind() == JsonValueKind.Number && int.TryParse(value.ToJsonString(), out _),
        _ => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
    };
}
