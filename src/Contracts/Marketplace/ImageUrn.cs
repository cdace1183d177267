namespace ImageCmdlets;

/// <summary>The name of a marketplace image: <c>Publisher:Offer:Sku:Version</c>.</summary>
/// <param name="Publisher">The publisher's name.</param>
/// <param name="Offer">The offer's name.</param>
/// <param name="Sku">The SKU's name.</param>
/// <param name="Version">An exact version, <c>latest</c>, or a pattern such as <c>24.04.*</c> that means the newest version that fits.</param>
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
        return parts.Length == 4 && parts.Take(3).All(IsPart) && IsVersion(parts[3])
            ? new ImageUrn(parts[0], parts[1], parts[2], parts[3])
            : null;
    }

    /// <summary>Reads a URN of four parts.</summary>
    /// <exception cref="ImageCmdletsException">InvalidImageUrn.</exception>
    public static ImageUrn Parse(string? text) => TryParse(text)
        ?? throw new ImageCmdletsException(ErrorIds.InvalidImageUrn, $"'{text}' is not a URN: it has the form Publisher:Offer:Sku:Version.", text);

    public override string ToString() => Urn;

    private static bool IsVersion(string part) => IsPart(part.Replace('*', '0').Replace('?', '0'));

    // Azure's own identifiers use letters, digits, dot, dash and underscore; anything else means that no URN was meant.
    private static bool IsPart(string part) =>
        part.Length is > 0 and <= 256 && part.All(c => (c < 128 && char.IsLetterOrDigit(c)) || c is '.' or '-' or '_');
}
