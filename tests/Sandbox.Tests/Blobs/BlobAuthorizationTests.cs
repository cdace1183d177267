namespace ImageCmdlets.Sandbox.Tests.Blobs;

/// <summary>Who may read and write blobs, and until when.</summary>
public sealed class BlobAuthorizationTests : IDisposable
{
    private const string Disk = "/vhds/disk.vhd";

    private readonly BlobFixture _blobs = new BlobFixture().WithContainer();

    public BlobAuthorizationTests() => _blobs.CreatePages(Disk, 1024);

    public void Dispose() => _blobs.Dispose();

    [Fact]
    public void ASignatureAllowsWhatItSaysForAsLongAsItSays()
    {
        string uri = $"{_blobs.Root}{Disk}?{_blobs.Sas(Disk, "r", TimeSpan.FromMinutes(10))}";
        _blobs.Raw("GET", uri).ShouldBe(200);
        _blobs.Raw("DELETE", uri).ShouldBe(403, "AuthorizationPermissionMismatch");
        _blobs.Raw("GET", uri.Replace("disk.vhd", "other.vhd")).ShouldBe(403, "AuthenticationFailed");

        _blobs.Client.Advance(600);
        BlobReply expired = _blobs.Raw("GET", uri).ShouldBe(403, "AuthenticationFailed");
        Assert.StartsWith("Signature not valid in the specified time frame: ", expired.Xml.Element("AuthenticationErrorDetail")!.Value);
    }

    [Fact]
    public void ASignatureOfTheContainerCoversItsBlobs()
    {
        string sas = _blobs.Sas("/vhds", "rl", TimeSpan.FromMinutes(10), "c");
        _blobs.Raw("GET", $"{_blobs.Root}{Disk}?{sas}").ShouldBe(200);
        _blobs.Raw("GET", $"{_blobs.Root}/vhds?restype=container&comp=list&{sas}").ShouldBe(200);
        _blobs.Raw("DELETE", $"{_blobs.Root}/vhds?restype=container&{sas}").ShouldBe(403, "AuthorizationFailure");
    }

    [Fact]
    public void TheProviderSignsForWhoeverHasNoKey()
    {
        string expiry = _blobs.Now.AddHours(1).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        string body = $$"""{"signedServices":"b","signedResourceTypes":"o","signedPermission":"r","signedExpiry":"{{expiry}}"}""";
        string token = (string)_blobs.Client.Post($"{_blobs.AccountId}/ListAccountSas", BlobFixture.StorageVersion, body).ShouldBe(200).Json["accountSasToken"]!;

        _blobs.Raw("GET", $"{_blobs.Root}{Disk}?{token}").ShouldBe(200);
        _blobs.Raw("PUT", $"{_blobs.Root}/new?restype=container&{token}").ShouldBe(403, "AuthorizationResourceTypeMismatch");
        _blobs.Raw("DELETE", $"{_blobs.Root}{Disk}?{token}").ShouldBe(403, "AuthorizationPermissionMismatch");
    }

    [Fact]
    public void ANewKeyEndsWhatTheOldOneSigned()
    {
        string uri = $"{_blobs.Root}{Disk}?{_blobs.Sas(Disk, "r", TimeSpan.FromMinutes(10))}";
        _blobs.Client.Post($"{_blobs.AccountId}/regenerateKey", BlobFixture.StorageVersion, """{"keyName":"key1"}""").ShouldBe(200);

        _blobs.Raw("GET", uri).ShouldBe(403, "AuthenticationFailed");
        _blobs.Send("GET", Disk).ShouldBe(403, "AuthenticationFailed");
    }

    [Fact]
    public void StrangersSeeWhatIsPublic()
    {
        _blobs.Raw("GET", _blobs.Root + Disk).ShouldBe(409, "PublicAccessNotPermitted");
        _blobs.Client.Patch(_blobs.AccountId, BlobFixture.StorageVersion, """{"properties":{"allowBlobPublicAccess":true}}""").ShouldBe(200);
        _blobs.Raw("GET", _blobs.Root + Disk).ShouldBe(404, "ResourceNotFound");
        _blobs.Client.Put($"{_blobs.AccountId}/blobServices/default/containers/vhds", BlobFixture.StorageVersion, """{"properties":{"publicAccess":"Blob"}}""").ShouldBe(200);

        _blobs.Raw("GET", _blobs.Root + Disk).ShouldBe(200);
        _blobs.Raw("DELETE", _blobs.Root + Disk).ShouldBe(404, "ResourceNotFound");
    }

    [Fact]
    public void OnLoopbackTheAccountIsTheFirstPartOfThePath()
    {
        _blobs.Root = "https://127.0.0.1:8443/images01";
        _blobs.Send("HEAD", Disk).ShouldBe(200);
        Answer account = _blobs.Client.Send("GET", $"https://127.0.0.1:8443{_blobs.AccountId}?api-version={BlobFixture.StorageVersion}");

        Assert.Equal("https://127.0.0.1:8443/images01/", (string?)account.Json["properties"]!["primaryEndpoints"]!["blob"]);
    }
}
