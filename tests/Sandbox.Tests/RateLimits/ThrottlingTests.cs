using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.RateLimits;

/// <summary>Too many calls, in Azure's own words.</summary>
public sealed class ThrottlingTests : IDisposable
{
    private const string ImagesVersion = "2023-07-01";

    private readonly SandboxClient _client = new(new SandboxOptions { EnforceRateLimits = true });

    public void Dispose() => _client.Dispose();

    [Fact]
    public void TheFrontEndLendsTwoHundredAndFiftyReadsAndGivesBackTwentyFiveASecond()
    {
        for (int i = 249; i >= 0; i--)
            Assert.Equal($"{i}", _client.Get(_client.Subscription, SandboxClient.ResourcesVersion).ShouldBe(200).Header("x-ms-ratelimit-remaining-subscription-reads"));

        Answer refused = _client.Get(_client.Subscription, SandboxClient.ResourcesVersion).ShouldBe(429);
        Assert.Equal("SubscriptionRequestsThrottled", refused.Code);
        Assert.StartsWith($"Number of 'read' requests for subscription '{_client.Sandbox.SubscriptionId}' ", refused.Message);
        Assert.Equal("1", refused.Header("Retry-After"));
        Assert.Equal("gateway", refused.Header("x-ms-failure-cause"));

        _client.Advance(1);
        Assert.Equal("24", _client.Get(_client.Subscription, SandboxClient.ResourcesVersion).ShouldBe(200).Header("x-ms-ratelimit-remaining-subscription-reads"));
        _client.Put($"{_client.Subscription}/resourceGroups/g", SandboxClient.ResourcesVersion, """{"location":"westeurope"}""").ShouldBe(201);
    }

    [Fact]
    public void AProviderRefusesWithTheCodeOfAConflictUntilItsWindowEnds()
    {
        string list = $"{_client.Group()}/providers/Microsoft.Compute/images";
        for (int i = 79; i >= 0; i--)
        {
            Assert.Equal($"Microsoft.Compute/HighCostGetImagesSubscriptionMaximum;{i}",
                _client.Get(list, ImagesVersion).ShouldBe(200).Header("x-ms-ratelimit-remaining-resource"));
        }

        _client.Advance(20);
        Answer refused = _client.Get(list, ImagesVersion).ShouldBe(429);
        Assert.Equal("OperationNotAllowed", refused.Code);
        Assert.Equal("The server rejected the request because too many requests have been received for this subscription.", refused.Message);
        Assert.Equal("40", refused.Header("Retry-After"));
        Assert.Null(refused.Header("x-ms-failure-cause"));
        Assert.Equal("TooManyRequestsReceived", (string?)refused.Json["error"]!["innererror"]!["internalErrorCode"]);
        JsonNode detail = refused.Json["error"]!["details"]![0]!;
        Assert.Equal("TooManyRequests", (string?)detail["code"]);
        JsonNode numbers = JsonNode.Parse((string)detail["message"]!)!;
        Assert.Equal(80, (int)numbers["allowedRequestCount"]!);
        Assert.Equal(81, (int)numbers["measuredRequestCount"]!);

        _client.Advance(40);
        _client.Get(list, ImagesVersion).ShouldBe(200);
    }

    [Fact]
    public void OnDemandOnly()
    {
        _client.Sandbox.EnforceRateLimits = false;
        for (int i = 0; i < 300; i++) _client.Get(_client.Subscription, SandboxClient.ResourcesVersion).ShouldBe(200);
        _client.Sandbox.EnforceRateLimits = true;

        string before = _client.Fingerprint;
        _client.Get(_client.Subscription, SandboxClient.ResourcesVersion).ShouldBe(429);
        Assert.Equal(before, _client.Fingerprint);
    }
}
