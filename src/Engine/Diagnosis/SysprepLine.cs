using System.Globalization;
using System.Text.RegularExpressions;

namespace ImageCmdlets.Engine.Diagnosis;

/// <summary>Reads one line of a log as the beginning of an entry, in sysprep's shape or in that of Configuration Manager.</summary>
internal static class SysprepLine
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    // 2025-07-22 21:55:35, Error      [0x0f0070] SYSPRP RunDlls:An error occurred ... [gle=0x00000012]
    private static readonly Regex s_setup = new(
        @"^\s*(?<time>\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2})([.,]\d+)?,\s*(?<level>[A-Za-z]+)?\s*(\[(?<code>0[xX][0-9A-Fa-f]+)\]\s*)?((?<component>[A-Z]{2,8})\b(?!:)\s*)?(?<text>.*)$",
        Options, s_limit);

    // 07-22-2025 21:55:35.123 SYSPRP 983152 (0xf0070) RunDlls:An error occurred ...
    private static readonly Regex s_manager = new(
        @"^\s*(?<time>\d{2}-\d{2}-\d{4} \d{2}:\d{2}:\d{2})(\.\d+)?([+-]\d+)?\s+(?<component>[A-Z]{2,8})\s+\d+\s*\((?<code>0[xX][0-9A-Fa-f]+)\)\s*(?<text>.*)$",
        Options, s_limit);

    private static readonly Regex s_lastError = new(@"\s*\[gle=(?<code>0[xX][0-9A-Fa-f]+)\]\s*$", Options, s_limit);

    private static readonly Regex s_failure = new(@"\b(hr|dwRet|error code)\s*=?\s*(0[xX])?0*[1-9A-Fa-f]|\bERROR\b|0x8[0-9A-Fa-f]{7}", Options, s_limit);

    /// <summary>The entry that begins here; null when the line only goes on, or is nothing that sysprep writes.</summary>
    /// <param name="line">A line.</param>
    /// <param name="number">Which one of its log.</param>
    /// <param name="hasLevel">Whether the line says its level; else it is <see cref="GuessLevel"/> of the whole entry.</param>
    public static SysprepLogEntry? Read(string line, long number, out bool hasLevel)
    {
        hasLevel = true;
        try
        {
            if (s_setup.Match(line) is { Success: true } setup)
                return Read(setup, LevelOf(setup.Groups["level"].Value), "yyyy-MM-dd HH:mm:ss", number);

            hasLevel = false;
            return s_manager.Match(line) is { Success: true } manager
                ? Read(manager, SysprepLogLevel.Information, "MM-dd-yyyy HH:mm:ss", number)
                : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    /// <summary>The level of an entry by what it says.</summary>
    public static SysprepLogLevel GuessLevel(string text)
    {
        if (RuleCatalog.FindByText(RuleCatalog.Windows, text) is { Rule.Severity: var severity })
            return severity == FindingSeverity.Error ? SysprepLogLevel.Error : SysprepLogLevel.Warning;

        return RuleCatalog.IsNoise(text) || s_failure.IsMatch(text) ? SysprepLogLevel.Error : SysprepLogLevel.Information;
    }

    private static SysprepLogEntry Read(Match match, SysprepLogLevel level, string format, long number)
    {
        string text = match.Groups["text"].Value.TrimEnd();
        Match lastError = s_lastError.Match(text);
        bool isTime = DateTime.TryParseExact(
            match.Groups["time"].Value.Replace('T', ' '), format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time);
        return new SysprepLogEntry(level, lastError.Success ? text.Substring(0, lastError.Index) : text)
        {
            Time = isTime ? time : null,
            Code = match.Groups["code"] is { Success: true } code ? Normalize(code.Value) : null,
            Component = match.Groups["component"] is { Success: true } component ? component.Value : null,
            LastError = lastError.Success ? lastError.Groups["code"].Value : null,
            LineNumber = number,
        };
    }

    // Sysprep writes 0x0f0070, Configuration Manager 0xf0070.
    private static string Normalize(string code) => "0x" + code.Substring(2).ToLowerInvariant().TrimStart('0').PadLeft(6, '0');

    private static SysprepLogLevel LevelOf(string word) => word switch
    {
        "Error" or "Fatal" => SysprepLogLevel.Error,
        "Warning" => SysprepLogLevel.Warning,
        _ => SysprepLogLevel.Information,
    };
}
