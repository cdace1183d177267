using System.Text;
using ImageCmdlets.Tests;
using ImageCmdlets.Tests.Specification;

namespace ImageCmdlets.Specification.Tests.Examples;

/// <summary>The table in the sandbox's README.</summary>
[Trait("Category", "Specification")]
public class CoverageTableTests
{
    private const string Begin = "<!-- The table between these lines is written by CoverageTableTests; tests/README.md says how. -->";
    private const string End = "<!-- End of the table. -->";
    private const string WriteVariable = "IMAGECMDLETS_WRITE_TABLES";

    [Fact]
    public void The_table_of_operations_tells_what_is_covered()
    {
        Assert.SkipWhen(SpecificationLibrary.Shared is null, SpecificationFolder.WhyNot);
        string file = Path.Combine(BuiltModule.RepositoryRoot, "src", "Sandbox", "README.md");
        string text = File.ReadAllText(file);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = text.IndexOf(End, StringComparison.Ordinal);
        Assert.True(begin > Begin.Length && end > begin, $"{file} has no place for the table");
        string table = $"\n\n{Table()}\n";
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1") File.WriteAllText(file, text[..begin] + table + text[end..]);
        else Assert.True(text[begin..end] == table, $"The table of operations in {file} is out of date: run this test with {WriteVariable}=1.");
    }

    private static string Table()
    {
        var table = new StringBuilder();
        // Of an operation in several versions the newest is shown.
        SpecificationOperation[] operations = [.. SpokenSpecification.Operations
            .OrderByDescending(static operation => operation.Document.Version, StringComparer.Ordinal)
            .DistinctBy(static operation => (Path.GetFileName(operation.Document.File), operation.Id))
            .OrderBy(static operation => operation.Document.File, StringComparer.Ordinal)
            .ThenBy(static operation => operation.Id, StringComparer.Ordinal)];
        SpecificationOperation[] covered = [.. operations.Where(Coverage.Has)];
        table.Append($"{covered.Length} of {operations.Length} operations; of the {covered.Sum(Total)} examples of those ");
        table.Append($"{covered.Sum(static o => Total(o) - Refused(o))} are accepted and {covered.Sum(Refused)} refused, each for its reason in ");
        table.AppendLine("`tests/Specification.Tests/Examples/ExpectedRefusals.tsv`.");
        table.AppendLine().AppendLine("| operation | version | covered | examples accepted | refused | total |").AppendLine("|---|---|---|---|---|---|");
        foreach (SpecificationOperation operation in operations)
        {
            string played = Coverage.Has(operation) ? $"yes | {Total(operation) - Refused(operation)} | {Refused(operation)}" : "no | |";
            table.AppendLine($"| {operation.Id} | {operation.Document.Version} | {played} | {Total(operation)} |");
        }

        return table.ToString().ReplaceLineEndings("\n");
    }

    private static int Total(SpecificationOperation operation) => operation.Examples.Count;

    private static int Refused(SpecificationOperation operation) =>
        operation.Examples.Count(static example => ExpectedRefusals.ByExample.ContainsKey(example.ToString()));
}
