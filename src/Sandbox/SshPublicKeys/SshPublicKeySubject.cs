using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.SshPublicKeys;

/// <summary>SSH public keys as resources, and key pairs that the service makes.</summary>
internal sealed class SshPublicKeySubject : IResourceSubject
{
    private const string Type = "Microsoft.Compute/sshPublicKeys";

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType(
            ComputeSubject.Namespace, "sshPublicKeys", ComputeApiVersions.Compute)
        {
            UpperCaseInSubscriptionLists = true,
            UpperCaseInGroupLists = true,
            DeletionOrder = 50,
            CheckName = EntityName.Check,
        });
        registry.Put(type, "SshPublicKeys_Create", Write, ComputeRateLimits.PutVM);
        registry.Patch(type, "SshPublicKeys_Update", Write, ComputeRateLimits.PutVM);
        registry.Get(type, "SshPublicKeys_Get", ComputeRateLimits.GetVM);
        registry.Delete(type, "SshPublicKeys_Delete", Delete, ComputeRateLimits.DeleteVM);
        registry.ListInGroup(type, "SshPublicKeys_ListByResourceGroup", ComputeRateLimits.GetVM);
        registry.ListInSubscription(type, "SshPublicKeys_ListBySubscription", ComputeRateLimits.ListVMs);
        registry.Action(type, "generateKeyPair", "SshPublicKeys_GenerateKeyPair", Generate, ComputeRateLimits.UpdateVM);
    }

    private static ArmResponse Write(RequestContext context)
    {
        if (context.Body.Text("properties.publicKey") is { } sent && !SshKeyFormat.IsPublicKey(sent))
            throw ComputeErrors.Invalid("publicKey");
        JsonObject properties = ImmediateBody.Settings(context, "publicKey");
        JsonObject body = ImmediateBody.Write(context, properties);
        context.World.Store.Put(new ResourceEntry(context.Target!.ToString(), Type, body));
        return new ArmResponse(context.Existing is null ? 201 : 200, body.Copy());
    }

    private static ArmResponse Delete(RequestContext context)
    {
        context.World.Store.Remove(context.Resource.Id);
        return ArmResponse.Ok();
    }

    private static ArmResponse Generate(RequestContext context)
    {
        ResourceEntry entry = context.Resource;
        if (entry.Properties["publicKey"] is not null)
        {
            // Documented: once for each resource. The text is an assumption.
            throw ComputeErrors.NotAllowed($"The SSH public key resource '{entry.Name}' already has a public key.");
        }

        SshKeyPair pair = SshKeyPair.Generate(context.World.Ids, $"ssh|{entry.Id}");
        entry.Properties["publicKey"] = pair.PublicKey;
        return ArmResponse.Ok(new JsonObject
        {
            ["privateKey"] = pair.PrivateKey,
            ["publicKey"] = pair.PublicKey,
            ["id"] = entry.Id,
        });
    }
}
