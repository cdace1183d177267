using ImageCmdlets.Tests.Specification;

namespace ImageCmdlets.Specification.Tests.Examples;

/// <summary>Microsoft's own examples of the covered operations, played to the sandbox.</summary>
[Trait("Category", "Specification")]
public class ExampleTests
{
    private static readonly Dictionary<string, SpecificationExample> s_examples = SpokenSpecification.Operations
        .Where(Coverage.Has)
        .SelectMany(static operation => operation.Examples)
        .ToDictionary(Key, StringComparer.Ordinal);

    public static IEnumerable<TheoryDataRow<string>> Examples => s_examples.Count > 0
        ? s_examples.Keys.Select(static key => new TheoryDataRow<string>(key))
        : [new TheoryDataRow<string>("none") { Skip = SpecificationFolder.WhyNot }];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_accepted_or_refused_for_its_stated_reason(string example)
    {
        SpecificationExample played = s_examples[example];
        PlayedExample outcome = ExamplePlayer.Play(played);
        Assert.DoesNotContain(outcome.Violations, static violation => !KnownDifferences.All.Any(known => known.Covers(violation)));
        if (ExpectedRefusals.ByExample.TryGetValue(played.ToString(), out ExpectedRefusal? expected))
        {
            Assert.True(
                (outcome.Status, outcome.Code) == (expected.Status, expected.Code),
                $"{played} is to be refused with {expected.Status} {expected.Code} because {expected.Why}; it got {outcome}");
        }
        else
        {
            Assert.True(outcome.IsAccepted, $"{played} is to be accepted; it got {outcome}");
        }
    }

    [Fact]
    public void Every_stated_refusal_is_that_of_an_example()
    {
        Assert.SkipWhen(s_examples.Count == 0, SpecificationFolder.WhyNot);
        Assert.Empty(ExpectedRefusals.ByExample.Keys.Except(s_examples.Values.Select(static example => example.ToString())));
    }

    private static string Key(SpecificationExample example) => $"{example.Operation.Document.Version} {example}";
}
