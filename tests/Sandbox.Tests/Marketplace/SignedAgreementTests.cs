using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Marketplace;

/// <summary>Terms signed and cancelled, beside terms that are written back accepted.</summary>
public sealed class SignedAgreementTests : IDisposable
{
    private const string Version = "2021-01-01";
    private const string Plan = "/agreements/bitnami/offers/wordpress/plans/6-4";

    private readonly SandboxClient _client = new();

    private string Root => $"/subscriptions/{_client.Sandbox.SubscriptionId}/providers/Microsoft.MarketplaceOrdering";

    public void Dispose() => _client.Dispose();

    [Fact]
    public void A_plan_is_signed_and_cancelled()
    {
        Assert.Equal("Canceled", (string?)Agreement("GET", string.Empty)["state"]);
        JsonNode signed = Agreement("POST", "/sign");
        Assert.Equal(("bitnami", "wordpress", "Active"), ((string?)signed["publisher"], (string?)signed["offer"], (string?)signed["state"]));
        Assert.NotNull(signed["signDate"]);
        JsonNode cancelled = Agreement("POST", "/cancel");
        Assert.Equal("Canceled", (string?)cancelled["state"]);
        Assert.Null(cancelled["signDate"]);
        Assert.NotNull(cancelled["cancelDate"]);
        JsonArray all = _client.Get($"{Root}/agreements", Version).ShouldBe(200).Json["value"]!.AsArray();
        Assert.Equal(["6-4"], all.Select(static one => (string?)one!["name"]));
    }

    [Fact]
    public void Signing_accepts_the_terms_that_machines_need()
    {
        const string current = "/offerTypes/virtualmachine/publishers/bitnami/offers/wordpress/plans/6-4/agreements/current";
        Assert.False((bool)_client.Get(Root + current, Version).ShouldBe(200).Json["properties"]!["accepted"]!);
        Agreement("POST", "/sign");
        Assert.True((bool)_client.Get(Root + current, Version).ShouldBe(200).Json["properties"]!["accepted"]!);
    }

    [Fact]
    public void A_plan_that_nobody_sells_cannot_be_signed() =>
        _client.Refused("POST", $"{Root}/agreements/bitnami/offers/wordpress/plans/none/sign", Version, null, 400, "BadRequest");

    private JsonNode Agreement(string method, string action) =>
        _client.Send(method, $"{Root}{Plan}{action}?api-version={Version}").ShouldBe(200).Json["properties"]!;
}
