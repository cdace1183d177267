using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Storage;

/// <summary>Storage accounts as the provider answers, in the version that the az client speaks.</summary>
public sealed class StorageAccountTests : IDisposable
{
    private const string Version = "2022-09-01";
    private const string Body = """{"sku":{"name":"Standard_LRS"},"kind":"StorageV2","location":"West Europe","properties":{"encryption":{"services":{"blob":{}},"keySource":"Microsoft.Storage"}}}""";

    private readonly SandboxClient _client = new();
    private readonly string _id;

    public StorageAccountTests() => _id = $"{_client.Group()}/providers/Microsoft.Storage/storageAccounts/images01";

    public void Dispose() => _client.Dispose();

    [Fact]
    public void ANewAccountIsAcceptedAndFoundAtItsLocation()
    {
        Answer accepted = _client.Put(_id, Version, Body).ShouldBe(202);

        Assert.Equal("17", accepted.Header("Retry-After"));
        Assert.Null(accepted.Header("Azure-AsyncOperation"));
        string location = accepted.Header("Location")!;
        Assert.Contains("/providers/Microsoft.Storage/locations/westeurope/asyncoperations/", location, StringComparison.Ordinal);
        _client.Send("GET", location).ShouldBe(202);
        _client.Advance(17);
        JsonObject made = _client.Send("GET", location).ShouldBe(200).Json;
        Assert.Equal("images01", (string?)made["name"]);
        Assert.Equal("https://images01.blob.core.windows.net/", (string?)made["properties"]!["primaryEndpoints"]!["blob"]);

        JsonObject account = _client.Get(_id, Version).ShouldBe(200).Json;
        Assert.Equal("Succeeded", (string?)account["properties"]!["provisioningState"]);
        Assert.Equal("https://images01.blob.core.windows.net/", (string?)account["properties"]!["primaryEndpoints"]!["blob"]);
        Assert.Equal("westeurope", (string?)account["location"]);
        Assert.Equal("Standard", (string?)account["sku"]!["tier"]);
        Assert.Equal("Hot", (string?)account["properties"]!["accessTier"]);
    }

    [Fact]
    public void OfOldVersionsTheTypeIsAProperty()
    {
        Create();
        JsonObject account = _client.Get(_id, "2015-06-15").ShouldBe(200).Json;

        Assert.Equal("Standard_LRS", (string?)account["properties"]!["accountType"]);
        Assert.False(account.ContainsKey("sku"));
    }

    [Fact]
    public void KeysAreStableUntilOneIsMadeAnew()
    {
        Create();
        string[] keys = Keys();
        Assert.Equal(64, Convert.FromBase64String(keys[0]).Length);
        Assert.Equal(keys, Keys());

        _client.Post($"{_id}/regenerateKey", Version, """{"keyName":"key1"}""").ShouldBe(200);

        Assert.NotEqual(keys[0], Keys()[0]);
        Assert.Equal(keys[1], Keys()[1]);
        _client.Refused("POST", $"{_id}/regenerateKey", Version, """{"keyName":"key9"}""", 400, "InvalidValuesForRequestParameters");
    }

    [Theory]
    [InlineData("images01", false, "AlreadyExists")]
    [InlineData("Images", false, "AccountNameInvalid")]
    [InlineData("ab", false, "AccountNameInvalid")]
    [InlineData("images02", true, null)]
    public void NamesAreCheckedBeforehand(string name, bool available, string? reason)
    {
        Create();
        string body = $$"""{"name":"{{name}}","type":"Microsoft.Storage/storageAccounts"}""";
        JsonObject answer = _client.Post($"{_client.Subscription}/providers/Microsoft.Storage/checkNameAvailability", Version, body).ShouldBe(200).Json;

        Assert.Equal(available, (bool)answer["nameAvailable"]!);
        Assert.Equal(reason, (string?)answer["reason"]);
    }

    [Fact]
    public void ANameIsUniqueInAllOfAzure()
    {
        Create();
        string elsewhere = $"{_client.Group("other")}/providers/Microsoft.Storage/storageAccounts/images01";
        Answer refused = _client.Refused("PUT", elsewhere, Version, Body, 409, "StorageAccountInAnotherResourceGroup");
        Assert.Equal("The account images01 is already in another resource group in this subscription.", refused.Message);

        string subscription = _client.Sandbox.Subscriptions[1].Id;
        string group = $"/subscriptions/{subscription}/resourceGroups/far";
        _client.Put(group, SandboxClient.ResourcesVersion, """{"location":"westeurope"}""").ShouldBe(201);
        _client.Refused("PUT", $"{group}/providers/Microsoft.Storage/storageAccounts/images01", Version, Body, 409, "StorageAccountAlreadyTaken");
    }

    [Fact]
    public void WrongRequestsChangeNothing()
    {
        _client.Refused("PUT", _id, Version, """{"location":"westeurope","kind":"StorageV2"}""", 400, "InvalidRequestContent");
        _client.Refused("PUT", _id, Version, Body.Replace("Standard_LRS", "Slow_LRS"), 400, "InvalidRequestPropertyValue");
        _client.Refused("PUT", _id.Replace("images01", "Images-01"), Version, Body, 400, "AccountNameInvalid");
        Create();
        _client.Refused("PATCH", _id, Version, """{"sku":{"name":"Premium_LRS"}}""", 409, "StorageAccountPropertyCannotBeUpdated");
    }

    [Fact]
    public void ChangesAndDeletionAnswerAtOnce()
    {
        Create();
        JsonObject changed = _client.Patch(_id, Version, """{"tags":{"a":"1"},"properties":{"allowBlobPublicAccess":true}}""").ShouldBe(200).Json;
        Assert.Equal("1", (string?)changed["tags"]!["a"]);
        Assert.True((bool)changed["properties"]!["allowBlobPublicAccess"]!);

        string container = $"{_id}/blobServices/default/containers/vhds";
        _client.Put(container, Version, "{}").ShouldBe(201);
        _client.Put(container, Version, "{}").ShouldBe(200);
        Assert.Equal("vhds", (string?)_client.Get($"{_id}/blobServices/default/containers", Version).Json["value"]![0]!["name"]);

        _client.Delete(_id, Version).ShouldBe(200);
        _client.Get(_id, Version).ShouldBe(404);
        _client.Get(container, Version).ShouldBe(404);
        _client.Delete(_id, Version).ShouldBe(204);
    }

    private void Create()
    {
        _client.Put(_id, Version, Body).ShouldBe(202);
        _client.Advance(17);
    }

    private string[] Keys() =>
        [.. _client.Post($"{_id}/listKeys", Version).ShouldBe(200).Json["keys"]!.AsArray().Select(key => (string)key!["value"]!)];
}
