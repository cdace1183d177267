using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Guest;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>
/// The part of a system disk in which its files and registry lie. What a guest writes changes the bytes, and a disk that comes
/// back through a VHD file brings its system along.
/// </summary>
internal static class GuestArea
{
    /// <summary>First chunk of the area: 1 MiB.</summary>
    public const long First = 16;

    /// <summary>Last chunk of the area; 8 MiB are enough for any guest.</summary>
    public const long Last = 143;

    private const string Mark = "ImageCmdlets sandbox guest";
    private const int HeaderSize = 64;

    /// <summary>Whether a chunk belongs to the area.</summary>
    public static bool Holds(long chunk) => chunk is >= First and <= Last;

    /// <summary>The area of a guest as it is stored with a disk.</summary>
    public static PageMap Of(JsonObject guest)
    {
        byte[] text = Encoding.UTF8.GetBytes(JsonText.Compact(guest));
        byte[] header = Encoding.ASCII.GetBytes($"{Mark} {text.Length}\n".PadRight(HeaderSize));
        var map = new PageMap((Last + 1) * PageChunk.Size);
        map.Write(First * PageChunk.Size, [.. header, .. text]);
        return map;
    }

    /// <summary>The guest that lies on a disk; null when there is none that can be read.</summary>
    public static JsonObject? Read(PageContent disk)
    {
        const long start = First * PageChunk.Size;
        if (disk.Length < start + HeaderSize) return null;
        string header = Encoding.ASCII.GetString(disk.Read(start, HeaderSize));
        if (!header.StartsWith(Mark, StringComparison.Ordinal) ||
            !int.TryParse(header.Substring(Mark.Length), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int length) ||
            length < 0 || start + HeaderSize + length > disk.Length)
        {
            return null;
        }

        try
        {
            var guest = JsonText.Parse(disk.Read(start + HeaderSize, length)) as JsonObject;
            return guest is null ? null : GuestDisk.Load(guest).Save();
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or NullReferenceException or ArgumentException or FormatException)
        {
            // Somebody has written over it: the bytes are a disk without a system, as they would be in Azure.
            return null;
        }
    }
}
