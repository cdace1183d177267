using System.Text;
using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Tests.Images;
using ImageCmdlets.Engine.Vhds;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Vhds;

/// <summary>A snapshot whose bytes the test has written itself, without the engine, and a folder for files.</summary>
internal sealed class VhdScene : IDisposable
{
    public const int DiskSize = 20 * TestVhd.MiB;
    private const string StorageVersion = "2022-09-01";
    private readonly ImageScene _images;

    private VhdScene(ImageScene images) => _images = images;

    /// <summary>What the snapshot holds: data at the beginning, across two pieces, one page alone, and at the end. It is written by
    /// the MiB, of which five are not empty.</summary>
    public byte[] Bytes { get; } = TestVhd.Make(DiskSize, (0, TestVhd.MiB), (7 * TestVhd.MiB, 2 * TestVhd.MiB), (13 * TestVhd.MiB, 512), (DiskSize - 1024, 1024));

    public string Snapshot { get; private set; } = string.Empty;

    public SandboxSession Sandbox => _images.Sandbox;

    /// <summary>What is around it.</summary>
    public ImageScene Images => _images;

    public string Folder { get; } = Directory.CreateTempSubdirectory("vhd").FullName;

    public string File => Path.Combine(Folder, "golden.vhd");

    /// <summary>Where a blob is to be, when the test wants one.</summary>
    public Uri? Blob { get; set; }

    public ExportVhdOptions ToFile => new() { SourceId = Snapshot, FilePath = File };

    public static async Task<VhdScene> OpenAsync()
    {
        var scene = new VhdScene(await ImageScene.OpenAsync());
        string disk = scene.Sandbox.Id("images", ResourceTypes.Disk, "os");
        await scene.Sandbox.PutAsync(disk, SandboxSession.DiskVersion, $$"""
            {"location":"westeurope","sku":{"name":"Standard_LRS"},"properties":{"osType":"Linux","creationData":{"createOption":"Upload","uploadSizeBytes":{{scene.Bytes.Length}} } } }
            """);
        Uri address = await scene.GrantAsync(disk, "Write");
        for (int offset = 0; offset < scene.Bytes.Length; offset += TestVhd.MiB)
            await scene.PutPagesAsync(address, offset, scene.Bytes[offset..Math.Min(scene.Bytes.Length, offset + TestVhd.MiB)]);
        await scene.PostAsync(disk, "endGetAccess", null);
        scene.Snapshot = await scene._images.SnapshotAsync("golden", disk);
        return scene;
    }

    public async Task<ImageVhd> ExportAsync(ExportVhdOptions options)
    {
        var sink = new RecordingSink();
        await VhdService.ExportAsync(Sandbox.Session, [options], new RunOptions(), sink, TestContext.Current.CancellationToken);
        return (ImageVhd)Assert.Single(sink.Items);
    }

    /// <summary>Asks for an export that fails; nobody has access to the snapshot afterwards.</summary>
    public async Task<ImageCmdletsException> FailAsync(ExportVhdOptions options)
    {
        ImageCmdletsException error = await Assert.ThrowsAsync<ImageCmdletsException>(() => ExportAsync(options));
        Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Unattached", await DiskStateAsync());
        return error;
    }

    /// <summary>What Azure says of the snapshot's access: <c>Unattached</c> when nobody has any.</summary>
    public async Task<string?> DiskStateAsync() => (string?)(await Sandbox.GetAsync(Snapshot, SandboxSession.DiskVersion))!["properties"]!["diskState"];

    /// <summary>A storage account with a container, and the address of a blob in it that may be read and written.</summary>
    public async Task<Uri> BlobAsync(string name)
    {
        string account = Sandbox.Id("images", "Microsoft.Storage/storageAccounts", "vhdstore");
        await Sandbox.PutAsync(account, StorageVersion, """{"location":"westeurope","sku":{"name":"Standard_LRS"},"kind":"StorageV2","properties":{}}""");
        SandboxResponse signed = await Sandbox.SendAsync("POST", $"{account}/ListServiceSas?api-version={StorageVersion}", """
            {"canonicalizedResource":"/blob/vhdstore/vhds","signedResource":"c","signedPermission":"rwc","signedExpiry":"2036-01-01T00:00:00Z"}
            """);
        string token = (string)JsonNode.Parse(signed.Body)!["serviceSasToken"]!;
        await Sandbox.SendAsync("PUT", $"{account}/blobServices/default/containers/vhds?api-version={StorageVersion}", "{}");
        return new Uri($"https://vhdstore.blob.core.windows.net/vhds/{name}?{token}");
    }

    /// <summary>All bytes of a blob.</summary>
    public async Task<byte[]> ReadAsync(Uri address) => (await BlobRequestAsync("GET", address)).Body;

    public Task<SandboxResponse> BlobRequestAsync(string method, Uri address, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        var all = headers.ToDictionary(static header => header.Name, static header => header.Value);
        all["x-ms-version"] = "2021-08-06";
        return Sandbox.Sandbox.SendAsync(new SandboxRequest(method, address, all, body ?? []), TestContext.Current.CancellationToken);
    }

    /// <summary>All bytes of a disk, with the footer, read without the engine.</summary>
    public async Task<byte[]> ReadDiskAsync(string id)
    {
        byte[] bytes = await ReadAsync(await GrantAsync(id, "Read"));
        await PostAsync(id, "endGetAccess", null);
        return bytes;
    }

    public void Dispose()
    {
        _images.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task PutPagesAsync(Uri address, long offset, byte[] bytes)
    {
        if (Array.TrueForAll(bytes, static one => one == 0))
            return;

        SandboxResponse answer = await BlobRequestAsync("PUT", new Uri(address + "&comp=page"), bytes,
            ("x-ms-page-write", "update"), ("x-ms-range", $"bytes={offset}-{offset + bytes.Length - 1}"), ("Content-Length", $"{bytes.Length}"));
        Assert.True(answer.Status == 201, Encoding.UTF8.GetString(answer.Body));
    }

    private async Task<Uri> GrantAsync(string id, string access)
    {
        JsonNode result = await PostAsync(id, "beginGetAccess", $$"""{"access":"{{access}}","durationInSeconds":3600}""");
        return new Uri((string)result["properties"]!["output"]!["accessSAS"]!);
    }

    private async Task<JsonNode> PostAsync(string id, string action, string? body)
    {
        SandboxResponse begun = await Sandbox.SendAsync("POST", $"{id}/{action}?api-version={SandboxSession.DiskVersion}", body);
        Assert.True(begun.Status == 202, Encoding.UTF8.GetString(begun.Body));
        Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        string status = begun.Headers.First(static header => header.Key.Equals("Azure-AsyncOperation", StringComparison.OrdinalIgnoreCase)).Value;
        return JsonNode.Parse((await Sandbox.SendAsync("GET", new Uri(status).PathAndQuery)).Body)!;
    }
}
