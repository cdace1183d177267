namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Microsoft's published tables of error messages: one message a line, a code or a subject before the tab.</summary>
internal static class ErrorArticles
{
    private const string Variable = "IMAGECMDLETS_ARM_SPECS";
    private const string WhyNot = $"no tables of error messages: point {Variable} at a folder of ARM specifications; tests/README.md says how to get them";

    /// <summary>The rows of a table; the test that asks is skipped when it is not there.</summary>
    public static IReadOnlyList<(string Key, string Message)> Require(string fileName)
    {
        string? path = Folders().Select(folder => Path.Combine(folder, fileName)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, WhyNot);
        return [.. File.ReadLines(path!)
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t', 2))
            .Select(columns => (columns[0], columns[1]))];
    }

    // The tables lie beside the folder of specifications.
    private static IEnumerable<string> Folders()
    {
        string? named = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value ? value : RecordingFolder.FindBesideRepository("arm");
        return named is null ? [] : [named, Path.Combine(named, "..")];
    }
}
