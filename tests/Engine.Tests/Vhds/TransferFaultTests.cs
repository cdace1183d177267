using ImageCmdlets.Engine.Images;

namespace ImageCmdlets.Engine.Tests.Vhds;

/// <summary>One transient fault at every request of a transfer, one after the other, of Azure Resource Manager or of blobs: the transfer
/// succeeds all the same.</summary>
public sealed class TransferFaultTests
{
    private static readonly RunOptions s_oneByOne = new() { ThrottleLimit = 1 };

    [Theory]
    [MemberData(nameof(TransientFaults.Names), MemberType = typeof(TransientFaults))]
    public async Task AFileIsWhole(string name)
    {
        int struck = await TransientFaults.AtEveryRequestAsync(name, VhdScene.OpenAsync, scene => scene.Sandbox.Sandbox, async scene =>
        {
            await scene.ExportAsync(scene.ToFile);
            scene.Sandbox.Sandbox.ClearFaults();
            Assert.Equal(scene.Bytes, await File.ReadAllBytesAsync(scene.File, TestContext.Current.CancellationToken));
            Assert.Equal("Unattached", await scene.DiskStateAsync());
        });

        Assert.InRange(struck, 8, 40);
    }

    [Theory]
    [MemberData(nameof(TransientFaults.Names), MemberType = typeof(TransientFaults))]
    public async Task AnImageIsThere(string name)
    {
        int struck = await TransientFaults.AtEveryRequestAsync(name, VhdScene.OpenAsync, scene => scene.Sandbox.Sandbox, async scene =>
        {
            await File.WriteAllBytesAsync(scene.File, scene.Bytes, TestContext.Current.CancellationToken);
            var sink = new RecordingSink();
            var options = new NewImageOptions { Source = scene.File, IsFile = true, ResourceGroupName = "images", OSType = "Linux" };
            await ImageService.CreateAsync(scene.Sandbox.Session, [options], s_oneByOne, sink, TestContext.Current.CancellationToken);
            scene.Sandbox.Sandbox.ClearFaults();
            Assert.Equal("Succeeded", Assert.IsType<CustomImage>(Assert.Single(sink.Items)).ProvisioningState);
            Assert.Equal(["os"], await scene.Sandbox.NamesAsync(ResourceTypes.Disk, SandboxSession.DiskVersion));
        });

        Assert.InRange(struck, 12, 60);
    }
}
