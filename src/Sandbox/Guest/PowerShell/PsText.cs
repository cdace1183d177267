namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>Methods of strings.</summary>
internal static class PsText
{
    public static object? Invoke(string text, string name, IReadOnlyList<object?> arguments)
    {
        string first = arguments.Count > 0 ? PsConvert.ToText(arguments[0]) : string.Empty;
        string second = arguments.Count > 1 ? PsConvert.ToText(arguments[1]) : string.Empty;
        switch (name)
        {
            case "trim":
                return arguments.Count == 0 ? text.Trim() : text.Trim(first.ToCharArray());
            case "trimend":
                return arguments.Count == 0 ? text.TrimEnd() : text.TrimEnd(first.ToCharArray());
            case "trimstart":
                return arguments.Count == 0 ? text.TrimStart() : text.TrimStart(first.ToCharArray());
            case "substring":
                return Substring(text, arguments);
            case "replace":
                return text.Replace(first, second);
            case "split":
                return text.Split(first.Length == 0 ? null : first.ToCharArray()).Cast<object?>().ToArray();
            case "tolower" or "tolowerinvariant":
                return text.ToLowerInvariant();
            case "toupper" or "toupperinvariant":
                return text.ToUpperInvariant();
            case "startswith":
                return text.StartsWith(first, StringComparison.Ordinal);
            case "endswith":
                return text.EndsWith(first, StringComparison.Ordinal);
            case "contains":
                return text.Contains(first);
            case "indexof":
                return (long)text.IndexOf(first, StringComparison.Ordinal);
            case "padleft":
                return text.PadLeft((int)PsConvert.ToInt(arguments[0]));
            case "padright":
                return text.PadRight((int)PsConvert.ToInt(arguments[0]));
            case "equals":
                return text == first;
            default:
                return null;
        }
    }

    private static string Substring(string text, IReadOnlyList<object?> arguments)
    {
        int start = (int)PsConvert.ToInt(arguments[0]);
        int length = arguments.Count > 1 ? (int)PsConvert.ToInt(arguments[1]) : text.Length - start;
        return start >= 0 && length >= 0 && start + length <= text.Length
            ? text.Substring(start, length)
            : throw new PsException("Index and length must refer to a location within the string.");
    }
}
