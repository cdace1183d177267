namespace ImageCmdlets.Engine.Vms;

/// <summary>What <c>-Image</c> says: the id of an image or a gallery's, or a URN.</summary>
internal sealed record ImageReferenceParts(ResourceId? Id, ImageUrn? Urn);
