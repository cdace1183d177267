using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Access;
using ImageCmdlets.Engine.Arm;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Begins the making and changing of galleries, their image definitions and versions.</summary>
/// <remarks>Source: <c>Galleries_CreateOrUpdate</c>, <c>GalleryImages_CreateOrUpdate</c>, <c>GalleryImageVersions_CreateOrUpdate</c> and <c>_Update</c> of 2024-03-03.</remarks>
internal static class GalleryWriter
{
    public static Task<ArmAnswer> BeginGalleryAsync(Operation operation, ResourceId id, string location, string? description, IReadOnlyDictionary<string, string> tags, bool softDelete = false, string? permission = null)
    {
        var properties = new JsonObject();
        if (description is not null)
            properties["description"] = description;
        if (softDelete)
            properties["softDeletePolicy"] = new JsonObject { ["isSoftDeleteEnabled"] = true };
        if (permission is not null)
            properties["sharingProfile"] = GallerySharing.Profile(permission);
        return PutAsync(operation, id, ArmBody.Of(location, tags, properties));
    }

    public static Task<ArmAnswer> BeginDefinitionAsync(Operation operation, ResourceId id, GalleryDefinitionContent content)
    {
        var properties = new JsonObject
        {
            ["osType"] = content.OSType,
            ["osState"] = content.OSState,
            ["identifier"] = new JsonObject { ["publisher"] = content.Publisher, ["offer"] = content.Offer, ["sku"] = content.Sku },
        };
        Add(properties, "hyperVGeneration", content.HyperVGeneration);
        Add(properties, "architecture", content.Architecture);
        Add(properties, "description", content.Description);
        Add(properties, "endOfLifeDate", Date(content.EndOfLifeDate));
        if (content.Plan is { } plan)
            properties["purchasePlan"] = new JsonObject { ["publisher"] = plan.Publisher, ["product"] = plan.Product, ["name"] = plan.Name };
        if (content.Feature.Count > 0)
            properties["features"] = new JsonArray([.. content.Feature.Select(feature => new JsonObject { ["name"] = feature.Key, ["value"] = feature.Value })]);
        return PutAsync(operation, id, ArmBody.Of(content.Location, content.Tag, properties));
    }

    /// <param name="operation">The running command.</param>
    /// <param name="id">The version.</param>
    /// <param name="content">What it is made of, and where.</param>
    /// <param name="isOnce">That a version which is there after a lost answer is the answer; who asks looks whether it is as wanted.</param>
    public static Task<ArmAnswer> BeginVersionAsync(Operation operation, ResourceId id, GalleryVersionContent content, bool isOnce = false) =>
        PutAsync(operation, id, VersionBody.Of(content), isOnce);

    /// <summary>Changes what a body names, and leaves the rest.</summary>
    public static Task<ArmAnswer> BeginChangeAsync(Operation operation, ResourceId id, JsonObject body) =>
        operation.Arm.SendAsync(RequestMethod.Patch, id.Text, ArmApiVersions.Galleries, body, operation.CancellationToken);

    /// <summary>Brings back a version that was deleted: a PUT that names no source (recorded: test_gallery_soft_delete).</summary>
    public static Task<ArmAnswer> BeginRestoreAsync(Operation operation, ResourceId id, string location, IReadOnlyDictionary<string, string> tags)
    {
        JsonObject body = ArmBody.Of(location, tags, []);
        body.Remove("properties");
        return PutAsync(operation, id, body, isOnce: true);
    }

    /// <summary>A time as Azure takes it; null for none.</summary>
    public static string? Date(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static Task<ArmAnswer> PutAsync(Operation operation, ResourceId id, JsonObject body, bool isOnce = false) =>
        operation.Arm.SendAsync(RequestMethod.Put, id.Text, ArmApiVersions.Galleries, body, operation.CancellationToken, isOnce);

    private static void Add(JsonObject properties, string name, string? value)
    {
        if (value is not null)
            properties[name] = value;
    }
}
