using System.Globalization;

namespace ImageCmdlets.Engine.Reports;

/// <summary>Numbers and times as a report tells them, the same in every culture.</summary>
internal static class ReportWords
{
    public static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: "1 version", "3 versions".</summary>
    public static string Count(long value, string noun) => $"{Number(value)} {noun}{(value == 1 ? string.Empty : "s")}";

    public static string Day(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "\u2013";

    public static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>GiB in all replicas; null where the size is not known.</summary>
    public static long? Stored(ImageRetention row) => row.SizeGB is { } size ? (long)size * row.ReplicaCount : null;

    /// <summary>The rules of retention as their parameters.</summary>
    public static string Rule(GetImageRetentionOptions rule)
    {
        var parts = new List<string> { $"-KeepLast {rule.KeepLast}" };
        if (rule.KeepDays is { } days)
            parts.Add($"-KeepDays {days}");
        if (rule.KeepTag.Count > 0)
            parts.Add("-KeepTag " + string.Join(", ", rule.KeepTag.Select(tag => string.IsNullOrEmpty(tag.Value) ? tag.Key : $"{tag.Key}={tag.Value}")));
        if (rule.KeepUntilEndOfLife)
            parts.Add("-KeepUntilEndOfLife");
        if (rule.IgnoreUsage)
            parts.Add("-IgnoreUsage");
        return string.Join(" ", parts);
    }
}
