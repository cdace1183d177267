using ImageCmdlets.Bench.ImageCopyPeer;

namespace ImageCmdlets.SandboxServer.Tests.Az;

/// <summary>The real az image copy, where its extension is installed: what it does is as we say, and what it leaves is known by its marks.</summary>
[Trait("Category", "AzClient")]
public sealed class AzImageCopyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("az-image-copy").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_copies_the_OS_disk_alone_and_all_that_it_leaves_is_found_and_removed()
    {
        Assert.SkipWhen(AzImageCopy.WhyNot is not null, AzImageCopy.WhyNot ?? string.Empty);
        var stage = new Stage(_folder);
        await stage.PrepareAsync();
        World world = stage.NewWorld();

        Outcome copied = await stage.ActAsync(new AzImageCopy(cleanup: false), world, "max");

        Assert.True(copied.Run.ExitCode == 0, copied.Run.Output);
        Assert.Equal(Stage.Regions.Order(StringComparer.Ordinal), copied.Copies.Select(static copy => copy.Split(':')[0]));
        Assert.All(copied.Copies, static copy => Assert.Contains(": 1 disk, V2,", copy, StringComparison.Ordinal));
        Assert.Equal(1 + 3 + 1 + 3, copied.Left.Count); // Its group, accounts, the source's snapshot, and one a region.
        Assert.Equal(["snapshots/golden_os_disk_snapshot"], copied.OpenAccesses);

        using (var server = new PeerServer(world, "max"))
        {
            ToolRun removed = await CopyCustomImage.RunAsync(server, "Get-ImageLeftover AzImageCopy | Remove-ImageLeftover -RevokeAccess -Force; 'done'");
            Assert.Contains("done", removed.Output, StringComparison.Ordinal);
        }

        Picture tidy = await Picture.TakeAsync(world);
        Assert.Equal(copied.Copies, tidy.Copies);
        Assert.Empty(tidy.OpenAccesses);
        Assert.Empty(tidy.Beyond(stage.Before));
    }
}
