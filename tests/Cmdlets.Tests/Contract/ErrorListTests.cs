using System.Management.Automation;
using System.Reflection;

namespace ImageCmdlets.Cmdlets.Tests.Contract;

/// <summary>The documented list of errors and the list in the code are one.</summary>
public sealed class ErrorListTests(ModuleSurface surface) : IClassFixture<ModuleSurface>
{
    private string[] Ids => [.. surface.Contracts.GetType("ImageCmdlets.ErrorIds", throwOnError: true)!
        .GetFields(BindingFlags.Public | BindingFlags.Static).Select(constant => (string)constant.GetRawConstantValue()!)];

    [Fact]
    public void EveryIdIsItsOwnNameAndHasARowInTheCatalogue()
    {
        object[] rows = [.. ((System.Collections.IEnumerable)surface.Contracts.GetType("ImageCmdlets.ErrorCatalog", throwOnError: true)!
            .GetProperty("All")!.GetValue(null)!).Cast<object>()];

        Assert.Equal(Ids.Order(StringComparer.Ordinal), rows.Select(row => Read(row, "ErrorId")).Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.EndsWith(".", Read(row, "RecommendedAction"), StringComparison.Ordinal));
        Assert.All(rows, row => Assert.True(Enum.TryParse<ErrorCategory>(Read(row, "Category"), out _), Read(row, "ErrorId")));
    }

    [Fact]
    public async Task EveryIdIsDocumentedWithItsCategory()
    {
        string page = await File.ReadAllTextAsync(
            Path.Combine(BuiltModule.RepositoryRoot, "docs", "help", "about_ImageCmdlets_Errors.md"), TestContext.Current.CancellationToken);

        Assert.All(Ids, id => Assert.Contains($"**{id}** (", page, StringComparison.Ordinal));
    }

    private static string Read(object row, string property) => row.GetType().GetProperty(property)!.GetValue(row)!.ToString()!;
}
