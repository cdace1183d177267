using System.Text.RegularExpressions;

namespace ImageCmdlets.Sandbox.Faults;

/// <summary>Patterns of faults: <c>*</c>, <c>?</c>, no regard to case.</summary>
internal static class FaultPattern
{
    /// <summary>Whether a text fits; a missing pattern takes any text, a missing text fits none.</summary>
    public static bool Fits(string? pattern, string? text)
    {
        if (pattern is null) return true;
        if (text is null) return false;
        string expression = "^" + Regex.Escape(pattern).Replace("\\*", ".*").Replace("\\?", ".") + "$";
        return Regex.IsMatch(text, expression, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }
}
