using System.Text;
using ImageCmdlets.Engine.Tests.Galleries;
using ImageCmdlets.Engine.Usage;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Usage;

/// <summary>A gallery with versions, and a scale set that follows the latest one.</summary>
internal sealed class UsageScene : IDisposable
{
    private UsageScene(GalleryScene gallery)
    {
        Gallery = gallery;
    }

    public GalleryScene Gallery { get; }

    public string ScaleSetId => SetId("web");

    public string SetId(string name) => Gallery.Sandbox.Id("images", ResourceTypes.ScaleSet, name);

    public static async Task<UsageScene> OpenAsync()
    {
        UsageScene scene = await OpenEmptyAsync();
        await scene.Gallery.FurnishVersionAsync("1.0.0");
        return scene;
    }

    /// <summary>The same without a version.</summary>
    public static async Task<UsageScene> OpenEmptyAsync(int seed = 1)
    {
        var scene = new UsageScene(await GalleryScene.OpenAsync(seed));
        await scene.Gallery.Sandbox.PutAsync(scene.Gallery.Sandbox.Id("images", ResourceTypes.VirtualNetwork, "net"), "2022-07-01",
            """{"location":"westeurope","properties":{"addressSpace":{"addressPrefixes":["10.0.0.0/16"]},"subnets":[{"name":"default","properties":{"addressPrefix":"10.0.0.0/24"}}]}}""");
        return scene;
    }

    /// <summary>A uniform scale set of two instances; its model names what is given.</summary>
    public async Task ScaleSetAsync(string imageId, string name = "web")
    {
        SandboxResponse answer = await Gallery.Sandbox.SendAsync("PUT", $"{SetId(name)}?api-version={SandboxSession.ComputeVersion}", BodyOf(imageId));
        Assert.True(answer.Status < 300, Encoding.UTF8.GetString(answer.Body));
        Gallery.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal("Succeeded", (string?)(await Gallery.Sandbox.GetAsync(SetId(name), SandboxSession.ComputeVersion))!["properties"]!["provisioningState"]);
    }

    public async Task<ImageUsage[]> UsesAsync(bool live, RecordingSink? sink = null, params string[] ids)
    {
        RecordingSink own = sink ?? new RecordingSink();
        await UsageService.GetAsync(Gallery.Sandbox.Session, new GetImageUsageOptions { Id = ids, Live = live }, new RunOptions(), own, TestContext.Current.CancellationToken);
        return [.. own.Items.Cast<ImageUsage>().OrderBy(use => use.Kind).ThenBy(use => use.Id, StringComparer.OrdinalIgnoreCase)];
    }

    public void Dispose() => Gallery.Dispose();

    private string BodyOf(string imageId) => $$$"""
        {"location":"westeurope","sku":{"name":"Standard_B1s","tier":"Standard","capacity":2},
         "properties":{"overprovision":false,"upgradePolicy":{"mode":"Manual"},"virtualMachineProfile":{
          "storageProfile":{"imageReference":{"id":"{{{imageId}}}"},"osDisk":{"createOption":"FromImage","caching":"ReadWrite"}},
          "osProfile":{"computerNamePrefix":"web","adminUsername":"azureuser","adminPassword":"Sandbox-Pass-1"},
          "networkProfile":{"networkInterfaceConfigurations":[{"name":"nic","properties":{"primary":true,"ipConfigurations":[
           {"name":"ip","properties":{"subnet":{"id":"{{{Gallery.Sandbox.Id("images", ResourceTypes.VirtualNetwork, "net")}}}/subnets/default"} } }] } }] } } } }
        """;
}
