using System.IO.Compression;
using ImageCmdlets.Engine.Diagnosis;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>A log as it came out of a guest.</summary>
/// <param name="Path">The file in the guest.</param>
/// <param name="Length">The size of the file in bytes.</param>
/// <param name="Modified">When it was written last; null when the guest does not say.</param>
/// <param name="Bytes">The file, or its end.</param>
internal sealed record GuestLogFile(string Path, long Length, DateTimeOffset? Modified, byte[] Bytes)
{
    /// <summary>Whether only the end was read.</summary>
    public bool IsTruncated => Bytes.Length < Length;

    /// <summary>The text; an end begins with a whole line.</summary>
    public string ReadText()
    {
        string text = LogText.Decode(Bytes);
        return IsTruncated ? text.Substring(text.IndexOf('\n') + 1) : text;
    }

    /// <summary>Unpacks what the parts together are.</summary>
    /// <returns>Null: the parts do not fit together.</returns>
    public static byte[]? Unpack(string packed, int mostBytes)
    {
        // .NET Framework packs nothing into nothing.
        if (packed.Length == 0)
            return [];
        try
        {
            byte[] bytes = Convert.FromBase64String(packed);
            using var stream = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var unpacked = new MemoryStream();
            var block = new byte[65536];
            for (int count = stream.Read(block, 0, block.Length); count > 0 && unpacked.Length <= mostBytes; count = stream.Read(block, 0, block.Length))
                unpacked.Write(block, 0, count);
            // A gzip file ends with the CRC-32, which the stream checks, and the length, which it does not where the end is missing.
            return unpacked.Length == BitConverter.ToUInt32(bytes, bytes.Length - 4) ? unpacked.ToArray() : null;
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException or ArgumentException)
        {
            return null;
        }
    }
}
