using ImageCmdlets.Engine.Vhds;

namespace ImageCmdlets.Engine.Tests.Vhds;

/// <summary>Snapshots as VHD files and as page blobs.</summary>
public sealed class ExportTests
{
    [Fact]
    public async Task TheFileHasTheBytesOfTheDiskAndOnlyDataTravels()
    {
        using VhdScene scene = await VhdScene.OpenAsync();

        ImageVhd made = await scene.ExportAsync(scene.ToFile);

        Assert.Equal(scene.Bytes, await File.ReadAllBytesAsync(scene.File, TestContext.Current.CancellationToken));
        Assert.Equal((scene.Snapshot, scene.File, null), (made.SourceId, made.FilePath, made.Uri));
        Assert.Equal(VhdScene.DiskSize + 512L, made.Length);
        Assert.Equal((5 * TestVhd.MiB) + 512L, made.DataLength);
        Assert.Equal((made.DataLength, 0L), (made.BytesTransferred, made.BytesResumed));
        Assert.Equal(["golden.vhd"], Directory.GetFiles(scene.Folder).Select(Path.GetFileName));
        Assert.Equal("Unattached", await scene.DiskStateAsync());
    }

    [Fact]
    public async Task ABlobHasTheBytesOfTheDisk()
    {
        using VhdScene scene = await VhdScene.OpenAsync();
        Uri address = await scene.BlobAsync("golden.vhd");

        ImageVhd made = await scene.ExportAsync(new ExportVhdOptions { SourceId = scene.Snapshot, DestinationUri = address });

        Assert.Equal(scene.Bytes, await scene.ReadAsync(address));
        Assert.Equal((null, "https://vhdstore.blob.core.windows.net/vhds/golden.vhd"), (made.FilePath, made.Uri!.AbsoluteUri));
        Assert.Equal(made.DataLength, made.BytesTransferred);
        Assert.Equal("Unattached", await scene.DiskStateAsync());
    }

    [Fact]
    public async Task WhatIsThereIsReplacedOnlyByForce()
    {
        using VhdScene scene = await VhdScene.OpenAsync();
        await File.WriteAllTextAsync(scene.File, "mine", TestContext.Current.CancellationToken);
        string before = scene.Sandbox.Fingerprint;

        ImageCmdletsException error = await scene.FailAsync(scene.ToFile);

        Assert.Equal((ErrorIds.FileAlreadyExists, (object)scene.File), (error.ErrorId, error.Target));
        Assert.Equal("mine", await File.ReadAllTextAsync(scene.File, TestContext.Current.CancellationToken));
        Assert.Equal(before, scene.Sandbox.Fingerprint);
        await scene.ExportAsync(scene.ToFile with { Force = true });
        Assert.Equal(scene.Bytes, await File.ReadAllBytesAsync(scene.File, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ABlobThatIsThereIsReplacedOnlyByForce()
    {
        using VhdScene scene = await VhdScene.OpenAsync();
        Uri address = await scene.BlobAsync("golden.vhd");
        var options = new ExportVhdOptions { SourceId = scene.Snapshot, DestinationUri = address };
        await scene.BlobRequestAsync("PUT", address, "mine"u8.ToArray(), ("x-ms-blob-type", "BlockBlob"));

        ImageCmdletsException error = await scene.FailAsync(options);

        Assert.Equal((ErrorIds.ResourceAlreadyExists, "Pass another address, or -Force to replace what is there."), (error.ErrorId, error.RecommendedAction));
        Assert.DoesNotContain("sig=", error.Message + error.Target, StringComparison.Ordinal);
        Assert.Equal("mine"u8.ToArray(), await scene.ReadAsync(address));
        await scene.ExportAsync(options with { Force = true });
        Assert.Equal(scene.Bytes, await scene.ReadAsync(address));
    }

    [Fact]
    public async Task AFolderThatIsNotThereIsRefusedBeforeAnythingIsAsked()
    {
        using VhdScene scene = await VhdScene.OpenAsync();

        ImageCmdletsException error = await scene.FailAsync(scene.ToFile with { FilePath = Path.Combine(scene.Folder, "none", "a.vhd") });

        Assert.Equal(ErrorIds.FileNotWritable, error.ErrorId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AStopRevokesAccessAndTheNextRunGoesOn(bool toFile)
    {
        using VhdScene scene = await VhdScene.OpenAsync();
        Uri address = await scene.BlobAsync("golden.vhd");
        ExportVhdOptions options = toFile ? scene.ToFile : new ExportVhdOptions { SourceId = scene.Snapshot, DestinationUri = address };
        using var stop = new CancellationTokenSource();
        var sink = new RecordingSink { OnProgress = _ => stop.Cancel() };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            VhdService.ExportAsync(scene.Sandbox.Session, [options], new RunOptions { ThrottleLimit = 1 }, sink, stop.Token));
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Unattached", await scene.DiskStateAsync());
        Assert.Empty(sink.Warnings);

        ImageVhd made = await scene.ExportAsync(options);

        Assert.Equal(scene.Bytes, toFile ? await File.ReadAllBytesAsync(scene.File, TestContext.Current.CancellationToken) : await scene.ReadAsync(address));
        Assert.Equal((made.DataLength, true), (made.BytesResumed + made.BytesTransferred, made.BytesResumed > 0));
    }

    [Fact]
    public async Task ASignatureThatEndsOnTheWayIsRenewed()
    {
        using VhdScene scene = await VhdScene.OpenAsync();
        var sink = new RecordingSink { OnProgress = _ => scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(2)) };

        await VhdService.ExportAsync(scene.Sandbox.Session, [scene.ToFile with { AccessDuration = TimeSpan.FromMinutes(1) }], new RunOptions { ThrottleLimit = 1 }, sink, TestContext.Current.CancellationToken);

        Assert.Equal(scene.Bytes, await File.ReadAllBytesAsync(scene.File, TestContext.Current.CancellationToken));
        Assert.Contains(sink.VerboseLines, static line => line.Contains("is asked for again", StringComparison.Ordinal));
        Assert.DoesNotContain(sink.VerboseLines, static line => line.Contains("sig=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatAnotherSnapshotLeftIsNotTakenForItsOwn()
    {
        using VhdScene scene = await VhdScene.OpenAsync();
        await File.WriteAllBytesAsync(scene.File + ".partial", TestVhd.Make(VhdScene.DiskSize, (0, VhdScene.DiskSize)), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(scene.File + ".partial.list", $"imagecmdlets-vhd 1 other {VhdScene.DiskSize + 512}\n0 1048576\n", TestContext.Current.CancellationToken);

        ImageVhd made = await scene.ExportAsync(scene.ToFile);

        Assert.Equal(0, made.BytesResumed);
        Assert.Equal(scene.Bytes, await File.ReadAllBytesAsync(scene.File, TestContext.Current.CancellationToken));
    }
}
