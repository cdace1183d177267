namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>Patterns of <c>case</c> and of <c>${name#pattern}</c>.</summary>
internal static class ShPattern
{
    /// <summary>True when a text as a whole fits a pattern.</summary>
    public static bool Fits(string text, string pattern) => GuestFileSystem.Fits(text, pattern, ignoreCase: false);

    /// <summary>
    /// Cuts off the shortest (<c>#</c>, <c>%</c>) or longest (<c>##</c>, <c>%%</c>) beginning or end that fits.
    /// </summary>
    public static string Trim(string text, string pattern, string sign)
    {
        IEnumerable<int> lengths = Enumerable.Range(0, text.Length + 1);
        bool front = sign[0] == '#';
        foreach (int length in sign.Length == 1 ? lengths : lengths.Reverse())
        {
            string piece = front ? text.Substring(0, length) : text.Substring(text.Length - length);
            if (Fits(piece, pattern))
            {
                return front ? text.Substring(length) : text.Substring(0, text.Length - length);
            }
        }

        return text;
    }
}
