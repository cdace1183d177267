using System.Collections;
using System.Globalization;

namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>PowerShell's conversions between values.</summary>
internal static class PsConvert
{
    public static string ToText(object? value) => value switch
    {
        null => string.Empty,
        string text => text,
        bool flag => flag ? "True" : "False",
        double number => number.ToString(CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString("MM/dd/yyyy HH:mm:ss", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        PsTable { IsObject: true } item => "@{" + string.Join("; ", item.Select(static p => $"{p.Key}={ToText(p.Value)}")) + "}",
        PsTable => "System.Collections.Hashtable",
        PsTypeName type => type.Name,
        GuestProcess process => $"System.Diagnostics.Process ({process.Name})",
        PsScriptBlock => string.Empty,
        IEnumerable items => string.Join(" ", items.Cast<object?>().Select(ToText)),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };

    public static bool ToBool(object? value) => value switch
    {
        null => false,
        bool flag => flag,
        string text => text.Length > 0,
        long number => number != 0,
        double number => number != 0,
        object?[] items => items.Length > 1 || (items.Length == 1 && ToBool(items[0])),
        _ => true,
    };

    /// <summary>The number a value stands for; null when it stands for none.</summary>
    public static double? ToNumber(object? value) => value switch
    {
        null => 0,
        long number => number,
        double number => number,
        bool flag => flag ? 1 : 0,
        TimeSpan time => time.Ticks,
        DateTimeOffset time => time.UtcTicks,
        string text when text.Trim().StartsWith("0x", StringComparison.OrdinalIgnoreCase) =>
            long.TryParse(text.Trim().Substring(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out long hex)
                ? hex
                : null,
        string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null,
        _ => null,
    };

    public static long ToInt(object? value) => (long)Math.Round(ToNumber(value) ?? throw new PsException(
        $"Cannot convert value \"{ToText(value)}\" to type \"System.Int32\"."));

    /// <summary>A number as PowerShell keeps it: whole when it is whole.</summary>
    public static object FromNumber(double value, bool whole) =>
        whole && value == Math.Floor(value) && Math.Abs(value) < long.MaxValue ? (object)(long)value : value;

    /// <summary>The items of a value: those of an array, nothing of null, the value itself of anything else.</summary>
    public static IReadOnlyList<object?> Items(object? value) => value switch
    {
        null => [],
        object?[] items => items,
        _ => [value],
    };

    /// <summary>One item stands for itself, several are an array, none is null.</summary>
    public static object? Unwrap(IReadOnlyList<object?> items) =>
        items.Count switch { 0 => null, 1 => items[0], _ => items.ToArray() };

    public static bool Same(object? left, object? right, bool matchCase)
    {
        if (left is null || right is null)
        {
            return left is null && right is null;
        }

        if (left is string || right is string)
        {
            return string.Equals(
                ToText(left), ToText(right), matchCase ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
        }

        return ToNumber(left) is { } a && ToNumber(right) is { } b ? a.Equals(b) : Equals(left, right);
    }

    public static int Compare(object? left, object? right) => left is string text
        ? string.Compare(text, ToText(right), StringComparison.OrdinalIgnoreCase)
        : (ToNumber(left) ?? 0).CompareTo(ToNumber(right) ?? 0);
}
