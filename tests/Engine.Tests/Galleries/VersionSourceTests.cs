using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Tests.Galleries;

/// <summary>Image versions of everything that they can be made of.</summary>
public sealed class VersionSourceTests
{
    [Fact]
    public async Task OfARunningMachineASpecializedOne()
    {
        using GalleryScene scene = await WithMachineAsync();
        NewVersionOptions options = scene.Options() with { DefinitionId = scene.GalleryId + "/images/special", Source = MachineId(scene) };

        ImageVersion version = await scene.CreateAsync(options);

        Assert.Equal((MachineId(scene), "Succeeded"), (version.SourceId, version.ProvisioningState));
        ImageCmdletsException error = await scene.RefusedAsync(options with { DefinitionId = scene.GalleryId + "/images/general" });
        Assert.Equal((ErrorIds.VMNotGeneralized, true), (error.ErrorId, error.RecommendedAction.Contains("Invoke-Generalize", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task OfAGeneralizedMachineAGeneralizedOne()
    {
        using GalleryScene scene = await WithMachineAsync();
        string id = MachineId(scene);
        await scene.Sandbox.SendAsync("POST", $"{id}/deallocate?api-version={SandboxSession.ComputeVersion}");
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(10));
        await scene.Sandbox.SendAsync("POST", $"{id}/generalize?api-version={SandboxSession.ComputeVersion}");

        ImageVersion version = await scene.CreateAsync(scene.Options() with { DefinitionId = scene.GalleryId + "/images/general", Source = id });

        Assert.Equal((id, "Succeeded"), (version.SourceId, version.ProvisioningState));
        Assert.Equal(ErrorIds.OSStateMismatch, (await scene.RefusedAsync(scene.Options() with { DefinitionId = scene.GalleryId + "/images/special", Source = id })).ErrorId);
    }

    [Fact]
    public async Task OfDisksWithTheLunsThatAreWanted()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();

        ImageVersion version = await scene.CreateAsync(scene.Options() with { Source = scene.OSDiskId, DataDiskSource = [scene.DataDiskId + "=7"] });

        Assert.Equal((scene.OSDiskId, 7, scene.DataDiskId), (version.SourceId, Assert.Single(version.DataDisk).Lun!.Value, version.DataDisk[0].SourceId));
    }

    [Fact]
    public async Task OfSnapshots()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        string os = await SnapshotAsync(scene, "os", scene.OSDiskId), data = await SnapshotAsync(scene, "data", scene.DataDiskId);

        ImageVersion version = await scene.CreateAsync(scene.Options() with { Source = os, DataDiskSource = [data] });

        Assert.Equal((os, 0, data), (version.OSDisk!.SourceId, Assert.Single(version.DataDisk).Lun!.Value, version.DataDisk[0].SourceId));
    }

    [Fact]
    public async Task OfAVhd()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        const string blob = "https://store.blob.core.windows.net/vhds/os.vhd";

        ImageCmdletsException missing = await scene.RefusedAsync(scene.Options() with { Source = "https://other.blob.core.windows.net/vhds/os.vhd" });

        Assert.Equal((ErrorIds.VhdNotFound, true), (missing.ErrorId, missing.RecommendedAction.Contains("-StorageAccountId", StringComparison.Ordinal)));
        ImageVersion version = await scene.CreateAsync(scene.Options() with { Source = blob, StorageAccountId = scene.Sandbox.Id("images", ResourceTypes.StorageAccount, "elsewhere") });
        Assert.Equal(blob, version.SourceId);
    }

    [Fact]
    public async Task OfAnotherVersionWhereThatIs()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        await scene.DefinitionAsync("copy");
        string source = await scene.FurnishVersionAsync("1.0.0", regions: """{"name":"westeurope"},{"name":"northeurope"}""");

        ImageVersion version = await scene.CreateAsync(scene.Options() with { DefinitionId = scene.GalleryId + "/images/copy", Source = source, TargetRegion = [new("northeurope"), new("japaneast")] });

        Assert.Equal((source, "northeurope", "Completed"), (version.SourceId, version.Location, version.ReplicationState));
    }

    private static string MachineId(GalleryScene scene) => scene.Sandbox.Id("images", ResourceTypes.VirtualMachine, "vm1");

    private static Task<string> SnapshotAsync(GalleryScene scene, string name, string disk) => scene.Sandbox.PutAsync(scene.Sandbox.Id("images", ResourceTypes.Snapshot, name), SandboxSession.DiskVersion,
        $$$"""{"location":"westeurope","properties":{"incremental":true,"creationData":{"createOption":"Copy","sourceResourceId":"{{{disk}}}"} } }""");

    private static async Task<GalleryScene> WithMachineAsync()
    {
        GalleryScene scene = await GalleryScene.OpenAsync();
        await scene.Sandbox.PutAsync($"{scene.GalleryId}/images/special", GalleryScene.Version, Definition("Specialized"));
        await scene.Sandbox.PutAsync($"{scene.GalleryId}/images/general", GalleryScene.Version, Definition("Generalized"));
        var options = new NewVMOptions { ResourceGroupName = "images", Name = "vm1", Location = "westeurope", Image = "Debian:debian-12:12-gen2:latest" };
        await VMService.NewAsync(scene.Sandbox.Session, [options], new RunOptions(), new RecordingSink(), TestContext.Current.CancellationToken);
        return scene;

        static string Definition(string state) =>
            $$$"""{"location":"westeurope","properties":{"osType":"Linux","osState":"{{{state}}}","hyperVGeneration":"V2","identifier":{"publisher":"p","offer":"o","sku":"{{{state}}}"} } }""";
    }
}
