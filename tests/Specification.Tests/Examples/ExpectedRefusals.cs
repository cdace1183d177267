using System.Globalization;

namespace ImageCmdlets.Specification.Tests.Examples;

/// <summary>All examples that are refused (ExpectedRefusals.tsv); every other one must be accepted.</summary>
internal static class ExpectedRefusals
{
    /// <summary>The table: example, status, code and reason, a tab between them.</summary>
    public static IReadOnlyDictionary<string, ExpectedRefusal> ByExample { get; } = Read().ToDictionary(static row => row.Example, StringComparer.Ordinal);

    private static IEnumerable<ExpectedRefusal> Read()
    {
        using var reader = new StreamReader(typeof(ExpectedRefusals).Assembly.GetManifestResourceStream("ExpectedRefusals.tsv")!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            string[] columns = line.Split('\t');
            yield return new ExpectedRefusal(columns[0], int.Parse(columns[1], CultureInfo.InvariantCulture), columns[2], columns[3]);
        }
    }
}
