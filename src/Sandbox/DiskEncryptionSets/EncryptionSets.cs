using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.DiskEncryptionSets;

/// <summary>What disks, snapshots, images and machines do with disk encryption sets.</summary>
internal static class EncryptionSets
{
    public const string Type = "Microsoft.Compute/diskEncryptionSets";

    /// <summary>Encryption with a key of one's own alone, the default.</summary>
    public const string CustomerKey = "EncryptionAtRestWithCustomerKey";

    private const string PlatformKey = "EncryptionAtRestWithPlatformKey";

    /// <summary>The set that a request names, ready to be used in the request's region.</summary>
    /// <param name="context">The request.</param>
    /// <param name="id">Id of the set.</param>
    /// <param name="path">Where it stands in the body.</param>
    /// <exception cref="Errors.ArmException">400 LinkedInvalidPropertyId or InvalidParameter, 404 NotFound.</exception>
    public static ResourceEntry Find(RequestContext context, string id, string path)
    {
        ResourceId parsed = LinkedResource.Parse(context, id, path);
        if (!parsed.IsOf(Type)) throw ComputeErrors.Invalid("diskEncryptionSet.id");
        ResourceEntry? set = context.World.Store.Find(id, Type);
        // The disk service's answer to a source that is not in the region; for a set it is an assumption.
        return set is not null && set.Location == context.Location ? set : throw DiskErrors.SourceNotFound(parsed.Name);
    }

    /// <summary>The <c>encryption</c> of a disk or snapshot as it will be shown; null when the request says nothing of it.</summary>
    public static JsonObject? Read(RequestContext context)
    {
        if (context.Body.Object("properties.encryption") is not { } sent) return null;
        string? id = sent.Text("diskEncryptionSetId");
        string? type = sent.Text("type");
        if (id is null)
        {
            if (type is not (null or PlatformKey)) throw ComputeErrors.Missing("encryption.diskEncryptionSetId");
            return sent;
        }

        if (type == PlatformKey) throw ComputeErrors.Invalid("encryption.type");
        return Of(Find(context, id, "properties.encryption.diskEncryptionSetId"));
    }

    /// <summary>The <c>encryption</c> of a disk that a set encrypts; its type is the set's.</summary>
    public static JsonObject Of(ResourceEntry set) => new()
    {
        ["diskEncryptionSetId"] = set.Id,
        ["type"] = set.Properties.Text("encryptionType") ?? CustomerKey,
    };

    /// <summary>Disks and snapshots that a set encrypts.</summary>
    public static IEnumerable<ResourceEntry> Users(SandboxWorld world, string set) =>
        new[] { DiskKind.DiskType, DiskKind.SnapshotType }.SelectMany(type => world.Store.OfType(type))
            .Where(disk => string.Equals(disk.Properties.Text("encryption.diskEncryptionSetId"), set, StringComparison.OrdinalIgnoreCase));
}
