using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.RoleAssignments;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>Ids of other network resources in a body.</summary>
internal static class NetworkReferences
{
    /// <summary>The resource that a reference names, ready to be used.</summary>
    /// <param name="context">The request.</param>
    /// <param name="reference">The object with the <c>id</c>; null when the body has none.</param>
    /// <param name="type">Type that the reference must be of.</param>
    /// <param name="path">Where it stands in the body.</param>
    /// <param name="referrer">Id of the resource that refers; the request's target when null.</param>
    /// <returns>The resource; null when there is no reference.</returns>
    /// <exception cref="Errors.ArmException">
    /// 400 InvalidRequestFormat: no id, or of another type; 400 InvalidResourceReference: not there, or in another region;
    /// 429 RetryableError: not Succeeded yet.
    /// </exception>
    public static ResourceEntry? Find(
        RequestContext context, JsonNode? reference, string type, string path, string? referrer = null)
    {
        if (reference is not JsonObject) return null;
        string id = reference.Text("id") ?? throw NetworkErrors.MissingReferenceId(path);
        string shortType = type.Substring(NetworkTypes.Namespace.Length + 1);
        if (ResourceId.TryParse(id) is not { } parsed || !parsed.IsOf(type)) throw NetworkErrors.InvalidReferenceFormat(id, shortType, path);
        RoleRules.CheckLinked(context, parsed);
        referrer ??= context.Target!.ToString();
        ResourceEntry? found = context.World.Store.Find(id, type);
        string? here = context.Location.Length > 0 ? context.Location : Region(context.World, context.Target!.Parent);
        if (found is null || (found.Location ?? Region(context.World, ResourceId.TryParse(found.Id)!.Parent)) != here)
            throw NetworkErrors.InvalidReference(id, referrer);
        if (found.ProvisioningState is not ("Succeeded" or "Failed"))
            throw NetworkErrors.NotProvisioned(found.Id, referrer, found.ProvisioningState!, LastOperation(type));
        return found;
    }

    // Children live where their parent lives.
    private static string? Region(SandboxWorld world, ResourceId? parent) => world.Store.Find(parent?.ToString())?.Location;

    private static string LastOperation(string type) => type switch
    {
        NetworkTypes.Subnets => "PutSubnetOperation",
        NetworkTypes.PublicIPAddresses => "PutPublicIpAddressOperation",
        NetworkTypes.SecurityGroups => "PutNetworkSecurityGroupOperation",
        _ => "InternalOperation",
    };
}
