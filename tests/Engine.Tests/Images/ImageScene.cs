using ImageCmdlets.Engine.Images;

namespace ImageCmdlets.Engine.Tests.Images;

/// <summary>A sandbox with a resource group, and disks and snapshots on request.</summary>
internal sealed class ImageScene : IDisposable
{
    private ImageScene(SandboxSession sandbox)
    {
        Sandbox = sandbox;
    }

    public SandboxSession Sandbox { get; }

    public static async Task<ImageScene> OpenAsync()
    {
        var scene = new ImageScene(await SandboxSession.OpenAsync());
        await scene.Sandbox.GroupAsync("images");
        return scene;
    }

    /// <summary>A disk with Windows on it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="generation">V1 or V2.</param>
    /// <param name="sku">Its storage type.</param>
    /// <param name="properties">Further properties, with a comma in front.</param>
    /// <param name="rest">Further members beside the properties, with a comma in front.</param>
    public Task<string> OSDiskAsync(string name, string generation = "V1", string sku = "Premium_LRS", string properties = "", string rest = "") =>
        DiskAsync(name, sku, $$""" "osType":"Windows","hyperVGeneration":"{{generation}}","creationData":{"createOption":"Import","sourceUri":"https://store.blob.core.windows.net/vhds/os.vhd"}{{properties}} """, rest);

    public Task<string> DataDiskAsync(string name, int sizeGB) =>
        DiskAsync(name, "Standard_LRS", $$""" "diskSizeGB":{{sizeGB}},"creationData":{"createOption":"Empty"} """, string.Empty);

    public Task<string> SnapshotAsync(string name, string sourceId, bool incremental = false, int? lun = null) => Sandbox.PutAsync(Sandbox.Id("images", ResourceTypes.Snapshot, name), SandboxSession.DiskVersion,
        $$$"""{"location":"westeurope","tags":{{{{(lun is null ? string.Empty : $"\"imagecmdlets-lun\":\"{lun}\"")}}} },"properties":{"incremental":{{{(incremental ? "true" : "false")}}},"creationData":{"createOption":"Copy","sourceResourceId":"{{{sourceId}}}"} } }""");

    public async Task<CustomImage> CreateAsync(NewImageOptions options)
    {
        var sink = new RecordingSink();
        await ImageService.CreateAsync(Sandbox.Session, [options], new RunOptions(), sink, TestContext.Current.CancellationToken);
        Assert.Empty(sink.Errors);
        return Assert.Single(sink.Items.Cast<CustomImage>());
    }

    /// <summary>Asks for an image that is refused, and makes sure that nothing has changed.</summary>
    public async Task<ImageCmdletsException> RefusedAsync(NewImageOptions options)
    {
        string before = Sandbox.Fingerprint;
        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => CreateAsync(options));
        Assert.Equal(before, Sandbox.Fingerprint);
        return error;
    }

    public void Dispose() => Sandbox.Dispose();

    private Task<string> DiskAsync(string name, string sku, string properties, string rest) => Sandbox.PutAsync(Sandbox.Id("images", ResourceTypes.Disk, name), SandboxSession.DiskVersion,
        $$"""{"location":"westeurope","sku":{"name":"{{sku}}"}{{rest}},"properties":{ {{properties}} } }""");
}
