using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Versions;

namespace ImageCmdlets.Sandbox.Tests.Versions;

/// <summary>Which members an api-version shows.</summary>
public sealed class MemberVersionsTests
{
    private const string Type = "Microsoft.Test/things";

    [Theory]
    [InlineData("2017-12-01", """{"a":{}}""")]
    [InlineData("2018-06-01", """{"a":{"new":1}}""")]
    [InlineData("2024-01-01", """{"a":{"new":1}}""")]
    public void AMemberShowsSinceItsFirstVersion(string version, string expected) =>
        Assert.Equal(expected, Shape("""{"a.new":{"since":"2018-06-01"}}""", """{"a":{"new":1}}""", version));

    [Theory]
    [InlineData("2018-06-01", """{"old":false}""")]
    [InlineData("2018-06-02", "{}")]
    public void ADroppedMemberHasItsValueUntilItsLastVersion(string version, string expected) =>
        Assert.Equal(expected, Shape("""{"old":{"until":"2018-06-01","value":false}}""", "{}", version));

    [Fact]
    public void AValueIsGivenUnaskedOnlyForItsTimeButAlwaysShownWhenSet()
    {
        const string table = """{"m":{"since":"2016-01-01","value":false,"valueUntil":"2018-01-01"}}""";
        Assert.Equal("{}", Shape(table, "{}", "2015-06-15"));
        Assert.Equal("""{"m":false}""", Shape(table, "{}", "2018-01-01"));
        Assert.Equal("{}", Shape(table, "{}", "2019-01-01"));
        Assert.Equal("""{"m":true}""", Shape(table, """{"m":true}""", "2019-01-01"));
    }

    [Fact]
    public void AValueMayBeNull() =>
        Assert.Equal("""{"m":null}""", Shape("""{"m":{"until":"2018-01-01","value":null}}""", "{}", "2018-01-01"));

    [Fact]
    public void EveryItemOfAListIsShaped() => Assert.Equal(
        """{"list":[{"b":{}},{"c":1},7]}""",
        Shape("""{"list[].b.new":{"since":"2020-01-01"}}""", """{"list":[{"b":{"new":1}},{"c":1},7]}""", "2019-01-01"));

    [Fact]
    public void AnotherTypeIsLeftAlone()
    {
        var table = new MemberVersions((JsonObject)JsonText.Parse($$"""{ "{{Type}}": { "m": { "since": "2020-01-01" } } }""")!);
        var resource = (JsonObject)JsonText.Parse("""{"m":1}""")!;
        table.Shape("Microsoft.Test/others", resource, "2019-01-01");
        Assert.Equal("""{"m":1}""", resource.ToJsonString());
        Assert.True(table.Knows("microsoft.test/THINGS"));
    }

    private static string Shape(string members, string resource, string version)
    {
        var table = new MemberVersions((JsonObject)JsonText.Parse($$"""{ "{{Type}}": {{members}} }""")!);
        var node = (JsonObject)JsonText.Parse(resource)!;
        table.Shape(Type, node, version);
        return node.ToJsonString();
    }
}
