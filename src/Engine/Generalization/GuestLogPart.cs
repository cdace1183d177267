using System.Globalization;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>One part of a packed log, as the script in the guest gives it.</summary>
/// <param name="Offset">Where it begins, in characters.</param>
/// <param name="Total">How many characters all parts have together.</param>
/// <param name="Length">The log's size in bytes, with the first part only; -1: there is no such log.</param>
/// <param name="Modified">When the log was written last, with the first part only; null when the guest does not say.</param>
/// <param name="Path">The file in the guest.</param>
/// <param name="Text">The part.</param>
internal sealed record GuestLogPart(int Offset, int Total, long Length, DateTimeOffset? Modified, string Path, string Text)
{
    private const string Mark = "imagecmdlets-log 1 ";

    /// <summary>Whether the guest has no such log.</summary>
    public bool IsMissing => Length < 0;

    /// <summary>The part in an output; null when there is none. Whatever else was printed does not matter.</summary>
    public static GuestLogPart? Find(string output)
    {
        string? line = output.Split('\n').LastOrDefault(text => text.StartsWith(Mark, StringComparison.Ordinal));
        string[] fields = line?.TrimEnd('\r', ' ').Split(' ') ?? [];
        // The path is the only field that may have blanks in it.
        return fields.Length >= 8 && Number(fields[2]) is { } offset && Number(fields[3]) is { } total
            && long.TryParse(fields[4], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long length)
                ? new GuestLogPart(offset, total, length, Time(fields[5]), string.Join(" ", fields.Skip(6).Take(fields.Length - 7)),
                    fields[fields.Length - 1] is "-" ? string.Empty : fields[fields.Length - 1])
                : null;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static DateTimeOffset? Time(string text) => Number(text) is { } seconds and > 0 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
