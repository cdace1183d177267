namespace ImageCmdlets.Sandbox.Tests.Blobs;

/// <summary>Page blobs: what Azure's page on each operation promises.</summary>
public sealed class PageBlobTests : IDisposable
{
    private const string Disk = "/vhds/disk.vhd";
    private const long MiB = 1024 * 1024;

    private readonly BlobFixture _blobs = new BlobFixture().WithContainer();

    public void Dispose() => _blobs.Dispose();

    [Fact]
    public void PagesComeBackAsTheyWereWritten()
    {
        _blobs.CreatePages(Disk, 8 * MiB);
        byte[] bytes = BlobFixture.Noise(70 * 1024, 1);
        BlobReply written = _blobs.PutPages(Disk, 65024, bytes).ShouldBe(201);
        Assert.Equal("0", written.Header("x-ms-blob-sequence-number"));

        BlobReply range = _blobs.Send("GET", Disk, null, ("x-ms-range", $"bytes=65024-{65024 + bytes.Length - 1}")).ShouldBe(206);
        Assert.Equal(bytes, range.Body);
        Assert.Equal($"bytes 65024-{65024 + bytes.Length - 1}/{8 * MiB}", range.Header("Content-Range"));
        byte[] all = _blobs.Send("GET", Disk).ShouldBe(200).Body;
        Assert.Equal(8 * MiB, all.Length);
        Assert.All(all.Take(65024), static b => Assert.Equal(0, b));

        BlobReply head = _blobs.Send("HEAD", Disk).ShouldBe(200);
        Assert.Equal($"{8 * MiB}", head.Header("Content-Length"));
        Assert.Equal("PageBlob", head.Header("x-ms-blob-type"));
        Assert.Equal(written.Header("ETag"), head.Header("ETag"));
        Assert.Empty(head.Body);
    }

    [Fact]
    public void WrittenRangesAreListedAndClearedOnesAreNot()
    {
        _blobs.CreatePages(Disk, 8 * MiB);
        _blobs.PutPages(Disk, 0, BlobFixture.Noise(1024, 1)).ShouldBe(201);
        _blobs.PutPages(Disk, MiB, new byte[512]).ShouldBe(201);
        Assert.Equal(["0-1023", $"{MiB}-{MiB + 511}"], Ranges(Disk));

        _blobs.Send("PUT", $"{Disk}?comp=page", null, ("x-ms-page-write", "clear"), ("x-ms-range", "bytes=512-1023")).ShouldBe(201);

        Assert.Equal(["0-511", $"{MiB}-{MiB + 511}"], Ranges(Disk));
        Assert.Equal(["0-511"], Ranges(Disk, ("x-ms-range", "bytes=0-4095")));
    }

    [Fact]
    public void WrongRangesAreRefused()
    {
        _blobs.CreatePages(Disk, MiB);
        _blobs.PutPages(Disk, MiB, new byte[512]).ShouldBe(416, "InvalidPageRange");
        _blobs.Send("PUT", $"{Disk}?comp=page", new byte[512], ("x-ms-page-write", "update"), ("x-ms-range", "bytes=100-611"))
            .ShouldBe(416, "InvalidPageRange");
        _blobs.Send("GET", Disk, null, ("Range", $"bytes={MiB}-")).ShouldBe(416, "InvalidRange");
        _blobs.Send("PUT", $"{Disk}?comp=page", new byte[512], ("x-ms-page-write", "update")).ShouldBe(400, "MissingRequiredHeader");
        _blobs.Send("PUT", $"{Disk}?comp=page", new byte[512], ("x-ms-page-write", "update"), ("x-ms-range", "bytes=0-1023"))
            .ShouldBe(400, "InvalidHeaderValue");
        _blobs.Send("PUT", Disk, null, ("x-ms-blob-type", "PageBlob"), ("x-ms-blob-content-length", "1000"))
            .ShouldBe(400, "InvalidHeaderValue");
    }

    [Fact]
    public void MissingThingsHaveTheirOwnCodes()
    {
        _blobs.Send("GET", Disk).ShouldBe(404, "BlobNotFound");
        _blobs.Send("GET", "/other/disk.vhd").ShouldBe(404, "ContainerNotFound");
        _blobs.Send("PUT", "/vhds?restype=container").ShouldBe(409, "ContainerAlreadyExists");
        _blobs.Send("PUT", "/Vhds?restype=container").ShouldBe(400, "InvalidResourceName");
        Assert.Throws<SandboxConnectionException>(() => _blobs.Raw("GET", "https://nobody.blob.core.windows.net/vhds/a"));
    }

    [Fact]
    public void ConditionsDecide()
    {
        _blobs.CreatePages(Disk, MiB);
        string tag = _blobs.Send("HEAD", Disk).Header("ETag")!;
        _blobs.Send("GET", Disk, null, ("If-None-Match", tag)).ShouldBe(304, "ConditionNotMet");
        _blobs.Send("GET", Disk, null, ("If-Match", "\"0x1\"")).ShouldBe(412, "ConditionNotMet");
        _blobs.Send("PUT", Disk, null, ("x-ms-blob-type", "PageBlob"), ("x-ms-blob-content-length", "512"), ("If-None-Match", "*"))
            .ShouldBe(409, "BlobAlreadyExists");
        _blobs.PutPages(Disk, 0, new byte[512]).ShouldBe(201);

        Assert.NotEqual(tag, _blobs.Send("HEAD", Disk).Header("ETag"));
        _blobs.Send(
            "PUT", $"{Disk}?comp=page", new byte[512], ("x-ms-page-write", "update"), ("x-ms-range", "bytes=0-511"),
            ("x-ms-if-sequence-number-eq", "5")).ShouldBe(412, "SequenceNumberConditionNotMet");
    }

    [Fact]
    public void ALeaseKeepsOthersOut()
    {
        _blobs.CreatePages(Disk, MiB);
        string lease = _blobs.Send("PUT", $"{Disk}?comp=lease", null, ("x-ms-lease-action", "acquire"), ("x-ms-lease-duration", "15"))
            .ShouldBe(201).Header("x-ms-lease-id")!;
        _blobs.PutPages(Disk, 0, new byte[512]).ShouldBe(412, "LeaseIdMissing");
        _blobs.Send("DELETE", Disk, null, ("x-ms-lease-id", Guid.Empty.ToString())).ShouldBe(412, "LeaseIdMismatchWithBlobOperation");
        _blobs.Send("PUT", $"{Disk}?comp=lease", null, ("x-ms-lease-action", "acquire"), ("x-ms-lease-duration", "-1"))
            .ShouldBe(409, "LeaseAlreadyPresent");
        Assert.Equal("leased", _blobs.Send("HEAD", Disk).Header("x-ms-lease-state"));

        _blobs.Client.Advance(16);
        Assert.Equal("expired", _blobs.Send("HEAD", Disk).Header("x-ms-lease-state"));
        _blobs.Send("PUT", $"{Disk}?comp=lease", null, ("x-ms-lease-action", "renew"), ("x-ms-lease-id", lease)).ShouldBe(200);
        _blobs.Send("DELETE", Disk, null, ("x-ms-lease-id", lease)).ShouldBe(202);
        _blobs.Send("HEAD", Disk).ShouldBe(404, "BlobNotFound");
    }

    [Fact]
    public void TheChecksumIsCompared()
    {
        _blobs.CreatePages(Disk, MiB);
        byte[] bytes = BlobFixture.Noise(512, 3);
        _blobs.Send(
            "PUT", $"{Disk}?comp=page", bytes, ("x-ms-page-write", "update"), ("x-ms-range", "bytes=0-511"),
            ("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==")).ShouldBe(400, "Md5Mismatch");
        Assert.Empty(Ranges(Disk));
    }

    [Fact]
    public void ListsFollowPrefixAndMarker()
    {
        foreach (string name in new[] { "a/1", "a/2", "b" })
            _blobs.Send("PUT", $"/vhds/{name}", BlobFixture.Noise(10, 1), ("x-ms-blob-type", "BlockBlob"), ("x-ms-meta-owner", "me")).ShouldBe(201);
        BlobReply page = _blobs.Send("GET", "/vhds?restype=container&comp=list&prefix=a%2F&maxresults=1&include=metadata").ShouldBe(200);
        Assert.Equal(["a/1"], page.Xml.Descendants("Name").Select(static n => n.Value));
        Assert.Equal("me", page.Xml.Descendants("owner").Single().Value);
        Assert.Equal("a/2", page.Xml.Element("NextMarker")!.Value);

        BlobReply next = _blobs.Send("GET", "/vhds?restype=container&comp=list&prefix=a%2F&marker=a%2F2").ShouldBe(200);
        Assert.Equal(["a/2"], next.Xml.Descendants("Name").Select(static n => n.Value));
        Assert.Equal(["vhds"], _blobs.Send("GET", "/?comp=list").ShouldBe(200).Xml.Descendants("Name").Select(static n => n.Value));
    }

    [Fact]
    public void BlocksBecomeABlobByTheirList()
    {
        _blobs.Send("PUT", "/vhds/log?comp=block&blockid=MDE%3D", BlobFixture.Noise(5, 1)).ShouldBe(201);
        _blobs.Send("PUT", "/vhds/log?comp=block&blockid=MDI%3D", BlobFixture.Noise(7, 2)).ShouldBe(201);
        _blobs.Send("GET", "/vhds/log").ShouldBe(404, "BlobNotFound");
        byte[] list = "<?xml version=\"1.0\"?><BlockList><Latest>MDI=</Latest><Latest>MDE=</Latest></BlockList>"u8.ToArray();
        _blobs.Send("PUT", "/vhds/log?comp=blocklist", list).ShouldBe(201);

        Assert.Equal([.. BlobFixture.Noise(7, 2), .. BlobFixture.Noise(5, 1)], _blobs.Send("GET", "/vhds/log").ShouldBe(200).Body);
    }

    private string[] Ranges(string path, params (string, string)[] headers) =>
        [.. _blobs.Send("GET", $"{path}?comp=pagelist", null, headers).ShouldBe(200).Xml.Elements("PageRange")
            .Select(static range => $"{range.Element("Start")!.Value}-{range.Element("End")!.Value}")];
}
