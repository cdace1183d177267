namespace ImageCmdlets.Sandbox.Tests.Routing;

public sealed class FrontEndTests : IDisposable
{
    private const string Disks = "2023-04-02";

    private readonly SandboxClient _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public void A_missing_token_is_401()
    {
        _client.Token = null;
        Answer answer = _client.Get(_client.Subscription, "2022-12-01").ShouldBe(401);
        Assert.Equal("AuthenticationFailed", answer.Code);
        Assert.Equal("Authentication failed. The 'Authorization' header is missing.", answer.Message);
        Assert.StartsWith($"Bearer authorization_uri=\"https://login.windows.net/{_client.Sandbox.TenantId}\"", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_expires_in_virtual_time()
    {
        _client.Token = SandboxToken.Create(_client.Sandbox.Clock.GetUtcNow().AddHours(1));
        _client.Get(_client.Subscription, "2022-12-01").ShouldBe(200);
        _client.Advance(3600);
        Answer answer = _client.Get(_client.Subscription, "2022-12-01").ShouldBe(401);
        Assert.Equal("ExpiredAuthenticationToken", answer.Code);
        Assert.Equal("The access token expiry UTC time '1/5/2026 9:00:00 AM' is earlier than current UTC time '1/5/2026 9:00:00 AM'.", answer.Message);
    }

    [Theory]
    [InlineData("GET", "/subscriptions", 400, "MissingApiVersionParameter")]
    [InlineData("GET", "/subscriptions?api-version=1999-01-01", 400, "InvalidApiVersionParameter")]
    [InlineData("GET", "/subscriptions/x?api-version=2022-12-01", 400, "InvalidSubscriptionId")]
    [InlineData("GET", "/subscriptions/10000000-0000-4000-8000-00000000000f?api-version=2022-12-01", 404, "SubscriptionNotFound")]
    [InlineData("GET", "/nonsense?api-version=2022-12-01", 404, "MissingSubscription")]
    [InlineData("GET", "{sub}/providers/Microsoft.Nothing/things?api-version=2022-12-01", 404, "InvalidResourceNamespace")]
    [InlineData("GET", "{sub}/providers/Microsoft.Compute/things?api-version=2022-12-01", 404, "InvalidResourceType")]
    [InlineData("GET", "{sub}/providers/Microsoft.Compute/disks?api-version=1999-01-01", 404, "InvalidResourceType")]
    [InlineData("GET", "{sub}/resourceGroups/none/providers/Microsoft.Compute/disks/d?api-version=2023-04-02", 404, "ResourceGroupNotFound")]
    [InlineData("PUT", "{sub}/resourceGroups/none/providers/Microsoft.Compute/disks/d?api-version=2023-04-02", 404, "ResourceGroupNotFound")]
    [InlineData("DELETE", "{sub}/resourceGroups/none/providers/Microsoft.Compute/disks/d?api-version=2023-04-02", 404, "ResourceGroupNotFound")]
    public void A_wrong_address_is_refused_as_ARM_refuses_it(string method, string path, int status, string code)
    {
        Answer answer = _client.Send(method, path.Replace("{sub}", _client.Subscription)).ShouldBe(status);
        Assert.Equal(code, answer.Code);
        Assert.Equal("gateway", answer.Header("x-ms-failure-cause"));
        Assert.DoesNotContain("\r\n", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_with_an_unknown_version_lists_versions_and_locations()
    {
        string disk = $"{_client.Group()}/providers/Microsoft.Compute/disks/d";
        Answer answer = _client.Refused("PUT", disk, "2016-01-01", """{"location":"westeurope"}""", 400, "NoRegisteredProviderFound");
        Assert.StartsWith("No registered resource provider found for location 'westeurope' and API version '2016-01-01' for type 'disks'. The supported api-versions are '2016-04-30-preview, 2017-03-30, ", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_method_is_405_without_an_envelope()
    {
        string disk = $"{_client.Group()}/providers/Microsoft.Compute/disks/d";
        Answer answer = _client.Post(disk, Disks).ShouldBe(405);
        Assert.Equal("""{"Message":"The requested resource does not support http method 'POST'."}""", answer.Text);
    }

    [Fact]
    public void Segments_fit_in_any_casing_and_doubled_slashes_count_as_one()
    {
        string group = _client.Group();
        Answer answer = _client.Get($"//SUBSCRIPTIONS/{_client.Sandbox.SubscriptionId}//resourcegroups/IMAGES/PROVIDERS/microsoft.compute/DISKS", Disks);
        answer.ShouldBe(200);
        Answer missing = _client.Get(group.Replace("resourceGroups", "RESOURCEGROUPS") + "/providers/microsoft.compute/DISKS/x", Disks).ShouldBe(404);
        Assert.Equal("The Resource 'Microsoft.Compute/disks/x' under resource group 'images' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix", missing.Message);
    }

    [Fact]
    public void An_unregistered_provider_takes_no_writes()
    {
        string disk = $"{_client.Group()}/providers/Microsoft.Compute/disks/d";
        Answer gone = _client.Post($"{_client.Subscription}/providers/microsoft.compute/unregister", "2022-09-01").ShouldBe(200);
        Assert.Equal("Unregistered", (string?)gone.Json["registrationState"]);
        string body = """{"location":"westeurope","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}""";
        _client.Refused("PUT", disk, Disks, body, 409, "MissingSubscriptionRegistration");
        _client.Get($"{_client.Subscription}/providers/Microsoft.Compute/disks", Disks).ShouldBe(200);
        _client.Post($"{_client.Subscription}/providers/Microsoft.Compute/register", "2022-09-01").ShouldBe(200);
        _client.Put(disk, Disks, body).ShouldBe(202);
    }

    [Fact]
    public void Every_answer_carries_the_headers_of_ARM()
    {
        _client.Headers["x-ms-correlation-request-id"] = "7a5ad5a2-7c5f-4f0b-9c7e-000000000001";
        _client.Headers["x-ms-client-request-id"] = "mine";
        _client.Headers["X-MS-Return-Client-Request-Id"] = "true";
        Answer answer = _client.Get(_client.Subscription, "2022-12-01").ShouldBe(200);
        Assert.Equal("7a5ad5a2-7c5f-4f0b-9c7e-000000000001", answer.Header("x-ms-correlation-request-id"));
        Assert.Equal("mine", answer.Header("x-ms-client-request-id"));
        Assert.Equal("WESTEUROPE:20260105T080000Z:7a5ad5a2-7c5f-4f0b-9c7e-000000000001", answer.Header("x-ms-routing-request-id"));
        Assert.Equal("max-age=31536000; includeSubDomains", answer.Header("Strict-Transport-Security"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("no-cache", answer.Header("Cache-Control"));
        Assert.Equal("-1", answer.Header("Expires"));
        Assert.Equal("Mon, 05 Jan 2026 08:00:00 GMT", answer.Header("Date"));
        Assert.Equal($"{answer.Text.Length}", answer.Header("Content-Length"));
        Assert.Equal("249", answer.Header("x-ms-ratelimit-remaining-subscription-reads"));
        Assert.Equal("3749", answer.Header("x-ms-ratelimit-remaining-subscription-global-reads"));
        Assert.Equal("248", _client.Get(_client.Subscription, "2022-12-01").Header("x-ms-ratelimit-remaining-subscription-reads"));
        _client.Advance(10);
        Assert.Equal("249", _client.Get(_client.Subscription, "2022-12-01").Header("x-ms-ratelimit-remaining-subscription-reads"));
    }

    [Fact]
    public void Tenants_subscriptions_locations_and_providers_are_told()
    {
        Assert.Equal(_client.Sandbox.TenantId, (string?)_client.Get("/tenants", "2022-12-01").Json["value"]![0]!["tenantId"]);
        Assert.Equal(
            _client.Sandbox.Subscriptions.Select(static s => s.Id),
            _client.Get("/subscriptions", "2022-12-01").Json["value"]!.AsArray().Select(static s => (string)s!["subscriptionId"]!));
        var locations = _client.Get($"{_client.Subscription}/locations", "2022-12-01").Json["value"]!.AsArray();
        Assert.Equal(40, locations.Count);
        Assert.Equal("northeurope", (string?)locations.Single(static l => (string?)l!["name"] == "westeurope")!["metadata"]!["pairedRegion"]![0]!["name"]);
        Answer compute = _client.Get($"{_client.Subscription}/providers/MICROSOFT.compute", "2022-09-01").ShouldBe(200);
        Assert.Equal("Microsoft.Compute", (string?)compute.Json["namespace"]);
        Assert.Contains(compute.Json["resourceTypes"]!.AsArray(), static t => (string?)t!["resourceType"] == "snapshots");
    }
}
