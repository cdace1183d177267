namespace ImageCmdlets.Engine.Diagnosis;

/// <summary>Judges the errors of one run of sysprep that a script has picked out of its log.</summary>
internal static class SysprepErrors
{
    // The script in the guest cuts longer lines off: Azure keeps 4,096 bytes of an output.
    private const int LongestLine = 300;

    /// <param name="lines">Lines of the log, whole or without what stands before their text.</param>
    public static SysprepRun Judge(IEnumerable<string> lines)
    {
        var run = new SysprepRunBuilder(begin: null, hasBeginning: false);
        foreach (string line in lines)
        {
            SysprepLogEntry entry = SysprepLine.Read(line, 0, out bool hasLevel) ?? new SysprepLogEntry(SysprepLogLevel.Error, line.Trim());
            run.Add(hasLevel ? entry : entry with { Level = SysprepLogLevel.Error }, mayBeCut: line.Length >= LongestLine);
        }

        return run.Build(number: 1, source: null);
    }

    /// <summary>The texts of the errors, the root cause first, noise left out.</summary>
    public static IReadOnlyList<string> TextsOf(SysprepRun run) =>
        [.. new[] { run.RootCause?.Evidence }.Concat(run.Error.Select(entry => entry.Text)).OfType<string>().Distinct(StringComparer.Ordinal)];
}
