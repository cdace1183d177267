using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Engine.Restoring;

/// <summary>What a machine is, kept in tags of its new OS disk while the machine itself is not there: a generalized machine can only
/// be removed and made again, and whoever is interrupted in between must not lose it.</summary>
/// <remarks>JSON, compressed, in as many values of 256 characters as it takes; Azure lets a resource have 50 tags.</remarks>
internal static class VMRecord
{
    /// <summary>What the names of the tags begin with; two digits follow.</summary>
    public const string TagPrefix = "imagecmdlets-record-";

    private const int MostTags = 40;
    private const int LongestValue = 256;

    /// <summary>The tags that hold a record.</summary>
    /// <exception cref="ImageCmdletsException">OperationNotSupported: it is too long.</exception>
    public static Dictionary<string, string> Pack(JsonObject record, ResourceId vm)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(record.ToJsonString());
            zip.Write(bytes, 0, bytes.Length);
        }

        string text = Convert.ToBase64String(packed.ToArray());
        int count = (text.Length + LongestValue - 1) / LongestValue;
        if (count > MostTags)
        {
            throw new ImageCmdletsException(ErrorIds.OperationNotSupported,
                $"'{vm.Name}' has too many parts to be kept safe while it is made again.", vm.Text,
                "Make disks of the snapshots with Restore-ImageSnapshot without -ToVM, and a machine of them.");
        }

        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < count; i++)
            tags[TagPrefix + i.ToString("00", CultureInfo.InvariantCulture)] = text.Substring(i * LongestValue, Math.Min(LongestValue, text.Length - (i * LongestValue)));
        return tags;
    }

    /// <summary>The record in tags; null when there is none, or not all of it.</summary>
    public static JsonObject? Unpack(IReadOnlyDictionary<string, string> tags)
    {
        string text = string.Concat(tags.Where(tag => tag.Key.StartsWith(TagPrefix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase).Select(tag => tag.Value));
        if (text.Length == 0)
            return null;

        try
        {
            using var packed = new MemoryStream(Convert.FromBase64String(text));
            using var zip = new GZipStream(packed, CompressionMode.Decompress);
            return JsonNode.Parse(zip) as JsonObject;
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException or JsonException)
        {
            return null;
        }
    }
}
