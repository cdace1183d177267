using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.KeyVaults;

public sealed class KeyVaultTests : IDisposable
{
    private const string Version = "2023-02-01";

    private const string Body =
        """{"location":"eastus2","properties":{"tenantId":"54826b22-38d6-4fb2-bad9-b7b93a3e9c5a","sku":{"family":"A","name":"standard"}}}""";

    private readonly SandboxClient _client = new();
    private readonly string _group;

    public KeyVaultTests() => _group = _client.Group("vaults", "eastus2");

    [Fact]
    public void A_vault_is_there_until_it_is_deleted()
    {
        JsonNode made = _client.Put(Id("vault-1"), Version, Body).ShouldBe(200).Json;
        Assert.Equal("https://vault-1.vault.azure.net/", (string?)made["properties"]!["vaultUri"]);
        Assert.Equal("Succeeded", (string?)made["properties"]!["provisioningState"]);
        Assert.Equal(made.ToJsonString(), _client.Get(Id("vault-1"), Version).ShouldBe(200).Json.ToJsonString());
        Assert.Single(_client.Get($"{_client.Subscription}/providers/Microsoft.KeyVault/vaults", Version).Json["value"]!.AsArray());
        string patch = """{"properties":{"enabledForDiskEncryption":true}}""";
        Assert.True((bool?)_client.Patch(Id("vault-1"), Version, patch).ShouldBe(200).Json["properties"]!["enabledForDiskEncryption"]);
        _client.Delete(Id("vault-1"), Version).ShouldBe(200);
        _client.Get(Id("vault-1"), Version).ShouldBe(404);
    }

    [Theory]
    [InlineData("-vault")]
    [InlineData("va")]
    [InlineData("two--hyphens")]
    [InlineData("a23456789012345678901234567890")]
    public void A_bad_name_is_refused(string name) => _client.Refused("PUT", Id(name), Version, Body, 400, "VaultNameNotValid");

    [Fact]
    public void A_name_can_be_taken_once_in_the_world()
    {
        _client.Put(Id("vault-1"), Version, Body).ShouldBe(200);
        string other = $"{_client.Group("others", "eastus2")}/providers/Microsoft.KeyVault/vaults/VAULT-1";
        _client.Refused("PUT", other, Version, Body, 409, "VaultAlreadyExists");
    }

    [Theory]
    [InlineData("""{"location":"eastus2","properties":{"tenantId":"54826b22-38d6-4fb2-bad9-b7b93a3e9c5a"}}""")]
    [InlineData("""{"location":"eastus2","properties":{"tenantId":"nobody","sku":{"family":"A","name":"standard"}}}""")]
    public void Tenant_and_SKU_must_be_there(string body) => _client.Refused("PUT", Id("vault-1"), Version, body, 400, "BadRequest");

    private string Id(string name) => $"{_group}/providers/Microsoft.KeyVault/vaults/{name}";

    public void Dispose() => _client.Dispose();
}
