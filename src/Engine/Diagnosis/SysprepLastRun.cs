namespace ImageCmdlets.Engine.Diagnosis;

/// <summary>Cuts sysprep's last run out of a log that has grown from run to run.</summary>
internal static class SysprepLastRun
{
    private const string Beginning = "Beginning of a new sysprep run";

    /// <summary>The lines of the last run, its beginning included; all of a log in which no run begins.</summary>
    public static string TextOf(string log)
    {
        int beginning = log.LastIndexOf(Beginning, StringComparison.OrdinalIgnoreCase);
        if (beginning < 0)
            return log;

        // A line of equal signs stands above it.
        int line = StartOfLine(log, beginning);
        int above = line == 0 ? 0 : StartOfLine(log, line - 1);
        return log.Substring(log.IndexOf("====", above, line - above, StringComparison.Ordinal) < 0 ? line : above);
    }

    /// <summary>Whether a text has the beginning of a run.</summary>
    public static bool IsWhole(string text) => text.IndexOf(Beginning, StringComparison.OrdinalIgnoreCase) >= 0;

    private static int StartOfLine(string text, int index) => index == 0 ? 0 : text.LastIndexOf('\n', index - 1) + 1;
}
