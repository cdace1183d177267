using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.ManagedIdentities;

/// <summary>User-assigned identities: an application and its object in the directory, made at once. Nobody signs in with them here.</summary>
internal sealed class ManagedIdentitySubject : IResourceSubject
{
    public const string Type = "Microsoft.ManagedIdentity/userAssignedIdentities";

    private static readonly string[] s_versions =
        ["2024-11-30", "2023-07-31-preview", "2023-01-31", "2022-01-31-preview", "2021-09-30-preview", "2018-11-30", "2015-08-31-preview"];

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType("Microsoft.ManagedIdentity", "userAssignedIdentities", s_versions) { DeletionOrder = 70 });
        registry.Put(type, "UserAssignedIdentities_CreateOrUpdate", Write);
        registry.Patch(type, "UserAssignedIdentities_Update", Write);
        registry.Get(type, "UserAssignedIdentities_Get");
        registry.Delete(type, "UserAssignedIdentities_Delete", Delete);
        registry.ListInGroup(type, "UserAssignedIdentities_ListByResourceGroup");
        registry.ListInSubscription(type, "UserAssignedIdentities_ListBySubscription");
    }

    /// <summary>The identities that a resource is given, with their ids in the directory; those that are not there stay as they were sent.</summary>
    public static void Complete(SandboxWorld world, JsonObject identity)
    {
        if (identity.Object("userAssignedIdentities") is not { } given) return;
        foreach (string id in given.Select(static member => member.Key).ToArray())
        {
            if (world.Store.Find(id, Type) is not { } found) continue;
            given[id] = new JsonObject
            {
                ["principalId"] = found.Properties.Text("principalId"),
                ["clientId"] = found.Properties.Text("clientId"),
            };
        }
    }

    private static ArmResponse Write(RequestContext context)
    {
        string id = context.Target!.ToString();
        JsonObject properties = context.Existing?.Properties.Copy() ?? JsonText.NewObject();
        properties["tenantId"] ??= ArmSandbox.Tenant;
        properties["principalId"] ??= context.World.Ids.NextGuid($"identity principal|{id}");
        properties["clientId"] ??= context.World.Ids.NextGuid($"identity client|{id}");
        JsonObject body = ImmediateBody.Write(context, properties);
        body["tags"] ??= JsonText.NewObject();
        // Recorded in August 2024, in the body and in the header, which has no host.
        string shown = id.Replace("/resourceGroups/", "/resourcegroups/");
        body["id"] = shown;
        context.World.Store.Put(new ResourceEntry(id, Type, body));
        return context.Existing is null ? new ArmResponse(201, body.Copy()).With("Location", shown) : ArmResponse.Ok(body.Copy());
    }

    private static ArmResponse Delete(RequestContext context)
    {
        context.World.Store.Remove(context.Resource.Id);
        return ArmResponse.Ok();
    }
}
