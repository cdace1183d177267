using System.Globalization;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>The numbers of image versions: three whole numbers, which count as numbers.</summary>
internal static class VersionNumber
{
    /// <summary>A version's number; null where the text is none that Azure would take.</summary>
    public static Version? TryParse(string? text)
    {
        int[] parts = [.. (text ?? string.Empty).Split('.').Select(Part)];
        return parts.Length == 3 && Array.TrueForAll(parts, part => part >= 0) ? new Version(parts[0], parts[1], parts[2]) : null;
    }

    /// <summary>A version's number.</summary>
    /// <param name="text">Three whole numbers.</param>
    /// <param name="orElse">What the advice names beside a number; empty: nothing.</param>
    /// <exception cref="ImageCmdletsException">InvalidResourceName.</exception>
    public static Version Require(string text, string orElse = "") => TryParse(text) ?? throw new ImageCmdletsException(ErrorIds.InvalidResourceName,
        $"'{text}' cannot be an image version.", text, $"Write three whole numbers, such as 1.0.0{orElse}.");

    /// <summary>The next number.</summary>
    /// <param name="present">All that are there, in whatever state: a number is not used twice.</param>
    /// <param name="increment">What goes up.</param>
    /// <param name="major">Within this major version; null: after the greatest of all.</param>
    /// <param name="now">For <see cref="VersionIncrement.Date"/>.</param>
    /// <exception cref="ImageCmdletsException">InvalidArgument: the number is at its end.</exception>
    public static Version Next(IEnumerable<Version> present, VersionIncrement increment, int? major, DateTimeOffset now)
    {
        if (increment == VersionIncrement.Date)
            return NextOfDay(present, now);

        Version? latest = present.Where(version => major is null || version.Major == major).Max();
        if (latest is null)
            return new Version(major ?? 1, 0, 0);

        return increment switch
        {
            VersionIncrement.Major when major is null => new Version(Up(latest.Major), 0, 0),
            VersionIncrement.Minor => new Version(latest.Major, Up(latest.Minor), 0),
            _ => new Version(latest.Major, latest.Minor, Up(latest.Build)),
        };
    }

    private static Version NextOfDay(IEnumerable<Version> present, DateTimeOffset now)
    {
        var first = new Version(now.Year, (now.Month * 100) + now.Day, 0);
        Version? latest = present.Where(version => version.Major == first.Major && version.Minor == first.Minor).Max();
        return latest is null ? first : new Version(first.Major, first.Minor, Up(latest.Build));
    }

    private static int Up(int number) => number < int.MaxValue ? number + 1 : throw new ImageCmdletsException(ErrorIds.InvalidArgument,
        "The greatest version is as great as a number can be.", number, "Pass -Version, or another -Increment.");

    private static int Part(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : -1;
}
