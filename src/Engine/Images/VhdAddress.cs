namespace ImageCmdlets.Engine.Images;

/// <summary>The address of a VHD blob as the source of an image or of one of its data disks.</summary>
internal static class VhdAddress
{
    /// <summary>Whether a text is the address of a blob rather than an id or a name.</summary>
    public static bool Is(string source) => source.IndexOf("://", StringComparison.Ordinal) > 0;

    /// <summary>The address of a VHD blob.</summary>
    /// <exception cref="ImageCmdletsException">InvalidArgument; the address itself is not in the message beyond its path, because it may hold a signature.</exception>
    public static Uri Require(string source)
    {
        bool isAddress = Uri.TryCreate(source, UriKind.Absolute, out Uri? uri);
        if (!isAddress || uri!.Scheme != Uri.UriSchemeHttps)
            throw Wrong(uri, "is not an https address of a VHD blob", "Pass the address as the storage account shows it, such as https://store.blob.core.windows.net/vhds/os.vhd.");
        if (uri.Query.Length > 0)
            throw Wrong(uri, "comes with a signature, which an image would keep and show", "Pass the address without what begins at '?': Azure reads the blob in the storage account itself.");
        if (!uri.AbsolutePath.EndsWith(".vhd", StringComparison.OrdinalIgnoreCase))
            throw Wrong(uri, "is no .vhd file", "Convert the disk to a VHD of fixed size first; Azure takes nothing else.");
        return uri;
    }

    private static ImageCmdletsException Wrong(Uri? uri, string problem, string advice)
    {
        string shown = uri is null ? "The source" : $"'{uri.GetLeftPart(UriPartial.Path)}'";
        return new ImageCmdletsException(ErrorIds.InvalidArgument, $"{shown} {problem}.", uri?.GetLeftPart(UriPartial.Path), advice);
    }
}
