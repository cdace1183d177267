namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>
/// An image by the name under which others than its owners see it:
/// <c>/SharedGalleries/{gallery}/Images/{image}/Versions/{version}</c>, and the same with <c>CommunityGalleries</c>.
/// </summary>
/// <param name="Gallery">Unique or public name of the gallery.</param>
/// <param name="Image">Name of the definition.</param>
/// <param name="Version">Name of the version; null when the newest is meant.</param>
internal sealed record PublicImageName(string Gallery, string Image, string? Version)
{
    /// <summary>Takes a name apart; null when it is none of that kind.</summary>
    /// <param name="text">The name.</param>
    /// <param name="kind"><c>SharedGalleries</c> or <c>CommunityGalleries</c>.</param>
    public static PublicImageName? Parse(string text, string kind)
    {
        string[] parts = text.Split(['/'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is not (4 or 6) || !Is(parts[0], kind) || !Is(parts[2], "Images")) return null;
        if (parts.Length == 6 && !Is(parts[4], "Versions")) return null;
        return new PublicImageName(parts[1], parts[3], parts.Length == 6 ? parts[5] : null);
    }

    private static bool Is(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
