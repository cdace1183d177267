using System.Text;

namespace ImageCmdlets.Engine.Vhds;

/// <summary>A VHD file of this machine that Azure can take as it is.</summary>
/// <param name="FilePath">Its full path.</param>
/// <param name="Length">Bytes of the file.</param>
/// <param name="UniqueId">What tells the disk in it from others, by its footer.</param>
/// <param name="LastWriteTime">When somebody wrote to it last.</param>
/// <remarks>Source: "Prepare a Windows VHD or VHDX to upload to Azure" and "Information for community supported and non-endorsed
/// distributions" of Microsoft's documentation: fixed size, a whole number of MiB, a footer.</remarks>
internal sealed record LocalVhd(string FilePath, long Length, string UniqueId, DateTime LastWriteTime)
{
    private const long Alignment = 1024 * 1024;
    private const long Least = 20 * Alignment;
    private const long Most = 32767L * 1024 * Alignment;

    /// <summary>Looks whether a file is such a VHD.</summary>
    /// <exception cref="ImageCmdletsException">FileNotFound, FileNotReadable, InvalidVhd.</exception>
    public static LocalVhd Read(string path)
    {
        try
        {
            using FileStream file = OpenFile(path);
            byte[] head = ReadAt(file, 0), end = ReadAt(file, Math.Max(0, file.Length - VhdFooter.Size));
            RequireFormat(path, head);
            VhdFooter footer = VhdFooter.Read(end) ?? throw Wrong(path, "has no footer of a VHD", Convert(path, "raw"));
            Require(path, footer, file.Length);
            return new LocalVhd(path, file.Length, footer.UniqueId, File.GetLastWriteTimeUtc(path));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImageCmdletsException(ErrorIds.FileNotFound, $"There is no file '{path}'.", path, innerException: exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ImageCmdletsException(ErrorIds.FileNotReadable, $"'{path}' cannot be read: {exception.Message}", path, innerException: exception);
        }
    }

    /// <summary>Bytes of the file.</summary>
    /// <param name="piece">Which.</param>
    /// <param name="bytes">Where they go; at least as long.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ImageCmdletsException">FileNotReadable.</exception>
    public async Task ReadAsync(PagePiece piece, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            using FileStream file = OpenFile(FilePath);
            file.Seek(piece.Offset, SeekOrigin.Begin);
#if NET8_0_OR_GREATER
            await file.ReadExactlyAsync(bytes.AsMemory(0, piece.Length), cancellationToken).ConfigureAwait(false);
#else
            for (int read = 0; read < piece.Length;)
            {
                int more = await file.ReadAsync(bytes, read, piece.Length - read, cancellationToken).ConfigureAwait(false);
                read += more > 0 ? more : throw new EndOfStreamException();
            }
#endif
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ImageCmdletsException(ErrorIds.FileNotReadable, $"'{FilePath}' cannot be read: {exception.Message}", FilePath, innerException: exception);
        }
    }

    /// <summary>Whether nobody has written to the file since it was looked at.</summary>
    /// <exception cref="ImageCmdletsException">InvalidVhd.</exception>
    public void RequireUnchanged()
    {
        if (new FileInfo(FilePath) is not { Exists: true } now || now.Length != Length || now.LastWriteTimeUtc != LastWriteTime)
            throw Wrong(FilePath, "was changed while it was uploaded", "Run the same command again when nobody writes to it.");
    }

    private static FileStream OpenFile(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous);

    private static byte[] ReadAt(FileStream file, long offset)
    {
        var bytes = new byte[VhdFooter.Size];
        file.Seek(offset, SeekOrigin.Begin);
        int read = 0;
        for (int more; (more = file.Read(bytes, read, bytes.Length - read)) > 0;)
            read += more;
        return bytes;
    }

    // What people have instead begins with its own name.
    private static void RequireFormat(string path, byte[] head)
    {
        string begin = Encoding.ASCII.GetString(head, 0, 8);
        if (begin == "vhdxfile")
            throw Wrong(path, "is a VHDX", $"Convert it: Convert-VHD '{path}' '{Vhd(path)}' -VHDType Fixed in Windows, or " + Convert(path, "vhdx"));
        if (begin.StartsWith("QFI", StringComparison.Ordinal))
            throw Wrong(path, "is a QCOW2 image", "Convert it: " + Convert(path, "qcow2"));
        if (begin.StartsWith("KDMV", StringComparison.Ordinal) || begin.StartsWith("# Disk ", StringComparison.Ordinal))
            throw Wrong(path, "is a VMDK", "Convert it: " + Convert(path, "vmdk"));
    }

    private static void Require(string path, VhdFooter footer, long length)
    {
        if (!footer.IsIntact)
            throw Wrong(path, "has a footer whose checksum is wrong", "Make it anew; it was damaged on its way here.");
        if (footer.Type != VhdType.Fixed)
        {
            throw Wrong(path, $"is a {(footer.Type == VhdType.Dynamic ? "dynamic" : "differencing")} VHD",
                $"Convert it: Convert-VHD '{path}' '{Fixed(path)}' -VHDType Fixed in Windows, or " + Convert(path, "vpc"));
        }

        if (footer.DiskLength != length - VhdFooter.Size)
            throw Wrong(path, $"has {length} bytes, and its footer tells of {footer.DiskLength + VhdFooter.Size}", "Make it anew; a part of it is missing or too much.");
        if (footer.DiskLength % Alignment != 0)
        {
            throw Wrong(path, $"is of {footer.DiskLength} bytes, which is no whole number of MiB",
                $"Resize it: Resize-VHD '{path}' -SizeBytes {((footer.DiskLength / Alignment) + 1) * Alignment} in Windows, or convert it to raw, resize it with qemu-img resize, and convert it back.");
        }

        if (footer.DiskLength is < Least or > Most)
            throw Wrong(path, $"is of {footer.DiskLength / Alignment} MiB; disks have {Least / Alignment} MiB to {Most / Alignment / 1024} GiB", null);
    }

    private static string Convert(string path, string format) =>
        $"qemu-img convert -f {format} -O vpc -o subformat=fixed,force_size '{path}' '{Fixed(path)}'.";

    private static string Vhd(string path) => Path.ChangeExtension(path, ".vhd");

    private static string Fixed(string path) => Path.ChangeExtension(path, ".fixed.vhd");

    private static ImageCmdletsException Wrong(string path, string problem, string? advice) =>
        new(ErrorIds.InvalidVhd, $"'{path}' {problem}.", path, advice);
}
