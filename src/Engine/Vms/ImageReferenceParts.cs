using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Engine.Vms;

/// <summary>What <c>-Image</c> says: the id of an image or a gallery's, a URN, or an image that somebody else shares.</summary>
internal sealed record ImageReferenceParts(ResourceId? Id, ImageUrn? Urn, SharedImageId? Shared);
