using System.Text.Json;
using ImageCmdlets.Tests.Specification;

namespace ImageCmdlets.Specification.Tests.Judging;

/// <summary>Good and bad bodies.</summary>
[Trait("Category", "Specification")]
public sealed class BodyValidatorTests(BodyValidatorTests.Fixture fixture) : IClassFixture<BodyValidatorTests.Fixture>
{
    [Theory]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z"}""")]
    [InlineData("""{"kind":"Small","born":"2024-01-02T03:04:05.1234567+00:00","id":"/x","tags":{"a":"b"}}""")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","mood":"Unheard of"}""")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","count":10,"ratio":1,"on":true,"name":"ab"}""")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","id128":"3f2504e0-4f89-11d3-9a0c-0305e82c3301"}""")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","free":{"any":[1,{}]},"numbers":{"one":1}}""")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","children":[{"kind":"Big","born":"2024-01-02T03:04:05Z"}]}""")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","animal":{"species":"dog","bark":"wow"}}""")]
    public void A_good_answer_has_no_faults(string body) => Assert.Empty(Check(body, BodyDirection.Answer));

    [Theory]
    [InlineData("""[]""", "", "type")]
    [InlineData("""{"born":"2024-01-02T03:04:05Z"}""", "", "required")]
    [InlineData("""{"kind":"Big"}""", "", "required")]
    [InlineData("""{"kind":"big","born":"2024-01-02T03:04:05Z"}""", "/kind", "enum")]
    [InlineData("""{"kind":"Big","born":"yesterday"}""", "/born", "format")]
    [InlineData("""{"kind":"Big","born":"2024-13-02T03:04:05Z"}""", "/born", "format")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","new":1}""", "/new", "unknown")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","Kind":"Big"}""", "/Kind", "unknown")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","id":null}""", "/id", "null")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","count":"1"}""", "/count", "type")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","count":1.5}""", "/count", "type")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","count":11}""", "/count", "range")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","count":3000000000}""", "/count", "format")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","on":"true"}""", "/on", "type")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","id128":"{3f2504e0-4f89-11d3-9a0c-0305e82c3301}"}""", "/id128", "format")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","name":"a"}""", "/name", "length")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","name":"A1"}""", "/name", "pattern")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","password":"x"}""", "/password", "secret")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","tags":{"a":1}}""", "/tags/a", "type")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","numbers":{"one":"1"}}""", "/numbers/one", "type")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","children":[{"kind":"Big","born":"2024-01-02T03:04:05Z","x":1}]}""", "/children/*/x", "unknown")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","animal":{"species":"dog"}}""", "/animal", "required")]
    [InlineData("""{"kind":"Big","born":"2024-01-02T03:04:05Z","animal":{"species":"cat"}}""", "/animal", "discriminator")]
    public void A_bad_answer_is_told_by_place_and_rule(string body, string pointer, string rule)
    {
        BodyFault fault = Assert.Single(Check(body, BodyDirection.Answer));
        Assert.Equal((pointer, rule), (fault.Pointer, fault.Rule));
    }

    [Theory]
    [InlineData("""{"kind":"big","password":"x","born":7,"id":null}""", BodyDirection.Request)]
    [InlineData("""{"tags":{"a":"b"}}""", BodyDirection.Change)]
    public void A_request_need_not_name_what_only_the_service_sets(string body, BodyDirection direction) => Assert.Empty(Check(body, direction));

    [Theory]
    [InlineData("""{"tags":{}}""", "", "required")]
    [InlineData("""{"kind":"Huge"}""", "/kind", "enum")]
    [InlineData("""{"kind":"Big","unheard":1}""", "/unheard", "unknown")]
    public void A_bad_request_is_told_too(string body, string pointer, string rule)
    {
        BodyFault fault = Assert.Single(Check(body, BodyDirection.Request));
        Assert.Equal((pointer, rule), (fault.Pointer, fault.Rule));
    }

    private IReadOnlyList<BodyFault> Check(string body, BodyDirection direction)
    {
        using JsonDocument json = JsonDocument.Parse(body);
        return BodyValidator.Check(json.RootElement, fixture.Schema, direction);
    }

    /// <summary>The small specification, read once.</summary>
    public sealed class Fixture : IDisposable
    {
        private readonly SmallSpecification _specification = new();

        /// <summary>The rules of a thing.</summary>
        public SchemaNode Schema => _specification.Operation.Body!.Schema;

        /// <inheritdoc />
        public void Dispose() => _specification.Dispose();
    }
}
