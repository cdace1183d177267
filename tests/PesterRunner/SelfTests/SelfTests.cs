using ImageCmdlets.PesterRunner.Execution;
using ImageCmdlets.PesterRunner.Model;

namespace ImageCmdlets.PesterRunner.SelfTests;

/// <summary>Runs specs whose outcome is known, most of all those that must be seen failing.</summary>
public sealed class SelfTests
{
    private static readonly string s_folder = Path.Combine(BuiltModule.RepositoryRoot, "tests", "PesterRunner", "SelfTests");

    [Theory]
    [InlineData("Scopes")]
    [InlineData("Passes")]
    [InlineData("Failures")]
    public void EveryTestOfTheFileEndsAsExpected(string name)
    {
        string file = Path.Combine(s_folder, $"{name}.Tests.ps1");
        string expected = File.ReadAllText(Path.Combine(s_folder, $"{name}.expected.txt"));

        Assert.Equal(expected, Describe(file), ignoreLineEndingDifferences: true);
    }

    private static string Describe(string file)
    {
        IReadOnlyDictionary<string, SpecResult> results = SpecFile.Run(file);
        return string.Concat(SpecFile.Discover(file).Tests.Select(test => Describe(test, results[test.Id])));
    }

    private static string Describe(SpecTest test, SpecResult result)
    {
        string text = $"{result.Outcome}: {test.Path}\n";
        foreach (string line in result.Errors.SelectMany(error => error.Exception.Message.ReplaceLineEndings("\n").Split('\n')))
            text += $"    {line.Replace(s_folder, "", StringComparison.Ordinal)}\n";

        return text;
    }
}
