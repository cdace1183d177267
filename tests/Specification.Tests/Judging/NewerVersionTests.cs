using System.Text;
using ImageCmdlets.Tests.Specification;

namespace ImageCmdlets.Specification.Tests.Judging;

public sealed class NewerVersionTests
{
    private const string Address = "https://management.azure.com/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/g/providers/Microsoft.Compute/galleries/gal/images/web/versions/1.0.0";

    [Fact]
    public void What_the_version_adds_is_no_violation() =>
        Assert.Empty(Judge("2024-03-03", """{"location":"westeurope","properties":{"storageProfile":{},"safetyProfile":{"blockDeletionBeforeEndOfLife":true}}}"""));

    [Fact]
    public void What_nobody_declares_is_one_in_any_version()
    {
        Violation violation = Assert.Single(Judge("2024-03-03", """{"location":"westeurope","properties":{"storageProfile":{},"safetyProfile":{"colour":"red"}}}"""));

        Assert.Equal(("/properties/safetyProfile/colour", "unknown"), (violation.Pointer, violation.Rule));
    }

    [Fact]
    public void A_version_that_is_not_in_the_list_is_spoken_by_nobody()
    {
        Violation violation = Assert.Single(Judge("2025-03-03", """{"location":"westeurope"}"""));

        Assert.Equal("no document declares it", violation.Detail);
    }

    private static IReadOnlyList<Violation> Judge(string version, string body)
    {
        Assert.SkipWhen(SpecificationLibrary.Shared is null, SpecificationFolder.WhyNot);
        var headers = new Dictionary<string, string> { ["User-Agent"] = "ImageCmdlets azsdk-net-ResourceManager.Compute/1.2.0" };
        var exchange = new Exchange("PUT", new Uri($"{Address}?api-version={version}"), headers, Encoding.UTF8.GetBytes(body), Exchange.Unanswered, [], []);
        return new ExchangeJudge(SpecificationLibrary.Shared!).Judge(exchange).Violations;
    }
}
