using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Tests.Vms;

namespace ImageCmdlets.Sandbox.Tests.Galleries;

/// <summary>A sandbox with a group, and requests for galleries, definitions and versions.</summary>
public sealed class GalleryFixture : IDisposable
{
    public const string Version = "2023-07-03";
    public const string DiskVersion = "2023-04-02";

    public VmFixture Machines { get; } = new();

    public SandboxClient Client => Machines.Client;

    public string Group => Machines.Group;

    public string Gallery(string name = "gal") => $"{Group}/providers/Microsoft.Compute/galleries/{name}";

    public string Definition(string name = "def", string gallery = "gal") => $"{Gallery(gallery)}/images/{name}";

    public string ImageVersion(string name = "1.0.0", string definition = "def") => $"{Definition(definition)}/versions/{name}";

    public void Dispose() => Machines.Dispose();

    public string AddGallery(string name = "gal", string properties = "{}")
    {
        Finish(Client.Put(Gallery(name), Version, $$"""{"location":"westeurope","properties":{{properties}}}""").ShouldBe(201));
        return Gallery(name);
    }

    /// <summary>A definition's body; the gallery is not made.</summary>
    public static JsonObject DefinitionBody(string system = "Linux", string state = "Generalized", string sku = "s", string generation = "V2") => new()
    {
        ["location"] = "westeurope",
        ["properties"] = new JsonObject
        {
            ["osType"] = system,
            ["osState"] = state,
            ["hyperVGeneration"] = generation,
            ["identifier"] = new JsonObject { ["publisher"] = "p", ["offer"] = "o", ["sku"] = sku },
        },
    };

    public string AddDefinition(string name = "def", Action<JsonObject>? change = null)
    {
        JsonObject body = DefinitionBody(sku: name);
        change?.Invoke((JsonObject)body["properties"]!);
        Finish(Client.Put(Definition(name), Version, body.ToJsonString()).ShouldBe(201));
        return Definition(name);
    }

    /// <summary>A disk with a Linux of the marketplace on it, of generation 2.</summary>
    public string AddDisk(string name = "os", string location = "westeurope", string offer = "ubuntu-24_04-lts", string sku = "server")
    {
        string image = $"/Subscriptions/{Client.Sandbox.SubscriptionId}/Providers/Microsoft.Compute/Locations/{location}/Publishers/Canonical/ArtifactTypes/VMImage/Offers/{offer}/Skus/{sku}/Versions/latest";
        var creation = new JsonObject { ["createOption"] = "FromImage", ["imageReference"] = new JsonObject { ["id"] = image } };
        return AddDisk(name, creation, null, location);
    }

    public string AddDisk(string name, JsonObject creation, int? size, string location = "westeurope")
    {
        string id = $"{Group}/providers/Microsoft.Compute/disks/{name}";
        var properties = new JsonObject { ["creationData"] = creation };
        if (size is not null) properties["diskSizeGB"] = size;
        var body = new JsonObject { ["location"] = location, ["properties"] = properties };
        Finish(Client.Put(id, DiskVersion, body.ToJsonString()).ShouldBe(202));
        return id;
    }

    public string AddSnapshot(string name, string disk, string location = "westeurope")
    {
        string id = $"{Group}/providers/Microsoft.Compute/snapshots/{name}";
        string body = $$$"""{"location":"{{{location}}}","properties":{"creationData":{"createOption":"Copy","sourceResourceId":"{{{disk}}}"} } }""";
        Finish(Client.Put(id, DiskVersion, body).ShouldBe(202));
        return id;
    }

    /// <summary>A generalized, deallocated machine of Debian (generation 1), and an image of it.</summary>
    public string AddImage(string name = "img")
    {
        Machines.Create(VmFixture.Linux);
        Machines.Act("deallocate");
        Client.Post($"{Machines.Vm()}/generalize", VmFixture.Version).ShouldBe(200);
        string id = $"{Group}/providers/Microsoft.Compute/images/{name}";
        string body = $$$"""{"location":"westeurope","properties":{"sourceVirtualMachine":{"id":"{{{Machines.Vm()}}}"} } }""";
        Finish(Client.Put(id, "2023-07-01", body).ShouldBe(201));
        return id;
    }

    /// <summary>A version's body with one source for the whole image.</summary>
    public static JsonObject VersionBody(string sourceId, params string[] regions) =>
        VersionBody(new JsonObject { ["source"] = new JsonObject { ["id"] = sourceId } }, regions);

    /// <summary>A version's body whose OS disk comes from a disk or snapshot.</summary>
    public static JsonObject DiskVersionBody(string sourceId, params string[] regions) => VersionBody(
        new JsonObject { ["osDiskImage"] = new JsonObject { ["source"] = new JsonObject { ["id"] = sourceId } } }, regions);

    public static JsonObject VersionBody(JsonObject storage, params string[] regions)
    {
        var properties = new JsonObject { ["storageProfile"] = storage };
        if (regions.Length > 0)
        {
            properties["publishingProfile"] = new JsonObject
            {
                ["targetRegions"] = new JsonArray([.. regions.Select(static region => (JsonNode)new JsonObject { ["name"] = region })]),
            };
        }

        return new JsonObject { ["location"] = "westeurope", ["properties"] = properties };
    }

    /// <summary>Gallery, definition, disk and a finished version of it.</summary>
    public string AddVersion(string name = "1.0.0", params string[] regions)
    {
        if (Client.Get(Gallery(), Version).Status == 404) AddGallery();
        if (Client.Get(Definition(), Version).Status == 404) AddDefinition();
        string disk = $"{Group}/providers/Microsoft.Compute/disks/os";
        if (Client.Get(disk, DiskVersion).Status == 404) AddDisk();
        Put(ImageVersion(name), DiskVersionBody(disk, regions));
        return ImageVersion(name);
    }

    /// <summary>Puts a version and waits until it is made.</summary>
    public void Put(string id, JsonObject body)
    {
        JsonObject end = Finish(Client.Put(id, Version, body.ToJsonString()));
        Assert.Equal("Succeeded", (string?)end["status"]);
    }

    /// <summary>Jumps to the end of the operation that an answer announced; replications take too long to poll for.</summary>
    public JsonObject Finish(Answer started)
    {
        string id = new Uri(started.Header("Azure-AsyncOperation") ?? throw new InvalidOperationException(started.Text)).Segments[^1];
        ArmSandbox sandbox = Client.Sandbox;
        Client.Advance((sandbox.World.Operations.Find(id)!.End - sandbox.Clock.GetUtcNow()).TotalSeconds);
        return Client.Finish(started);
    }

    public JsonObject Read(string id, string version = Version) => Client.Get(id, version).ShouldBe(200).Json;
}
