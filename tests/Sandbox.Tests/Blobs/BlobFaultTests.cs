namespace ImageCmdlets.Sandbox.Tests.Blobs;

/// <summary>Faults reach the data plane as well, in its own words.</summary>
public sealed class BlobFaultTests : IDisposable
{
    private const string Disk = "/vhds/disk.vhd";

    private readonly BlobFixture _blobs = new BlobFixture().WithContainer();

    public BlobFaultTests() => _blobs.CreatePages(Disk, 1024 * 1024);

    public void Dispose() => _blobs.Dispose();

    [Fact]
    public void AWriteIsRefusedOrItsAnswerIsLost()
    {
        _blobs.Client.Sandbox.AddFault(new SandboxFault { Operation = "PageBlob_UploadPages", Status = 503, Code = "ServerBusy", Message = "The server is busy." });
        _blobs.Client.Sandbox.AddFault(new SandboxFault
        {
            Operation = "PageBlob_UploadPages", Path = "/images01/vhds/*", Effect = SandboxFaultEffect.ConnectionReset, AfterEffect = true, Skip = 1,
        });
        _blobs.PutPages(Disk, 0, BlobFixture.Noise(512, 1)).ShouldBe(503, "ServerBusy");
        Assert.Throws<SandboxConnectionException>(() => _blobs.PutPages(Disk, 0, BlobFixture.Noise(512, 2)));

        Assert.Equal(BlobFixture.Noise(512, 2), _blobs.Send("GET", Disk, null, ("Range", "bytes=0-511")).Body);
    }

    [Fact]
    public void ASignatureExpiresEarly()
    {
        _blobs.Client.Sandbox.AddFault(new SandboxFault { Operation = "Blob_Download", Effect = SandboxFaultEffect.ExpiredToken });
        string uri = $"{_blobs.Root}{Disk}?{_blobs.Sas(Disk, "r", TimeSpan.FromHours(1))}";
        _blobs.Raw("GET", uri).ShouldBe(403, "AuthenticationFailed");
        _blobs.Raw("GET", uri).ShouldBe(200);
    }

    [Fact]
    public void CopiesStallAndBreak()
    {
        _blobs.Client.Sandbox.AddFault(new SandboxFault { Operation = "Blob_StartCopyFromURL", Effect = SandboxFaultEffect.CopyStall, Delay = TimeSpan.FromHours(1) });
        _blobs.Client.Sandbox.AddFault(new SandboxFault { Operation = "Blob_StartCopyFromURL", Effect = SandboxFaultEffect.CopyFailure, Code = "500", Message = "Lost.", Skip = 1 });
        string source = $"{_blobs.Root}{Disk}";
        _blobs.Send("PUT", "/vhds/slow.vhd", null, ("x-ms-copy-source", source)).ShouldBe(202);
        _blobs.Send("PUT", "/vhds/broken.vhd", null, ("x-ms-copy-source", source)).ShouldBe(202);
        _blobs.Client.Advance(1800);
        Assert.Equal("pending", _blobs.Send("HEAD", "/vhds/slow.vhd").Header("x-ms-copy-status"));
        BlobReply broken = _blobs.Send("HEAD", "/vhds/broken.vhd");
        Assert.Equal("failed", broken.Header("x-ms-copy-status"));
        Assert.Equal("500 \"Lost.\"", broken.Header("x-ms-copy-status-description"));

        _blobs.Client.Advance(1900);
        Assert.Equal("success", _blobs.Send("HEAD", "/vhds/slow.vhd").Header("x-ms-copy-status"));
    }
}
