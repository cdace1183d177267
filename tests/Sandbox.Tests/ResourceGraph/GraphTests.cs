using System.Globalization;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.ResourceGraph;

public sealed class GraphTests : IDisposable
{
    private const string Path = "/providers/Microsoft.ResourceGraph/resources", Version = "2022-10-01", DiskVersion = "2023-04-02";

    private static readonly string[] s_columns =
        ["id", "name", "type", "tenantId", "kind", "location", "resourceGroup", "subscriptionId", "managedBy", "sku", "plan", "properties", "tags", "identity", "zones", "extendedLocation"];

    private readonly SandboxClient _client = new();

    public GraphTests()
    {
        string group = _client.Group("Images");
        foreach ((string name, string location, string owner) in new[] { ("a", "westeurope", "ops"), ("b", "eastus", "web"), ("c", "westeurope", "web") })
        {
            _client.Put($"{group}/providers/Microsoft.Compute/disks/{name}", DiskVersion,
                $$$"""{"location":"{{{location}}}","tags":{"owner":"{{{owner}}}"},"properties":{"diskSizeGB":{{{(name == "b" ? 64 : 32)}}},"creationData":{"createOption":"Empty"} } }""");
        }

        _client.Advance(60);
    }

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("resources | where type =~ 'Microsoft.Compute/disks' | project name | order by name asc", "a b c")]
    [InlineData("Resources | where type == 'microsoft.compute/disks' and properties.diskSizeGB > 32 | project name", "b")]
    [InlineData("where tags['owner'] == 'web' | order by name", "c b")]
    [InlineData("resources | where tags.owner != 'web' and name !in ('c') | project name", "a")]
    [InlineData("resources | where resourceGroup == 'images' | where location startswith 'WEST' or name in~ ('B') | order by location asc, name desc", "b c a")]
    [InlineData("resources | where id endswith '/c' or (name has 'a' and not(isempty(tags.owner))) | order by name asc", "a c")]
    [InlineData("resources | top 2 by properties.diskSizeGB desc | project name", "b a")]
    [InlineData("resources | extend size = toint(properties.diskSizeGB) | where size <= 32 | project-away size | take 1", "a")]
    [InlineData("resources // disks only\n| where isnotnull(properties.diskSizeGB) and isnull(managedBy) | distinct name", "a b c")]
    [InlineData("resourcecontainers | where type =~ 'microsoft.resources/subscriptions/resourceGroups' | project name", "Images")]
    public void AQueryGivesItsRows(string query, string names) =>
        Assert.Equal(names, string.Join(' ', Data(query).Select(row => (string?)row!["name"])));

    [Fact]
    public void ARowHasTheColumnsOfTheTable()
    {
        JsonObject row = Data("resources | where name == 'a'")[0]!.AsObject();

        Assert.Equal(s_columns, row.Select(column => column.Key));
        Assert.Equal($"{_client.Subscription}/resourceGroups/Images/providers/Microsoft.Compute/disks/a", (string?)row["id"]);
        Assert.Equal("microsoft.compute/disks", (string?)row["type"]);
        Assert.Equal("images", (string?)row["resourceGroup"]);
        Assert.Equal(_client.Sandbox.SubscriptionId, (string?)row["subscriptionId"]);
        Assert.Equal("Unattached", (string?)row["properties"]!["diskState"]);
    }

    [Fact]
    public void RowsAreCounted()
    {
        Assert.Equal("""[{"Count":3}]""", Data("resources | where type =~ 'microsoft.compute/disks' | count").ToJsonString());
        Assert.Equal("""[{"location":"eastus","count_":1},{"location":"westeurope","count_":2}]""",
            Data("resources | where type =~ 'microsoft.compute/disks' | summarize count() by location | order by location asc").ToJsonString());
        Assert.Equal("""[{"tags_owner":"web","disks":2}]""",
            Data("resources | summarize disks=count() by tags.owner | where disks > 1 | project tags_owner, disks").ToJsonString());
    }

    [Fact]
    public void ALongAnswerHasPages()
    {
        JsonObject first = Ask("resources | project name | order by name asc", """{"$top":2}""").ShouldBe(200).Json;
        Assert.Equal((3L, 2L, "false"), ((long)first["totalRecords"]!, (long)first["count"]!, (string)first["resultTruncated"]!));
        string token = (string)first["$skipToken"]!;

        JsonObject second = Ask("resources | project name | order by name asc", $$"""{"$skipToken":"{{token}}"}""").ShouldBe(200).Json;
        Assert.Equal("""[{"name":"c"}]""", second["data"]!.ToJsonString());
        Assert.Null(second["$skipToken"]);

        JsonObject limited = Ask("resources | project name | limit 3", """{"$top":2}""").ShouldBe(200).Json;
        Assert.Equal("true", (string?)limited["resultTruncated"]);
        Assert.Null(limited["$skipToken"]);
    }

    [Fact]
    public void AnAnswerCanBeATable()
    {
        JsonObject table = Ask("resources | project name, size = properties.diskSizeGB | order by name asc", """{"resultFormat":"table","$top":1}""").Json["data"]!.AsObject();
        Assert.Equal("""{"columns":[{"name":"name","type":"string"},{"name":"size","type":"integer"}],"rows":[["a",32]]}""", table.ToJsonString());
    }

    [Theory]
    [InlineData("where where", "ParserFailure", "<EOF>")]
    [InlineData("resources | where name == 'a", "ParserFailure", "<EOF>")]
    [InlineData("resources | where name == 'a')", "ParserFailure", ")")]
    [InlineData("resources | where ; name", "ParserFailure", ";")]
    [InlineData("resources | limit many", "ParserFailure", "many")]
    [InlineData("resources | parse id with *", "InvalidQueryLanguage", "parse")]
    [InlineData("resources | where strrep(name, 2) == 'aa'", "InvalidQueryLanguage", "strrep")]
    [InlineData("resources | where diskSize > 1", "UnresolvableColumn", null)]
    [InlineData("resources | project name | where type == 'x'", "UnresolvableColumn", null)]
    public void AWrongQueryIsRefused(string query, string code, string? token)
    {
        Answer answer = _client.Refused("POST", Path, Version, Body(query, "{}"), 400, "BadRequest");
        JsonArray details = answer.Json["error"]!["details"]!.AsArray();
        Assert.Equal(["InvalidQuery", code], details.Select(detail => (string?)detail!["code"]));
        Assert.Equal(token, (string?)details[1]!["token"]);
    }

    [Theory]
    [InlineData("""{"$top":0}""")]
    [InlineData("""{"$top":1001}""")]
    [InlineData("""{"$skip":-1}""")]
    [InlineData("""{"$skipToken":"never given out"}""")]
    public void AWrongOptionIsRefused(string options) => _client.Refused("POST", Path, Version, Body("resources", options), 400, "BadRequest");

    [Fact]
    public void SomebodyElseSeesOnlyWhatItMayRead()
    {
        string somebody = "20000000-0000-4000-8000-00000000000a", disk = $"{_client.Subscription}/resourceGroups/Images/providers/Microsoft.Compute/disks/b";
        _client.Put($"{disk}/providers/Microsoft.Authorization/roleAssignments/30000000-0000-4000-8000-000000000001", "2022-04-01",
            $$$"""{"properties":{"roleDefinitionId":"{{{_client.Subscription}}}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7","principalId":"{{{somebody}}}","principalType":"User"}}""").ShouldBe(201);
        _client.Token = SandboxToken.Create(_client.Sandbox.Clock.GetUtcNow().AddHours(1), somebody, ArmSandbox.Tenant);

        Assert.Equal("""[{"name":"b"}]""", Data("resources | project name").ToJsonString());

        _client.Token = SandboxToken.Create(_client.Sandbox.Clock.GetUtcNow().AddHours(1), "20000000-0000-4000-8000-00000000000b", ArmSandbox.Tenant);
        Answer refusal = _client.Refused("POST", Path, Version, Body("resources", "{}"), 400, "BadRequest");
        Assert.Equal("NoValidSubscriptionsInQueryRequest", (string?)refusal.Json["error"]!["details"]![0]!["code"]);
    }

    [Fact]
    public void MoreThan15QueriesIn5SecondsAreThrottled()
    {
        using var client = new SandboxClient(new SandboxOptions { EnforceRateLimits = true });
        for (int i = 14; i >= 0; i--)
            Assert.Equal(i.ToString(CultureInfo.InvariantCulture), client.Post(Path, Version, Body("resources", "{}")).ShouldBe(200).Header("x-ms-user-quota-remaining"));

        Answer refusal = client.Refused("POST", Path, Version, Body("resources", "{}"), 429, "RateLimiting");
        Assert.Equal("5", refusal.Header("Retry-After"));
        client.Advance(5);
        client.Post(Path, Version, Body("resources", "{}")).ShouldBe(200);
    }

    private JsonArray Data(string query) => Ask(query, "{}").ShouldBe(200).Json["data"]!.AsArray();

    private Answer Ask(string query, string options) => _client.Post(Path, Version, Body(query, options));

    private static string Body(string query, string options) => $$"""{"query":{{JsonValue.Create(query).ToJsonString()}},"options":{{options}}}""";
}
