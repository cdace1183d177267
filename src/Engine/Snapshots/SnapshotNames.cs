using System.Globalization;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>The names of snapshots, and the ids of their sets.</summary>
internal static class SnapshotNames
{
    private const int LongestName = 80;
    private const int LongestPart = 6; // "-lun63"
    private const int SetIdDigits = 12;

    /// <summary>What the names of a set begin with: as given, else the source's name and the time.</summary>
    public static string Base(Operation operation, string? given, string sourceName)
    {
        if (given is not null)
            return given;

        string time = operation.Clock.UtcNow.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        int longest = LongestName - LongestPart - time.Length - 1;
        string head = sourceName.Length <= longest ? sourceName : sourceName.Substring(0, longest);
        return $"{head}-{time}";
    }

    /// <summary>The name for the disk at a LUN; null: the OS disk.</summary>
    public static string WithPart(string name, int? lun) => $"{name}-{Part(lun)}";

    /// <summary>What the place of a disk is called in names and messages.</summary>
    public static string Part(int? lun) => lun is { } number ? $"lun{number.ToString(CultureInfo.InvariantCulture)}" : "os";

    /// <summary>The id of a set: another one for every run; two that begin at once, with the same names in the same group, take the same
    /// set.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="source">What tells the source from others, of its name too.</param>
    /// <param name="group">The resource group.</param>
    /// <param name="baseName">From <see cref="Base"/>.</param>
    public static string SetId(Operation operation, string source, string group, string baseName) => StableHash.Of(SetIdDigits, source,
        group.ToUpperInvariant(), baseName.ToUpperInvariant(), operation.Clock.UtcNow.UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture));
}
