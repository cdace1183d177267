using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Galleries;

/// <summary>Requests in which one value is of the wrong kind: refused without a change, or taken and still readable.</summary>
public sealed class GalleryHostilityTests : IDisposable
{
    // The specification's watch sees to it that what is taken fits the specification, and so does what is shown of it.
    private const string Version = GalleryFixture.Version;

    private static readonly string[] s_values = ["null", "7", "-1", "\"x\"", "[]", "{}", "true", "[1]", "[{}]", "1e40"];

    private readonly GalleryFixture _fixture = new();
    private int _count;

    private SandboxClient Client => _fixture.Client;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Galleries_bear_it() => Play(
        """{"location":"westeurope","properties":{"description":"d","softDeletePolicy":{"isSoftDeleteEnabled":true},"sharingProfile":{"permissions":"Community","communityGalleryInfo":{"publisherUri":"u","publisherContact":"c","eula":"e","publicNamePrefix":"prefix"}}}}""",
        number => _fixture.Gallery($"g{number}"));

    [Fact]
    public void Definitions_bear_it()
    {
        _fixture.AddGallery();
        Play(
            """{"location":"westeurope","properties":{"osType":"Linux","osState":"Generalized","hyperVGeneration":"V2","architecture":"x64","endOfLifeDate":"2030-01-01T00:00:00Z","description":"d","identifier":{"publisher":"p","offer":"o","sku":"NUMBER"},"recommended":{"vCPUs":{"min":1,"max":2},"memory":{"min":1,"max":2}},"disallowed":{"diskTypes":["a"]},"purchasePlan":{"name":"n","publisher":"p","product":"p"},"features":[{"name":"SecurityType","value":"TrustedLaunch"}]}}""",
            number => _fixture.Definition($"d{number}"));
    }

    [Fact]
    public void Versions_bear_it()
    {
        _fixture.AddVersion();
        string disk = $"{_fixture.Group}/providers/Microsoft.Compute/disks/os", data = _fixture.AddDisk("data", new JsonObject { ["createOption"] = "Empty" }, 10);
        string set = $"{_fixture.Group}/providers/Microsoft.Compute/diskEncryptionSets/des";
        Play(
            $$$"""{"location":"westeurope","properties":{"publishingProfile":{"targetRegions":[{"name":"westeurope","regionalReplicaCount":1,"storageAccountType":"Standard_LRS","excludeFromLatest":false,"encryption":{"osDiskImage":{"diskEncryptionSetId":"{{{set}}}"},"dataDiskImages":[{"lun":0,"diskEncryptionSetId":"{{{set}}}"}]} }],"replicaCount":1,"excludeFromLatest":false,"endOfLifeDate":"2030-01-01T00:00:00Z","storageAccountType":"Standard_LRS","replicationMode":"Full","targetExtendedLocations":[{"name":"x","extendedLocation":{"name":"y","type":"EdgeZone"} }]},"storageProfile":{"osDiskImage":{"hostCaching":"None","source":{"id":"{{{disk}}}"} },"dataDiskImages":[{"lun":0,"hostCaching":"None","source":{"id":"{{{data}}}"} }]},"safetyProfile":{"allowDeletionOfReplicatedLocations":false},"securityProfile":{"uefiSettings":{"signatureTemplateNames":["NoSignatureTemplate"]} } } }""",
            number => _fixture.ImageVersion($"2.0.{number}"));
    }

    private void Play(string valid, Func<int, string> path)
    {
        string[] places = [.. Places(JsonNode.Parse(valid)!)];
        Assert.True(places.Length > 8, "there is nothing to replace");
        foreach (string place in places)
        {
            foreach (string value in s_values) Play(valid, place, value, path(++_count));
        }
    }

    private void Play(string valid, string place, string value, string path)
    {
        JsonNode body = JsonNode.Parse(valid.Replace("NUMBER", $"s{_count}", StringComparison.Ordinal))!;
        Replace(body, place, JsonNode.Parse(value));
        string before = Client.Fingerprint;
        Answer answer = Client.Put(path, Version, body.ToJsonString());
        Assert.True(answer.Status is 201 or (>= 400 and < 500), $"{place} = {value}: {answer.Status} {answer.Text}");
        if (answer.Status == 201)
        {
            _fixture.Finish(answer);
            Client.Get(path, Version).ShouldBe(200);
        }
        else
        {
            Assert.True(before == Client.Fingerprint, $"{place} = {value} was refused and changed something");
        }
    }

    private static IEnumerable<string> Places(JsonNode? node) => node switch
    {
        JsonObject branch => branch.SelectMany(static child => Places(child.Value).Prepend(child.Value!.GetPath())),
        JsonArray items => items.SelectMany(static item => Places(item).Prepend(item!.GetPath())),
        _ => [],
    };

    private static void Replace(JsonNode root, string place, JsonNode? value)
    {
        JsonNode found = Find(root, place)!;
        if (found.Parent is JsonArray items)
            items[found.GetElementIndex()] = value;
        else
            ((JsonObject)found.Parent!)[found.GetPropertyName()] = value;
    }

    private static JsonNode? Find(JsonNode node, string place)
    {
        if (node.GetPath() == place) return node;
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject branch => branch.Select(static child => child.Value),
            JsonArray items => items,
            _ => [],
        };
        return children.OfType<JsonNode>().Select(child => Find(child, place)).FirstOrDefault(static found => found is not null);
    }
}
