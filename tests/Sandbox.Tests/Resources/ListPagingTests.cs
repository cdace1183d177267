using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Resources;

/// <summary>Long lists, read page by page to their end.</summary>
public sealed class ListPagingTests : IDisposable
{
    private const int Many = 5000;
    private const string Version = "2023-04-02";
    private const string Body = """{"location":"westeurope","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}""";

    private readonly SandboxClient _client = new();
    private readonly string _group;

    public ListPagingTests() => _group = _client.Group();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("/providers/Microsoft.Compute/disks?api-version=2023-04-02", 50)]
    [InlineData("/resources?api-version=2021-04-01&$top=7", 7)]
    [InlineData("/resources?api-version=2021-04-01&$top=1000", 1000)]
    [InlineData("/resources?api-version=2021-04-01&$top=5000", 1000)]
    [InlineData("/resources?api-version=2021-04-01&$filter=resourceType eq 'Microsoft.Compute/disks'", 50)]
    public void Nothing_is_lost_or_doubled_and_only_the_last_page_is_short(string path, int size)
    {
        MakeDisks();
        string[][] pages = [.. Pages(_client.Subscription + path)];
        Assert.Equal(Enumerable.Range(0, Many).Select(Name), pages.SelectMany(static page => page).Order(StringComparer.Ordinal));
        Assert.All(pages[..^1], page => Assert.Equal(size, page.Length));
        Assert.Equal((Many + size - 1) / size, pages.Length);
    }

    [Theory]
    [InlineData("/providers/Microsoft.Compute/disks?api-version=2023-04-02")]
    [InlineData("/resources?api-version=2021-04-01")]
    public void What_stays_is_listed_once_while_others_come_and_go(string path)
    {
        MakeDisks();
        var seen = new List<string>();
        int page = 0;
        foreach (string[] names in Pages(_client.Subscription + path))
        {
            seen.AddRange(names);
            // Before, at, and behind the place where the next page begins.
            Put(Name(0) + "-new" + page);
            Put(names[^1] + "-new");
            _client.Delete(Disk(names[0]), Version).ShouldBe(202);
            _client.Delete(Disk(names[^1]), Version).ShouldBe(202);
            Put("z" + page++);
            _client.Advance(60);
        }

        Assert.Equal(seen.Count, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(Enumerable.Range(0, Many).Select(Name).Except(seen));
        Assert.Contains("z0", seen);
        Assert.Contains(Name(49) + "-new", seen);
        Assert.DoesNotContain(Name(0) + "-new0", seen);
    }

    [Theory]
    [InlineData("$skiptoken=50", "InvalidSkipTokenInQueryString")]
    [InlineData("$skiptoken=%00", "InvalidSkipTokenInQueryString")]
    [InlineData("$skiptoken=eHl6", "InvalidSkipTokenInQueryString")]
    [InlineData("$top=-1", "InvalidTopInQueryString")]
    [InlineData("$top=0", "InvalidTopInQueryString")]
    [InlineData("$top=many", "InvalidTopInQueryString")]
    [InlineData("$top=99999999999", "InvalidTopInQueryString")]
    public void A_token_that_was_not_given_out_and_a_length_that_is_none_are_refused(string query, string code) =>
        Assert.Equal(code, _client.Send("GET", $"{_client.Subscription}/resources?api-version=2021-04-01&{query}").ShouldBe(400).Code);

    [Fact]
    public void A_token_that_names_another_subscription_leads_nowhere_else()
    {
        Put("a");
        string token = Convert.ToBase64String("/subscriptions/0/resourceGroups/x"u8.ToArray()).TrimEnd('=');
        Assert.Single(Assert.Single(Pages($"{_client.Subscription}/resources?api-version=2021-04-01&$skiptoken={token}")));
        string last = Convert.ToBase64String("/subscriptions/z"u8.ToArray()).TrimEnd('=');
        Assert.Empty(Assert.Single(Pages($"{_client.Subscription}/resources?api-version=2021-04-01&$skiptoken={last}")));
    }

    private IEnumerable<string[]> Pages(string first)
    {
        for (string? address = first; address is not null;)
        {
            JsonObject page = _client.Send("GET", address).ShouldBe(200).Json;
            yield return [.. page["value"]!.AsArray().Select(static item => (string)item!["name"]!)];
            address = (string?)page["nextLink"];
        }
    }

    private void MakeDisks()
    {
        for (int i = 0; i < Many; i++) Put(Name(i));
        _client.Advance(60);
    }

    private void Put(string name) => _client.Put(Disk(name), Version, Body).ShouldBe(202);

    private string Disk(string name) => $"{_group}/providers/Microsoft.Compute/disks/{name}";

    private static string Name(int number) => $"disk{number:0000}";
}
