using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Marketplace;

/// <summary>The marketplace's lists: bare arrays, and the recorded refusals.</summary>
public sealed class MarketplaceRequestTests : IDisposable
{
    private const string Bitnami = "bitnami/artifacttypes/vmimage/offers/wordpress/skus/6-4/versions";

    private readonly SandboxClient _client = new();

    [Fact]
    public void ListsAreBareArrays()
    {
        Assert.Contains("Canonical", Names(string.Empty));
        Assert.Contains("ubuntu-24_04-lts", Names("Canonical/artifacttypes/vmimage/offers"));
        Assert.Contains("server-arm64", Names("Canonical/artifacttypes/vmimage/offers/ubuntu-24_04-lts/skus"));
    }

    [Fact]
    public void TheLatestIsTheFirstOfTheDescendingOrder()
    {
        Assert.Equal(["1.10.0", "1.2.0", "1.9.0"], Names(Bitnami));
        Assert.Equal(["1.10.0"], Names(Bitnami, "&$top=1&$orderby=name%20desc"));
        Assert.Equal(["1.2.0", "1.9.0", "1.10.0"], Names(Bitnami, "&$orderby=name%20asc"));
        Assert.Equal(["1.9.0"], Names(Bitnami, "&$filter=startswith(name,'1.9')"));
    }

    [Fact]
    public void ExpandShowsTheProperties()
    {
        Assert.Null(List(Bitnami)[0]!["properties"]);
        Assert.Equal("V1", (string?)List(Bitnami, "&$expand=properties")[0]!["properties"]!["hyperVGeneration"]);
    }

    [Theory]
    [InlineData("fooBAR/artifacttypes/vmimage/offers", "Publisher: fooBAR was not found.")]
    [InlineData("Canonical/artifacttypes/vmimage/offers/fooBAR/skus", "Artifact: VMImage was not found.")]
    [InlineData("Canonical/artifacttypes/vmimage/offers/ubuntu-24_04-lts/skus/server/versions/1.0.0", "Artifact: VMImage was not found.")]
    public void WhatIsNotThereIsNotFound(string path, string message)
    {
        Answer answer = _client.Get(Path(path), "2023-07-01").ShouldBe(404);
        Assert.Equal("NotFound", answer.Code);
        Assert.Equal(message, answer.Message);
    }

    [Fact]
    public void TermsAreWrittenBackWithTheSignatureJustRead()
    {
        string id = $"{_client.Subscription}/providers/Microsoft.MarketplaceOrdering/offerTypes/virtualmachine/publishers/kinvolk"
            + "/offers/flatcar-container-linux-free/plans/stable/agreements/current";
        JsonObject terms = _client.Get(id, "2021-01-01").ShouldBe(200).Json;
        terms["properties"]!["accepted"] = true;
        JsonObject forged = terms.DeepClone().AsObject();
        forged["properties"]!["signature"] = "FORGED";
        _client.Refused("PUT", id, "2021-01-01", forged.ToJsonString(), 400, "BadRequest");
        JsonObject accepted = _client.Put(id, "2021-01-01", terms.ToJsonString()).ShouldBe(200).Json;
        Assert.Contains("/offerTypes/Microsoft.MarketplaceOrdering/offertypes/publishers/", (string)accepted["id"]!);
        Assert.True((bool)_client.Get(id, "2021-01-01").Json["properties"]!["accepted"]!);
    }

    private string Path(string path) =>
        $"{_client.Subscription}/providers/Microsoft.Compute/locations/westeurope/publishers/{path}".TrimEnd('/');

    private JsonArray List(string path, string query = "")
    {
        Answer answer = _client.Send("GET", $"{Path(path)}?api-version=2023-07-01{query}").ShouldBe(200);
        return JsonNode.Parse(answer.Text)!.AsArray();
    }

    private string[] Names(string path, string query = "") => [.. List(path, query).Select(i => (string)i!["name"]!)];

    public void Dispose() => _client.Dispose();
}
