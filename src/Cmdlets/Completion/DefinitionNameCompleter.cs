using System.Collections;
using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Commands;

/// <summary>Proposes the names of image definitions in the gallery already typed.</summary>
public sealed class DefinitionNameCompleter : CachedCompleter
{
    private protected override string? Question(ImageSession session, string commandName, IDictionary fakeBoundParameters) => GalleryOf(session, fakeBoundParameters) is { } gallery ? gallery.Text + "/images" : null;

    /// <summary>The gallery already typed; null where it is not.</summary>
    internal static ResourceId? GalleryOf(ImageSession session, IDictionary parameters) =>
        (parameters["ResourceGroupName"] ?? parameters["TargetResourceGroupName"]) is string group && parameters["GalleryName"] is string gallery
            ? GalleryIds.Gallery(parameters["SubscriptionId"] as string ?? session.SubscriptionId, group, gallery)
            : null;
}
