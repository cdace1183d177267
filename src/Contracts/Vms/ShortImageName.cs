namespace ImageCmdlets;

/// <summary>What a person calls an image that a machine was made of.</summary>
internal static class ShortImageName
{
    /// <summary>A URN as it is, an image's name, or gallery/definition/version; null for null.</summary>
    public static string? Of(string? image) => ResourceId.TryParse(image) is not { } id ? image
        : id.Text.Split('/') is { Length: 13 } parts && parts[11] == "versions" ? $"{parts[8]}/{parts[10]}/{parts[12]}" : id.Name;
}
