using System.Text.RegularExpressions;

namespace ImageCmdlets.Engine.Diagnosis;

/// <summary>Finds the codes in what other programs make of Azure's and Windows' errors.</summary>
internal static class ErrorText
{
    // {"error":{"code":"X"}} · ErrorCode: X (Az) · Code: X and (X) (az) · dwRet = 0x3cf2, hr = 0x80073cf2 (Windows)
    private static readonly Regex s_code = new(
        "\"code\"\\s*:\\s*\"(?<code>[A-Za-z][A-Za-z0-9]{2,60})\""
        + @"|\b(Error)?Code\s*:\s*(?<code>[A-Za-z][A-Za-z0-9]{2,60})\b"
        + @"|^\s*\((?<code>[A-Z][A-Za-z0-9]{2,60})\)"
        + @"|\b(?<code>0[xX][0-9A-Fa-f]{2,8})\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(20));

    private static readonly Regex s_codeAlone = new(@"^\s*([A-Za-z][A-Za-z0-9]{2,60}|0[xX][0-9A-Fa-f]{2,8})\s*$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(20));

    // Whoever reads one of these can use what it opens.
    private static readonly Regex s_signature = new(
        @"(?<key>\b(sig|AccountKey|password|client_secret)=)[^&;\s""']+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(20));

    /// <summary>The codes that a text names, the innermost first: errors are wrapped from the outside.</summary>
    /// <remarks>Azure puts the error of a part as text into that of the whole, so that its quotes are escaped, once for each time.</remarks>
    public static IEnumerable<string> CodesIn(string text) =>
        s_code.Matches(text.Replace("\\", string.Empty)).Cast<Match>().Select(match => match.Groups["code"].Value).Reverse().Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a text is nothing but a code.</summary>
    public static bool IsCode(string text) => s_codeAlone.IsMatch(text);

    /// <summary>A text that can be shown: no signatures, keys or passwords of addresses and connections.</summary>
    public static string Show(string text) => s_signature.Replace(text, "${key}…");
}
