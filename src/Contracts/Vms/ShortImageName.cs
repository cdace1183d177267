namespace ImageCmdlets;

/// <summary>What a person calls an image that a machine was made of.</summary>
internal static class ShortImageName
{
    /// <summary>A URN as it is, an image's name, or gallery/definition/version, also of an image that somebody else shares; null for null.</summary>
    public static string? Of(string? image)
    {
        string[] parts = image?.Split('/') ?? [];
        if (ResourceId.TryParse(image) is not { } id)
            return parts is ["", "SharedGalleries" or "CommunityGalleries", _, "Images", _, "Versions", _] ? $"{parts[2]}/{parts[4]}/{parts[6]}" : image;
        return parts.Length == 13 && parts[11] == "versions" ? $"{parts[8]}/{parts[10]}/{parts[12]}" : id.Name;
    }
}
