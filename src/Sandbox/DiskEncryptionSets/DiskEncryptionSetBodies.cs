using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.DiskEncryptionSets;

/// <summary>Bodies of disk encryption sets.</summary>
internal static class DiskEncryptionSetBodies
{
    // Recorded as refused in 2019-07-01; assumption: until the version that brought the types of encryption.
    private const string RotationSince = "2020-05-01";

    private static readonly string[] s_types =
    [
        EncryptionSets.CustomerKey, "EncryptionAtRestWithPlatformAndCustomerKeys", "ConfidentialVmEncryptedWithCustomerKey",
    ];

    /// <summary>The set when the request's operation has ended.</summary>
    /// <exception cref="Errors.ArmException">400 InvalidParameter; 409 OperationNotAllowed or PropertyChangeNotAllowed.</exception>
    public static JsonObject After(RequestContext context)
    {
        ResourceEntry? present = context.Existing;
        JsonNode identity = context.Body["identity"] ?? present?.Body["identity"] ?? throw ComputeErrors.Missing("identity");
        string kind = identity.Text("type") ?? throw ComputeErrors.Missing("identity.type");
        if (kind.IndexOf("Assigned", StringComparison.OrdinalIgnoreCase) < 0 && kind != "None")
            throw ComputeErrors.Invalid("identity.type");
        JsonObject properties = ImmediateBody.Settings(
            context, "activeKey", "encryptionType", "rotationToLatestKeyVersionEnabled", "federatedClientId");
        properties["encryptionType"] = Type(context);
        CheckKey(context, properties);
        if (present is not null && KeyChanges(present, properties))
        {
            if (string.CompareOrdinal(context.ApiVersion, RotationSince) < 0)
                throw EncryptionSetErrors.NoRotation(present.Properties.Object("activeKey"), properties.Object("activeKey"));
            properties["lastKeyRotationTimestamp"] = ArmTime.Format(context.Now);
        }
        else if (present?.Properties["lastKeyRotationTimestamp"] is { } last)
        {
            properties["lastKeyRotationTimestamp"] = last.DeepClone();
        }

        properties["provisioningState"] = "Succeeded";
        JsonObject body = ImmediateBody.Write(context, JsonText.NewObject());
        body["identity"] = VmBodies.Identity(context, (JsonObject)identity.DeepClone());
        body.Remove("properties");
        body["properties"] = properties;
        return body;
    }

    /// <summary>The answer to a write while it runs: what was sent, and no more (recorded).</summary>
    public static JsonObject Echo(RequestContext context)
    {
        JsonObject body = context.Body.Copy();
        // A PATCH need not name it, and the published form demands it.
        body["location"] ??= context.Location;
        body.Ensure("properties")["provisioningState"] = "Updating";
        return body;
    }

    private static string Type(RequestContext context)
    {
        string? before = context.Existing?.Properties.Text("encryptionType");
        string sent = context.Body.Text("properties.encryptionType") ?? before ?? EncryptionSets.CustomerKey;
        string type = s_types.FirstOrDefault(known => Same(known, sent)) ?? throw ComputeErrors.Invalid("encryptionType");
        return before is null || before == type ? type : throw ComputeErrors.PropertyChange("encryptionType");
    }

    private static void CheckKey(RequestContext context, JsonObject properties)
    {
        JsonObject key = properties.Object("activeKey") ?? throw ComputeErrors.Missing("activeKey");
        string url = key.Text("keyUrl") ?? throw ComputeErrors.Missing("activeKey.keyUrl");
        bool valid = Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && address.Scheme == Uri.UriSchemeHttps &&
            address.AbsolutePath.StartsWith("/keys/", StringComparison.OrdinalIgnoreCase);
        if (!valid) throw ComputeErrors.Invalid("activeKey.keyUrl");
        if (key.Text("sourceVault.id") is { } vault && context.Body.Text("properties.activeKey.sourceVault.id") is not null)
            LinkedResource.Parse(context, vault, "properties.activeKey.sourceVault.id");
    }

    private static bool KeyChanges(ResourceEntry present, JsonObject properties) =>
        !Same(present.Properties.Text("activeKey.keyUrl"), properties.Text("activeKey.keyUrl"));

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
