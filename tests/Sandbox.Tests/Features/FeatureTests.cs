namespace ImageCmdlets.Sandbox.Tests.Features;

public sealed class FeatureTests : IDisposable
{
    private const string Version = "2021-07-01";

    private readonly SandboxClient _client = new();

    private string Root => $"{_client.Subscription}/providers/Microsoft.Features";

    public void Dispose() => _client.Dispose();

    [Fact]
    public void AFeatureIsRegisteredForASubscription()
    {
        string feature = $"{Root}/providers/Microsoft.Compute/features/EncryptionAtHost";
        Assert.Equal(
            $$$"""{"properties":{"state":"NotRegistered"},"id":"{{{feature}}}","type":"Microsoft.Features/providers/features","name":"Microsoft.Compute/EncryptionAtHost"}""",
            _client.Get(feature, Version).ShouldBe(200).Text);
        _client.Post($"{feature}/register", Version).ShouldBe(200);
        Assert.Equal("Registered", (string?)_client.Get(feature, Version).Json["properties"]!["state"]);
        _client.Post($"{feature}/unregister", Version).ShouldBe(200);
        Assert.Equal("Unregistered", (string?)_client.Get(feature, Version).Json["properties"]!["state"]);
    }

    [Fact]
    public void FeaturesAreListedByProvider()
    {
        int all = _client.Get($"{Root}/features", Version).ShouldBe(200).Json["value"]!.AsArray().Count;
        int compute = _client.Get($"{Root}/providers/Microsoft.Compute/features", Version).ShouldBe(200).Json["value"]!.AsArray().Count;
        Assert.InRange(compute, 1, all - 1);
        _client.Refused("GET", $"{Root}/providers/Microsoft.Compute/features/None", Version, null, 404, "FeatureNotFound");
    }
}
