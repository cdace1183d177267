using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.SshPublicKeys;

/// <summary>SSH public keys as resources.</summary>
public sealed class SshPublicKeyTests : IDisposable
{
    private const string Version = "2023-07-01";

    private readonly SandboxClient _client = new();
    private readonly string _key;

    public SshPublicKeyTests() => _key = $"{_client.Group()}/providers/Microsoft.Compute/sshPublicKeys/key1";

    [Fact]
    public void AGeneratedPairFitsTogether()
    {
        _client.Put(_key, Version, """{"location":"westeurope"}""").ShouldBe(201);
        JsonObject pair = _client.Post(_key + "/generateKeyPair", Version).ShouldBe(200).Json;
        using var rsa = RSA.Create();
        rsa.ImportFromPem((string)pair["privateKey"]!);
        Assert.Equal(3072, rsa.KeySize);
        byte[] signature = rsa.SignData("hello"u8, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var check = RSA.Create(Read((string)pair["publicKey"]!));
        Assert.True(check.VerifyData("hello"u8, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        JsonObject shown = _client.Get(_key, Version).Json;
        Assert.Equal((string?)pair["publicKey"], (string?)shown["properties"]!["publicKey"]);
        Assert.DoesNotContain("PRIVATE", shown.ToJsonString());
        _client.Refused("POST", _key + "/generateKeyPair", Version, null, 409, "OperationNotAllowed");
    }

    [Fact]
    public void OnlyKeysOfAKnownKindAreTaken()
    {
        string body = """{"location":"westeurope","properties":{"publicKey":"ssh-rsa nothing"}}""";
        Answer refused = _client.Refused("PUT", _key, Version, body, 400, "InvalidParameter");
        Assert.Equal("The value of parameter publicKey is invalid.", refused.Message);
    }

    [Fact]
    public void ListsOfAGroupHaveItInUpperCase()
    {
        _client.Put(_key, Version, """{"location":"westeurope"}""").ShouldBe(201);
        string list = _key.Substring(0, _key.LastIndexOf('/'));
        Assert.Contains("/resourceGroups/IMAGES/", (string)_client.Get(list, Version).Json["value"]![0]!["id"]!);
        _client.Patch(_key, Version, """{"tags":{"a":"b"}}""").ShouldBe(200);
        Assert.Equal("b", (string?)_client.Get(_key, Version).Json["tags"]!["a"]);
        _client.Delete(_key, Version).ShouldBe(200);
        _client.Delete(_key, Version).ShouldBe(204);
    }

    // "ssh-rsa", exponent and modulus, each with its length in front.
    private static RSAParameters Read(string line)
    {
        byte[] blob = Convert.FromBase64String(line.Split(' ')[1]);
        var parts = new List<byte[]>();
        for (int i = 0; i < blob.Length;)
        {
            int length = (blob[i] << 24) | (blob[i + 1] << 16) | (blob[i + 2] << 8) | blob[i + 3];
            parts.Add(blob[(i + 4)..(i + 4 + length)]);
            i += 4 + length;
        }

        Assert.Equal("ssh-rsa", Encoding.ASCII.GetString(parts[0]));
        return new RSAParameters { Exponent = parts[1], Modulus = parts[2][1..] };
    }

    public void Dispose() => _client.Dispose();
}
