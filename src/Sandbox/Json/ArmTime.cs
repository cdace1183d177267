using System.Globalization;

namespace ImageCmdlets.Sandbox.Json;

/// <summary>Writes times as Azure does.</summary>
internal static class ArmTime
{
    /// <summary>Seven decimals at most, zeros at the end dropped, offset: <c>2024-03-12T08:17:19.662302+00:00</c>.</summary>
    public static string Format(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    /// <summary>The time that <see cref="Format"/> has written.</summary>
    public static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Date header.</summary>
    public static string Http(DateTimeOffset time) => time.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture);
}
