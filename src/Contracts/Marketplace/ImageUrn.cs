namespace ImageCmdlets;

/// <summary>The name of a marketplace image: <c>Publisher:Offer:Sku:Version</c>.</summary>
public sealed record ImageUrn(string Publisher, string Offer, string Sku, string Version)
{
    /// <summary>Whether the version is to be found at the time of use.</summary>
    public bool IsLatest => string.Equals(Version, "latest", StringComparison.OrdinalIgnoreCase);

    /// <summary>The URN again.</summary>
    public string Urn => $"{Publisher}:{Offer}:{Sku}:{Version}";

    /// <summary>Reads a URN of four parts; null when the text is none.</summary>
    public static ImageUrn? TryParse(string? text)
    {
        string[] parts = (text ?? string.Empty).Split(':');
        return parts.Length == 4 && Array.TrueForAll(parts, IsPart) ? new ImageUrn(parts[0], parts[1], parts[2], parts[3]) : null;
    }

    public override string ToString() => Urn;

    // Azure's own identifiers use letters, digits, dot, dash and underscore; a wildcard or a slash means something else was meant.
    private static bool IsPart(string part) =>
        part.Length is > 0 and <= 256 && part.All(c => (c < 128 && char.IsLetterOrDigit(c)) || c is '.' or '-' or '_');
}
