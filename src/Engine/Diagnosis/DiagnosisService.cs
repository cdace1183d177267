namespace ImageCmdlets.Engine.Diagnosis;

/// <summary>Explains what went wrong: in logs of sysprep, in answers of Azure's, in this module's own errors. Asks nobody.</summary>
public static class DiagnosisService
{
    /// <summary>Whether a text is nothing but the code of an error.</summary>
    public static bool IsCode(string text) => ErrorText.IsCode(text);

    /// <summary>What the catalogue knows of an error, the best first; one finding with the id <c>Unknown</c> when it knows nothing.</summary>
    public static IReadOnlyList<ImageFinding> Resolve(ErrorDescription error) => ErrorResolver.Resolve(error);

    /// <summary>Every code that the catalogue knows, in order.</summary>
    public static IReadOnlyList<string> GetKnownCodes() =>
        [.. RuleCatalog.All.SelectMany(rule => rule.Code.Concat(rule.ErrorId)).Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(code => code, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The runs that the lines of a log tell of, in their order.</summary>
    /// <param name="lines">Lines, or texts of several lines.</param>
    /// <param name="source">Where they come from; null: nobody knows.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="OperationCanceledException">It was stopped. Nothing that is in the log throws.</exception>
    public static IReadOnlyList<SysprepRun> ReadSysprepLog(IEnumerable<string> lines, string? source, CancellationToken cancellationToken)
    {
        var parser = new SysprepLogParser(source);
        foreach (string line in lines.SelectMany(text => text.Split('\n')))
        {
            cancellationToken.ThrowIfCancellationRequested();
            parser.Add(line.Replace("\0", string.Empty).TrimStart('\uFEFF').TrimEnd('\r'));
        }

        return parser.Finish();
    }

    /// <summary>The runs that a log tells of, in their order, whatever its encoding. The log is not held in memory.</summary>
    /// <param name="log">The bytes; the caller closes it.</param>
    /// <param name="source">The file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="IOException">The stream cannot be read. Nothing that is in the log throws.</exception>
    public static IReadOnlyList<SysprepRun> ReadSysprepLog(Stream log, string? source, CancellationToken cancellationToken)
    {
        var parser = new SysprepLogParser(source);
        foreach (string line in new LogLineReader(log).ReadLines(cancellationToken))
            parser.Add(line);
        return parser.Finish();
    }
}
