using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>What Azure looks at before it makes or changes a gallery.</summary>
internal static class GalleryRules
{
    public const string Private = "Private";
    public const string Groups = "Groups";
    public const string Community = "Community";

    public static void Check(RequestContext context)
    {
        GalleryShape.Gallery.Apply(context);
        JsonNode? policy = context.Body.At("properties.softDeletePolicy");
        if (policy is not null && context.Body.Flag("properties.softDeletePolicy.isSoftDeleteEnabled") is null)
            throw ComputeErrors.Missing("gallery.properties.softDeletePolicy.isSoftDeleteEnabled");
        GallerySharingProfile.Check(context);
    }

    /// <summary>A gallery's name is unique in its subscription, since other resources know it by that name.</summary>
    public static void CheckUnique(RequestContext context)
    {
        string name = context.Target!.Name;
        bool taken = context.World.Store.OfType(GalleryTypes.Gallery, context.SubscriptionId)
            .Any(other => string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase));
        if (taken) throw GalleryErrors.NameTaken(name, context.SubscriptionId);
    }
}
