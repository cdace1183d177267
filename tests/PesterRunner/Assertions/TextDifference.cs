namespace ImageCmdlets.PesterRunner.Assertions;

/// <summary>Shows where two texts differ.</summary>
internal static class TextDifference
{
    /// <summary>How much of each text is shown before the difference and after it.</summary>
    private const int Context = 40;

    private const string Label = "Expected: '";

    /// <summary>Describes the first difference between two texts that are not equal.</summary>
    public static string Describe(string expected, string actual, bool ignoreCase, string because)
    {
        int index = IndexOf(expected, actual, ignoreCase);
        string lengths = expected.Length == actual.Length
            ? $"String lengths are both {expected.Length}."
            : $"Expected length: {expected.Length}\nActual length:   {actual.Length}";

        string expectedShown = Visible(expected);
        string actualShown = Visible(actual);
        int shownIndex = IndexOf(expectedShown, actualShown, ignoreCase);
        (string actualPart, int pointer) = Excerpt(actualShown, shownIndex);
        return string.Join(
            '\n',
            $"Expected strings to be the same,{because} but they were different.",
            lengths,
            $"Strings differ at index {index}.",
            $"{Label}{Excerpt(expectedShown, shownIndex).Text}'",
            $"But was:  '{actualPart}'",
            new string(' ', Label.Length) + new string('-', pointer) + '^');
    }

    private static int IndexOf(string first, string second, bool ignoreCase)
    {
        int index = 0;
        while (index < first.Length && index < second.Length && Same(first[index], second[index], ignoreCase))
            index++;

        return index;
    }

    private static bool Same(char first, char second, bool ignoreCase) =>
        first == second || (ignoreCase && char.ToUpperInvariant(first) == char.ToUpperInvariant(second));

    private static (string Text, int Pointer) Excerpt(string text, int index)
    {
        int start = Math.Max(0, index - Context);
        int end = Math.Min(text.Length, index + Context);
        if (start >= end)
            return (text, index);

        string before = start > 0 ? "..." : "";
        string after = end < text.Length ? "..." : "";
        return (before + text[start..end] + after, before.Length + index - start);
    }

    private static string Visible(string text) => text
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal)
        .Replace("\t", "\\t", StringComparison.Ordinal)
        .Replace("\0", "\\0", StringComparison.Ordinal)
        .Replace("\b", "\\b", StringComparison.Ordinal);
}
