using System.Text;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Blobs;

/// <summary>Disks hold bytes that tell where they come from: every way of copying one can be proven.</summary>
public sealed class DiskBytesTests : IDisposable
{
    private const string DiskVersion = "2023-04-02";
    private const long MiB = 1024 * 1024;
    private const string Image = "Publishers/Canonical/ArtifactTypes/VMImage/Offers/ubuntu-24_04-lts/Skus/server/Versions";

    private readonly BlobFixture _blobs = new BlobFixture().WithContainer();

    public void Dispose() => _blobs.Dispose();

    [Fact]
    public void ADiskOfAnImageIsSparseAndSaysWhatItIs()
    {
        string sas = Grant(FromImage("a"));
        BlobReply head = _blobs.Raw("HEAD", sas).ShouldBe(200);
        long length = long.Parse(head.Header("Content-Length")!);
        Assert.Equal((30L * 1024 * MiB) + 512, length);
        Assert.Equal("PageBlob", head.Header("x-ms-blob-type"));

        string first = Encoding.ASCII.GetString(Read(sas, 0, 512));
        Assert.StartsWith("ImageCmdlets sandbox disk Canonical:ubuntu-24_04-lts:server:", first);
        Assert.Equal("conectix", Encoding.ASCII.GetString(Read(sas, length - 512, 512), 0, 8));
        long written = Ranges(sas).Sum(static range => range.End - range.Start + 1);
        Assert.InRange(written, MiB, 4 * MiB);
    }

    [Fact]
    public void CopiesOfADiskAreEqualByteByByte()
    {
        string disk = FromImage("a");
        string[] original = Content(disk);
        Assert.NotEqual(original, Content(FromImage("b", "win")));

        string snapshot = Make("snapshots", "s", $$"""{"creationData":{"createOption":"Copy","sourceResourceId":"{{disk}}"},"incremental":true}""");
        Assert.Equal(original, Content(snapshot));
        string far = Make("snapshots", "far", $$"""{"creationData":{"createOption":"CopyStart","sourceResourceId":"{{snapshot}}"},"incremental":true}""", "northeurope");
        _blobs.Client.Advance(3600);
        Assert.Equal(original, Content(far));
        string restored = Make("disks", "c", $$"""{"creationData":{"createOption":"Copy","sourceResourceId":"{{far}}"} }""", "northeurope");
        Assert.Equal(original, Content(restored));
    }

    [Fact]
    public void ASnapshotKeepsWhatTheDiskHadAndTheDifferenceIsTold()
    {
        string disk = Make("disks", "data", """{"creationData":{"createOption":"Empty"},"diskSizeGB":4}""");
        _blobs.Client.Sandbox.WriteDisk(disk, 5 * MiB, BlobFixture.Noise(1024, 7));
        string before = Make("snapshots", "s1", $$"""{"creationData":{"createOption":"Copy","sourceResourceId":"{{disk}}"},"incremental":true}""");
        _blobs.Client.Sandbox.WriteDisk(disk, 9 * MiB, BlobFixture.Noise(512, 8));
        string after = Make("snapshots", "s2", $$"""{"creationData":{"createOption":"Copy","sourceResourceId":"{{disk}}"},"incremental":true}""");

        string first = Grant(before), second = Grant(after);
        Assert.Equal(BlobFixture.Noise(1024, 7), Read(second, 5 * MiB, 1024));
        Assert.All(Read(first, 9 * MiB, 512), static b => Assert.Equal(0, b));
        Assert.Equal([(9 * MiB, (9 * MiB) + 511)], Ranges(second, ("x-ms-previous-snapshot-url", first)));
    }

    [Fact]
    public void AVhdTravelsThroughABlobIntoADiskAndOut()
    {
        string source = FromImage("a");
        string[] original = Content(source);
        string target = $"{_blobs.Root}/vhds/copy.vhd";
        BlobReply started = _blobs.Send("PUT", "/vhds/copy.vhd", null, ("x-ms-copy-source", Grant(source))).ShouldBe(202);
        Assert.Equal("pending", started.Header("x-ms-copy-status"));
        _blobs.Client.Advance(15);
        BlobReply half = _blobs.Send("HEAD", "/vhds/copy.vhd").ShouldBe(200);
        Assert.Equal("pending", half.Header("x-ms-copy-status"));
        long done = long.Parse(half.Header("x-ms-copy-progress")!.Split('/')[0]);
        Assert.InRange(done, MiB, 30L * 1024 * MiB);
        Refused("disks", "early", Import(target), 409, "Conflict");
        Answer machine = _blobs.Client.Refused("PUT", $"{_blobs.Group}/providers/Microsoft.Compute/virtualMachines/early", "2023-07-01", $$$"""
            {"location":"westeurope","properties":{"hardwareProfile":{"vmSize":"Standard_D2s_v5"},"storageProfile":{"osDisk":{"name":"os","osType":"Linux",
            "createOption":"FromImage","image":{"uri":"{{{target}}}"},"vhd":{"uri":"{{{_blobs.Root}}}/vhds/new.vhd"} } },
            "networkProfile":{"networkInterfaces":[{"id":"{{{_blobs.Group}}}/providers/Microsoft.Network/networkInterfaces/nic"}]} } }
            """, 409, "DiskImageNotReady");
        Assert.Equal($"Disk image {target} is in Pending state. Please retry when image is ready.", machine.Message);

        _blobs.Client.Advance(60);
        Assert.Equal("success", _blobs.Send("HEAD", "/vhds/copy.vhd").Header("x-ms-copy-status"));
        string imported = Make("disks", "imported", Import(target));
        Assert.Equal(original, Content(imported));
    }

    [Fact]
    public void ACopyFailsWhenItsSignatureEnds()
    {
        string sas = Grant(FromImage("a"), 20);
        _blobs.Send("PUT", "/vhds/copy.vhd", null, ("x-ms-copy-source", sas)).ShouldBe(202);
        _blobs.Client.Advance(60);

        BlobReply head = _blobs.Send("HEAD", "/vhds/copy.vhd").ShouldBe(200);
        Assert.Equal("failed", head.Header("x-ms-copy-status"));
        Assert.StartsWith("403 ", head.Header("x-ms-copy-status-description"));
        _blobs.Raw("GET", sas).ShouldBe(403, "AuthenticationFailed");
    }

    [Fact]
    public void AnUploadBecomesADiskWhenAccessEnds()
    {
        byte[] content = BlobFixture.Noise((int)MiB, 5);
        string disk = Make("disks", "up", $$"""{"creationData":{"createOption":"Upload","uploadSizeBytes":{{(20 * MiB) + 512}} } }""");
        string sas = Grant(disk, access: "Write");
        Put(sas, 3 * MiB, content);
        Revoke(disk, 400);
        byte[] footer = Read(Grant(FromSize(20)), 20 * MiB, 512);
        Put(sas, 20 * MiB, footer);
        Revoke(disk, 202);

        JsonObject shown = _blobs.Client.Get(disk, DiskVersion).Json;
        Assert.Equal("Unattached", (string?)shown["properties"]!["diskState"]);
        Assert.Equal(20 * MiB, (long)shown["properties"]!["diskSizeBytes"]!);
        Assert.Equal(1, (int)shown["properties"]!["diskSizeGB"]!);
        _blobs.Raw("GET", sas).ShouldBe(403, "AuthenticationFailed");
        string read = Grant(disk);
        Assert.Equal(content, Read(read, 3 * MiB, content.Length));
        Assert.Equal(footer, Read(read, 20 * MiB, 512));
        _blobs.Raw("PUT", $"{read}&comp=page", content, ("x-ms-page-write", "update"), ("x-ms-range", $"bytes=0-{MiB - 1}"))
            .ShouldBe(403, "AuthorizationPermissionMismatch");
    }

    // Put Page From URL: the service reads the other disk itself, and holds what it reads against the hash it is told.
    [Fact]
    public void ADiskIsUploadedFromAnotherWithoutItsBytesPassingBy()
    {
        string source = Make("disks", "data", """{"creationData":{"createOption":"Empty"},"diskSizeGB":1}""");
        byte[] content = BlobFixture.Noise(4096, 9);
        _blobs.Client.Sandbox.WriteDisk(source, 3 * MiB, content);
        string from = Grant(source), to = Grant(Make("disks", "up", $$"""{"creationData":{"createOption":"Upload","uploadSizeBytes":{{(1024 * MiB) + 512}} } }"""), access: "Write");

        string hash = PutFrom(to, from, 3 * MiB, content.Length).ShouldBe(201).Header("Content-MD5")!;
        Assert.Equal(content, Read(to, 3 * MiB, content.Length));
        PutFrom(to, from, 3 * MiB, content.Length, ("x-ms-source-content-md5", hash)).ShouldBe(201);
        PutFrom(to, from, 3 * MiB, content.Length, ("x-ms-source-content-md5", Convert.ToBase64String(new byte[16]))).ShouldBe(400, "Md5Mismatch");
        Revoke(source, 202);
        PutFrom(to, from, 3 * MiB, content.Length).ShouldBe(403, "CannotVerifyCopySource");
    }

    [Fact]
    public void OnlyFixedVhdsOfWholeMiBAreTaken()
    {
        _blobs.CreatePages("/vhds/raw.vhd", 20 * MiB);
        string raw = $"{_blobs.Root}/vhds/raw.vhd";
        Refused("disks", "x", Import(raw), 400, "InvalidVhd", "Disk is expected to have cookie value 'conectix'.");
        Refused("disks", "x", Import(raw.Replace("raw", "none")), 404, "DiskBlobNotFound");
        _blobs.Send("PUT", "/vhds/block.vhd", new byte[1024], ("x-ms-blob-type", "BlockBlob")).ShouldBe(201);
        Refused("disks", "x", Import(raw.Replace("raw", "block")), 400, "BadRequest", "Only blobs formatted as VHDs can be imported.");
        string image = $$$"""
            {"location":"westeurope","properties":{"hyperVGeneration":"V1",
            "storageProfile":{"osDisk":{"osType":"Linux","osState":"Generalized","blobUri":"{{{raw.Replace("raw", "block")}}}"} } } }
            """;
        Assert.Equal(
            $"Disk blobs can only be of type page blob. Blob {_blobs.Root}/vhds/block.vhd for disk 'x' is of type block blob.",
            _blobs.Client.Refused("PUT", $"{_blobs.Group}/providers/Microsoft.Compute/images/x", "2023-07-01", image, 400, "IncorrectImageBlobType").Message);
        Refused("disks", "x", """{"creationData":{"createOption":"Upload","uploadSizeBytes":44716382720}}""", 400, "BadRequest",
            "The upload size in bytes 44716382720 - 512 bytes for the VHD footer (44716382208 in this case) must be a multiple of MiB.");
    }

    private BlobReply PutFrom(string to, string from, long offset, int length, params (string Name, string Value)[] more) => _blobs.Raw("PUT", $"{to}&comp=page", [],
        [("x-ms-page-write", "update"), ("x-ms-range", $"bytes={offset}-{offset + length - 1}"), ("x-ms-copy-source", from), ("x-ms-source-range", $"bytes={offset}-{offset + length - 1}"), .. more]);

    [Fact]
    public void TheStateFileHoldsTheBytes()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using (var first = new BlobFixture(new SandboxOptions { StatePath = path }))
            {
                first.WithContainer().CreatePages("/vhds/a.vhd", MiB);
                first.PutPages("/vhds/a.vhd", 512, BlobFixture.Noise(2048, 4)).ShouldBe(201);
                first.Send("PUT", "/vhds/A.vhd", BlobFixture.Noise(3, 1), ("x-ms-blob-type", "BlockBlob")).ShouldBe(201);
            }

            using var second = new ArmSandbox(new SandboxOptions { StatePath = path });
            SandboxResponse list = Ask(second, $"{_blobs.AccountId}/listKeys?api-version=2022-09-01", "POST");
            Assert.Equal(200, list.Status);
            Assert.Equal(BlobFixture.Noise(2048, 4), second.World.Blobs.Find("images01", "vhds", "a.vhd")!.Content.Read(512, 2048));
            Assert.Equal(3, second.World.Blobs.Find("images01", "vhds", "A.vhd")!.Content.Length);
        }
        finally
        {
            File.Delete(path);
            if (Directory.Exists(path + ".pages")) Directory.Delete(path + ".pages", recursive: true);
        }
    }

    private static SandboxResponse Ask(ArmSandbox sandbox, string path, string method) => sandbox.SendAsync(
        new SandboxRequest(method, new Uri(SandboxClient.Root + path), new Dictionary<string, string> { ["Authorization"] = "Bearer x" }),
        CancellationToken.None).GetAwaiter().GetResult();

    private string FromImage(string name, string system = "ubuntu")
    {
        string image = system == "ubuntu" ? Image : "Publishers/MicrosoftWindowsServer/ArtifactTypes/VMImage/Offers/WindowsServer/Skus/2022-datacenter-core-g2/Versions";
        string versions = $"{_blobs.Client.Subscription}/providers/Microsoft.Compute/locations/westeurope/{image}";
        var list = (JsonArray)JsonNode.Parse(_blobs.Client.Get(versions, "2023-07-01").ShouldBe(200).Text)!;
        return Make("disks", name, $$"""{"creationData":{"createOption":"FromImage","imageReference":{"id":"{{list[0]!["id"]}}"} },"osType":"Linux" }""");
    }

    private string FromSize(int mebibytes)
    {
        // The footer depends on the size alone: that of a blob of the same size will do.
        byte[] footer = Blobs20(mebibytes);
        _blobs.CreatePages("/vhds/model.vhd", (mebibytes * MiB) + 512);
        _blobs.PutPages("/vhds/model.vhd", mebibytes * MiB, footer).ShouldBe(201);
        return Make("disks", "model", Import($"{_blobs.Root}/vhds/model.vhd"));
    }

    private static byte[] Blobs20(int mebibytes) => ImageCmdlets.Sandbox.Blobs.VhdFooter.Of(mebibytes * MiB);

    private static string Import(string uri) => $$"""{"creationData":{"createOption":"Import","sourceUri":"{{uri}}"},"osType":"Linux"}""";

    private string Make(string type, string name, string properties, string location = "westeurope")
    {
        string id = $"{_blobs.Group}/providers/Microsoft.Compute/{type}/{name}";
        Answer started = _blobs.Client.Put(id, DiskVersion, $$"""{"location":"{{location}}","properties":{{properties}} }""").ShouldBe(202);
        Assert.Equal("Succeeded", (string?)_blobs.Client.Finish(started)["status"]);
        return id;
    }

    private void Refused(string type, string name, string properties, int status, string code, string? text = null)
    {
        string id = $"{_blobs.Group}/providers/Microsoft.Compute/{type}/{name}";
        Answer answer = _blobs.Client.Refused("PUT", id, DiskVersion, $$"""{"location":"westeurope","properties":{{properties}} }""", status, code);
        if (text is not null) Assert.EndsWith(text, answer.Message);
    }

    private string Grant(string disk, int seconds = 3600, string access = "Read")
    {
        Answer started = _blobs.Client.Post($"{disk}/beginGetAccess", DiskVersion, $$"""{"access":"{{access}}","durationInSeconds":{{seconds}}}""").ShouldBe(202);
        return (string)_blobs.Client.Finish(started)["properties"]!["output"]!["accessSAS"]!;
    }

    private void Revoke(string disk, int status)
    {
        Answer answer = _blobs.Client.Post($"{disk}/endGetAccess", DiskVersion).ShouldBe(status);
        if (status == 202) _blobs.Client.Finish(answer);
        else Assert.Equal("InvalidVhd", answer.Code);
    }

    private void Put(string sas, long start, byte[] bytes) => _blobs.Raw(
        "PUT", $"{sas}&comp=page", bytes, ("x-ms-page-write", "update"), ("x-ms-range", $"bytes={start}-{start + bytes.Length - 1}")).ShouldBe(201);

    private byte[] Read(string sas, long start, long count) =>
        _blobs.Raw("GET", sas, null, ("x-ms-range", $"bytes={start}-{start + count - 1}")).ShouldBe(206).Body;

    private (long Start, long End)[] Ranges(string sas, params (string, string)[] headers) =>
        [.. _blobs.Raw("GET", $"{sas}&comp=pagelist", null, headers).ShouldBe(200).Xml.Elements("PageRange")
            .Select(static range => (long.Parse(range.Element("Start")!.Value), long.Parse(range.Element("End")!.Value)))];

    // The written ranges and the hashes of what is in them.
    private string[] Content(string disk)
    {
        string sas = Grant(disk);
        return [.. Ranges(sas).Select(range =>
            $"{range.Start}-{range.End} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Read(sas, range.Start, range.End - range.Start + 1)))}")];
    }
}
