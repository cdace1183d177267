using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>The sharing profile that a PUT or PATCH of a gallery leads to.</summary>
internal static class GallerySharingProfile
{
    private const string Sent = "properties.sharingProfile";
    private const string Info = "communityGalleryInfo";
    private const int ShortestPrefix = 5;
    private const int LongestPrefix = 16;

    private static readonly string[] s_info = ["publisherUri", "publisherContact", "eula", "publicNamePrefix"];

    /// <summary>Refuses a profile that Azure refuses.</summary>
    public static void Check(RequestContext context)
    {
        if (context.Body.At(Sent) is null) return;
        string permissions = Permissions(context);
        bool known = context.Existing?.Body.Object($"{Sent}.{Info}") is not null;
        if (permissions == GalleryRules.Community && !known) CheckCommunity(context);
    }

    /// <summary>The profile, completed: a gallery for everybody gets its public name here.</summary>
    public static JsonObject Complete(RequestContext context, JsonObject? present)
    {
        JsonObject sent = context.Body.Object(Sent)!;
        string permissions = Permissions(context);
        JsonObject profile = JsonText.NewObject();
        profile["permissions"] = permissions;
        // Groups belong to one kind of sharing, public names to another.
        if (permissions == GalleryRules.Groups && present?["groups"] is { } groups) profile["groups"] = groups.DeepClone();
        if (permissions != GalleryRules.Community) return profile;
        JsonObject info = present.Object(Info)?.Copy() ?? JsonText.NewObject();
        GalleryBodies.Take(sent.Object(Info), info, s_info);
        info["communityGalleryEnabled"] ??= false;
        info["publicNames"] ??= new JsonArray(
            $"{info.Text("publicNamePrefix")}-{context.World.Ids.NextGuid($"publicGallery|{context.Target}")}");
        profile[Info] = info;
        return profile;
    }

    private static string Permissions(RequestContext context)
    {
        const string name = "gallery.properties.sharingProfile.permissions";
        return GalleryWords.Read(
                context.Body, $"{Sent}.permissions", name, GalleryRules.Private, GalleryRules.Groups, GalleryRules.Community)
            ?? throw ComputeErrors.Missing(name);
    }

    private static void CheckCommunity(RequestContext context)
    {
        foreach (string name in s_info)
        {
            if (context.Body.Text($"{Sent}.{Info}.{name}") is null)
                throw ComputeErrors.Missing($"gallery.properties.sharingProfile.{Info}.{name}");
        }

        string prefix = context.Body.Text($"{Sent}.{Info}.publicNamePrefix")!;
        if (prefix.Length is < ShortestPrefix or > LongestPrefix || !prefix.All(char.IsLetterOrDigit))
            throw ComputeErrors.Invalid($"gallery.properties.sharingProfile.{Info}.publicNamePrefix");
    }
}
