using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Tests.Specification;

namespace ImageCmdlets.Specification.Tests.Examples;

/// <summary>Where Microsoft's examples are not what its documents say.</summary>
[Trait("Category", "Specification")]
public sealed class ExampleDifferenceTests
{
    public static IEnumerable<TheoryDataRow<KnownDifference>> Differences => KnownDifferences.OfExamples.Select(static one => new TheoryDataRow<KnownDifference>(one));

    [Theory]
    [MemberData(nameof(Differences))]
    public void A_difference_is_excused_only_where_its_example_shows_it(KnownDifference difference)
    {
        Assert.SkipWhen(SpecificationLibrary.Shared is null, SpecificationFolder.WhyNot);
        string file = Directory.EnumerateFiles(SpecificationFolder.Find()!, $"{difference.Recording}.json", SearchOption.AllDirectories).First();
        string member = difference.Pointer[1..];
        Assert.Contains(Objects(JsonNode.Parse(File.ReadAllText(file))), item =>
            item.ContainsKey("propertyChangeType") && item[member]?.GetValueKind() is JsonValueKind.String);
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject branch => branch.SelectMany(static child => Objects(child.Value)).Prepend(branch),
        JsonArray items => items.SelectMany(Objects),
        _ => [],
    };
}
