using System.Globalization;
using ImageCmdlets.Sandbox.Compute;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>The rules of names in galleries.</summary>
internal static class GalleryNames
{
    /// <summary>Letters, digits, underscores and periods; no dash, unlike all other names of Compute.</summary>
    public static void CheckGallery(string name)
    {
        CheckEnd(name);
        EntityName.Check(name);
        if (!name.All(static c => IsAsciiLetterOrDigit(c) || c is '_' or '.')) throw GalleryErrors.NameInvalid();
    }

    public static void CheckImage(string name)
    {
        CheckEnd(name);
        EntityName.Check(name);
    }

    /// <summary>Three whole numbers of 32 bits.</summary>
    public static void CheckVersion(string name)
    {
        if (!IsVersion(name)) throw GalleryVersionErrors.NameInvalid();
    }

    /// <summary>Three whole numbers of 32 bits, as for images.</summary>
    public static void CheckApplicationVersion(string name)
    {
        if (!IsVersion(name)) throw GalleryVersionErrors.ApplicationNameInvalid();
    }

    private static bool IsVersion(string name)
    {
        string[] parts = name.Split('.');
        return parts.Length == 3 &&
               parts.All(static part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }

    // ARM looks at the end of a name before the service does.
    private static void CheckEnd(string name)
    {
        if (name.EndsWith(".", StringComparison.Ordinal)) throw GalleryErrors.NameTrailing(name, '.');
    }

    private static bool IsAsciiLetterOrDigit(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
}
