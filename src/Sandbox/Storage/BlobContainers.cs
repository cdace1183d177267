using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Storage;

/// <summary>Containers, made through ARM or through the blob service: they are the same.</summary>
internal static class BlobContainers
{
    private static readonly Regex s_name = new("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant);

    /// <summary>Whether a container may have that name.</summary>
    public static bool IsName(string name) => name is "$root" or "$logs" or "$web" || s_name.IsMatch(name);

    /// <summary>Refuses a name that no container can have.</summary>
    public static void CheckName(string name)
    {
        if (!IsName(name)) throw StorageErrors.ContainerName(name);
    }

    /// <summary>The container of an account; null when there is none.</summary>
    public static ResourceEntry? Find(SandboxWorld world, ResourceEntry account, string name) =>
        world.Store.Find(StorageTypes.ContainerId(account.Id, name), StorageTypes.Container);

    /// <summary>Containers of an account, ordered by name.</summary>
    public static IEnumerable<ResourceEntry> Of(SandboxWorld world, ResourceEntry account) =>
        world.Store.Below(StorageTypes.ContainerId(account.Id, string.Empty).TrimEnd('/'));

    /// <summary>Makes a container.</summary>
    /// <param name="world">Where.</param>
    /// <param name="account">Its account.</param>
    /// <param name="name">Its name.</param>
    /// <param name="access">Who may read it without a signature: <c>None</c>, <c>Blob</c> or <c>Container</c>.</param>
    public static ResourceEntry Create(SandboxWorld world, ResourceEntry account, string name, string access)
    {
        string id = StorageTypes.ContainerId(account.Id, name);
        JsonObject body = JsonText.NewObject();
        body["id"] = id;
        body["name"] = name;
        body["type"] = StorageTypes.Container;
        body["etag"] = ETag(world, id);
        body["properties"] = new JsonObject
        {
            ["deleted"] = false,
            ["remainingRetentionDays"] = 0,
            ["defaultEncryptionScope"] = "$account-encryption-key",
            ["denyEncryptionScopeOverride"] = false,
            ["publicAccess"] = access,
            ["leaseStatus"] = "Unlocked",
            ["leaseState"] = "Available",
            ["lastModifiedTime"] = ArmTime.Format(world.Now),
            ["hasImmutabilityPolicy"] = false,
            ["hasLegalHold"] = false,
        };
        var entry = new ResourceEntry(id, StorageTypes.Container, body);
        world.Store.Put(entry);
        return entry;
    }

    /// <summary>Takes a container away, and what is in it.</summary>
    public static void Remove(SandboxWorld world, ResourceEntry account, ResourceEntry container)
    {
        world.Blobs.RemoveContainer(account.Name, container.Name);
        world.Store.Remove(container.Id);
    }

    public static ArmResponse Put(RequestContext context)
    {
        string access = context.Body.Text("properties.publicAccess") ?? "None";
        if (access is not ("None" or "Blob" or "Container")) throw StorageErrors.InvalidValue("publicAccess", access);
        if (context.Existing is { } present)
        {
            present.Properties["publicAccess"] = access;
            return ArmResponse.Ok(present.Body.Copy());
        }

        return new ArmResponse(201, Create(context.World, Account(context), context.Target!.Name, access).Body.Copy());
    }

    public static ArmResponse Delete(RequestContext context)
    {
        Remove(context.World, Account(context), context.Resource);
        return ArmResponse.Ok();
    }

    private static ResourceEntry Account(RequestContext context) =>
        context.World.Store.Find(context.Target!.Parent!.Parent!.ToString())!;

    private static string ETag(SandboxWorld world, string id) =>
        $"\"0x8D{string.Concat(world.Ids.Derive($"etag|{id}|{world.Now.UtcTicks}", 7).Select(static b => b.ToString("X2")))}\"";
}
