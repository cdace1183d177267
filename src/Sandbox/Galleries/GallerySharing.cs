using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>The share action: with whom a gallery is shared.</summary>
internal static class GallerySharing
{
    private const string Kind = "Galleries.Share";
    private const string Profile = "sharingProfile";

    public static void Register(SandboxRegistry registry, ResourceType galleries)
    {
        registry.Action(galleries, "share", "GallerySharingProfile_Update", Share, GalleryRateLimits.ShareGallery);
        registry.Effect(Kind, new OperationEffect(Shared) { Failed = static _ => { } });
    }

    /// <summary>Whether a share is on its way.</summary>
    public static bool IsBusy(SandboxWorld world, ResourceEntry gallery) => world.Operations.Pending(gallery.Id)?.Kind == Kind;

    private static ArmResponse Share(RequestContext context)
    {
        ResourceEntry gallery = context.Resource;
        GalleryLifecycle.CheckFree(context);
        const string name = "sharingUpdate.operationType";
        string operation =
            GalleryWords.Read(context.Body, "operationType", name, "Add", "Remove", "Reset", "EnableCommunity")
            ?? throw ComputeErrors.Missing(name);
        Check(context, gallery, operation);
        JsonObject arguments = JsonText.NewObject();
        arguments["operation"] = operation;
        arguments["groups"] = context.Body.Array("groups")?.DeepClone();
        LongRunningOperation started = context.Begin(Kind, GalleryProfiles.Share, gallery.Id, gallery.Location!, arguments);
        return context.Accepted(started, GalleryProfiles.Share, 202);
    }

    private static void Check(RequestContext context, ResourceEntry gallery, string operation)
    {
        string permissions = GalleryAccess.Permissions(gallery);
        switch (operation)
        {
            case "Reset":
                break;
            case "EnableCommunity":
                if (permissions != GalleryRules.Community) throw GalleryErrors.SharingNotAllowed(operation, permissions);
                break;
            default:
                if (permissions != GalleryRules.Groups) throw GalleryErrors.SharingNotAllowed(operation, permissions);
                CheckGroups(context);
                break;
        }
    }

    private static void CheckGroups(RequestContext context)
    {
        JsonObject[] groups = [.. context.Body.Items("groups")];
        if (groups.Length == 0) throw ComputeErrors.Missing("sharingUpdate.groups");
        foreach (JsonObject group in groups)
        {
            group["type"] = GalleryWords.Read(group, "type", "sharingUpdate.groups.type", "Subscriptions", "AADTenants")
                ?? throw ComputeErrors.Missing("sharingUpdate.groups.type");
            string[] ids = [.. GalleryAccess.Ids(group)];
            if (ids.Length == 0 || !ids.All(static id => Guid.TryParse(id, out _)))
                throw ComputeErrors.Invalid("sharingUpdate.groups.ids");
        }
    }

    private static void Shared(OperationContext context)
    {
        if (context.Subject is not { } gallery) return;
        JsonObject profile = gallery.Properties.Ensure(Profile);
        JsonObject[] named = [.. context.Arguments.Items("groups")];
        switch (context.Arguments.Text("operation"))
        {
            case "Add":
                Keep(profile, named, static (present, ids) => present.Union(ids, StringComparer.OrdinalIgnoreCase));
                break;
            case "Remove":
                Keep(profile, named, static (present, ids) => present.Except(ids, StringComparer.OrdinalIgnoreCase));
                break;
            case "EnableCommunity":
                profile.Ensure("communityGalleryInfo")["communityGalleryEnabled"] = true;
                break;
            default:
                gallery.Properties[Profile] = new JsonObject { ["permissions"] = GalleryRules.Private };
                break;
        }
    }

    private static void Keep(
        JsonObject profile, JsonObject[] named, Func<IEnumerable<string>, IEnumerable<string>, IEnumerable<string>> change)
    {
        var groups = new JsonArray();
        foreach (string type in new[] { "Subscriptions", "AADTenants" })
        {
            IEnumerable<string> Of(IEnumerable<JsonObject> groups) =>
                groups.Where(group => group.Text("type") == type).SelectMany(GalleryAccess.Ids);

            JsonNode[] kept = [.. change(Of(profile.Items("groups")), Of(named)).Select(static id => (JsonNode)id)];
            if (kept.Length > 0) groups.Add((JsonNode)new JsonObject { ["type"] = type, ["ids"] = new JsonArray(kept) });
        }

        if (groups.Count > 0)
            profile["groups"] = groups;
        else
            profile.Remove("groups");
    }
}
