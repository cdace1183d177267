using System.Globalization;
using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Lineage;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>What a machine was when snapshots of its disks were taken, in their tags: enough to make one like it when it is gone, also
/// in another region.</summary>
internal static class MachineTags
{
    private const string OSStateTag = "imagecmdlets-osstate";
    private const string CachingTag = "imagecmdlets-caching";
    private const string DiskTypeTag = "imagecmdlets-disktype";
    private const string ZoneTag = "imagecmdlets-zone";
    private const string SizeTag = "imagecmdlets-size";
    private const string SubnetTag = "imagecmdlets-subnet";
    private const string UefiTag = "imagecmdlets-uefi";
    private const string LunsTag = "imagecmdlets-luns";
    private const string None = "none";
    private const string Generalized = "Generalized";
    private const string SecureBoot = "secureboot";
    private const string VirtualTpm = "vtpm";

    // Longer values cannot be tags; a subnet's id may be.
    private const int LongestValue = 256;

    /// <summary>The names of all.</summary>
    public static IReadOnlyList<string> Names { get; } = [OSStateTag, CachingTag, DiskTypeTag, ZoneTag, SizeTag, SubnetTag, UefiTag, LunsTag];

    public static string? OSState(IReadOnlyDictionary<string, string> tags) => Value(tags, OSStateTag);

    public static string? Caching(IReadOnlyDictionary<string, string> tags) => Value(tags, CachingTag);

    public static string? DiskType(IReadOnlyDictionary<string, string> tags) => Value(tags, DiskTypeTag);

    public static string? Zone(IReadOnlyDictionary<string, string> tags) => Value(tags, ZoneTag);

    public static string? Size(IReadOnlyDictionary<string, string> tags) => Value(tags, SizeTag);

    public static string? SubnetId(IReadOnlyDictionary<string, string> tags) => Value(tags, SubnetTag);

    /// <summary>Whether secure boot was on; null: nothing was noted.</summary>
    public static bool? HasSecureBoot(IReadOnlyDictionary<string, string> tags) => Value(tags, UefiTag)?.Contains(SecureBoot);

    /// <summary>Whether there was a virtual TPM; null: nothing was noted.</summary>
    public static bool? HasVirtualTpm(IReadOnlyDictionary<string, string> tags) => Value(tags, UefiTag)?.Contains(VirtualTpm);

    /// <summary>The LUNs of the data disks of the set; null: nothing was noted.</summary>
    public static IReadOnlyList<int>? Luns(IReadOnlyDictionary<string, string> tags) => Value(tags, LunsTag) is { } text
        ? [.. text.Split(',').Where(lun => lun != None).Select(lun => int.TryParse(lun, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1)]
        : null;

    /// <summary>Adds which data disks the set has, to the tags of its OS disk's snapshot.</summary>
    public static void WriteLuns(IDictionary<string, string> tags, IEnumerable<int?> luns)
    {
        string text = string.Join(",", luns.OfType<int>().OrderBy(lun => lun).Select(lun => lun.ToString(CultureInfo.InvariantCulture)));
        tags[LunsTag] = text.Length == 0 ? None : text;
    }

    /// <summary>Adds that a disk is of a generalized system.</summary>
    public static void WriteGeneralized(IDictionary<string, string> tags) => tags[OSStateTag] = Generalized;

    /// <summary>Adds what was a disk's own.</summary>
    public static void WriteDisk(IDictionary<string, string> tags, string? caching, DiskFacts disk)
    {
        Write(tags, CachingTag, caching);
        Write(tags, DiskTypeTag, disk.Sku);
        Write(tags, ZoneTag, disk.Zone.FirstOrDefault());
    }

    /// <summary>Adds what was the machine's, to the tags of its OS disk's snapshot.</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="machine">The machine, as Azure answered, and as the module tells it.</param>
    /// <param name="subnetId">The subnet of its first interface; null where nobody may know.</param>
    public static void WriteMachine(IDictionary<string, string> tags, (JsonElement Body, ImageVM VM) machine, string? subnetId)
    {
        Write(tags, OSStateTag, machine.VM.OSState == Generalized ? Generalized : null);
        Write(tags, SizeTag, machine.VM.Size);
        Write(tags, ZoneTag, machine.VM.Zone.FirstOrDefault());
        Write(tags, SubnetTag, subnetId);
        LineageTags.WriteMachine(tags, machine.VM);
        if (machine.Body.Find("properties", "securityProfile", "uefiSettings") is { } uefi)
            tags[UefiTag] = $"{(uefi.Truth("secureBootEnabled") == true ? SecureBoot : "none")} {(uefi.Truth("vTpmEnabled") == true ? VirtualTpm : "none")}";
    }

    private static string? Value(IReadOnlyDictionary<string, string> tags, string name) => tags.TryGetValue(name, out string? value) ? value : null;

    private static void Write(IDictionary<string, string> tags, string name, string? value)
    {
        if (value is { Length: > 0 and <= LongestValue })
            tags[name] = value;
    }
}
