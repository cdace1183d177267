using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>Brings requests, those of old api-versions too, into today's shape.</summary>
internal static class GalleryVersionRequests
{
    /// <summary>
    /// Until 2019-03-01 the source stood in the publishing profile, and a storage profile was refused (recorded 2018; pasted by
    /// a user of Ansible in 2019).
    /// </summary>
    public static void Normalize(RequestContext context)
    {
        GalleryShape.Version.Apply(context);
        if (GalleryApi.Knows(context, GalleryApi.StorageProfile)) return;
        if (context.Body.Object("properties.storageProfile") is not null)
            throw GalleryVersionErrors.NotAllowed($"{GalleryVersionErrors.Root}.storageProfile");
        if (context.Body.Text("properties.publishingProfile.source.managedImage.id") is not { } id) return;
        context.Body.Ensure("properties")["storageProfile"] =
            new JsonObject { ["source"] = new JsonObject { ["id"] = id } };
    }
}
