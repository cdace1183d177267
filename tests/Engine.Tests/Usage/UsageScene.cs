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

    /// <summary>A scale set whose model names what is given.</summary>
    public async Task ScaleSetAsync(string imageId, string name = "web", int capacity = 2, string mode = "Manual", bool isFlexible = false)
    {
        await WriteSetAsync("PUT", name, BodyOf(imageId, capacity, mode, isFlexible));
        Gallery.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal("Succeeded", (string?)(await Gallery.Sandbox.GetAsync(SetId(name), SandboxSession.ComputeVersion))!["properties"]!["provisioningState"]);
    }

    /// <summary>Changes or makes a set as somebody else.</summary>
    public async Task WriteSetAsync(string method, string name, string body)
    {
        SandboxResponse answer = await Gallery.Sandbox.SendAsync(method, $"{SetId(name)}?api-version={SandboxSession.ComputeVersion}", body);
        Assert.True(answer.Status < 300, Encoding.UTF8.GetString(answer.Body));
    }

    public async Task<ImageUsage[]> UsesAsync(bool live, RecordingSink? sink = null, params string[] ids)
    {
        RecordingSink own = sink ?? new RecordingSink();
        await UsageService.GetAsync(Gallery.Sandbox.Session, new GetImageUsageOptions { Id = ids, Live = live }, new RunOptions(), own, TestContext.Current.CancellationToken);
        return [.. own.Items.Cast<ImageUsage>().OrderBy(use => use.Kind).ThenBy(use => use.Id, StringComparer.OrdinalIgnoreCase)];
    }

    public void Dispose() => Gallery.Dispose();

    // Azure upgrades in batches only what a health extension watches.
    private string BodyOf(string imageId, int capacity, string mode, bool isFlexible) => $$$"""
        {"location":"westeurope","sku":{"name":"Standard_B1s","tier":"Standard","capacity":{{{capacity}}}},
         "properties":{{{{(isFlexible ? "\"orchestrationMode\":\"Flexible\",\"platformFaultDomainCount\":1" : "\"overprovision\":false")}}},"upgradePolicy":{"mode":"{{{mode}}}"},"virtualMachineProfile":{
          "storageProfile":{"imageReference":{"id":"{{{imageId}}}"},"osDisk":{"createOption":"FromImage","caching":"ReadWrite"}},
          "osProfile":{"computerNamePrefix":"web","adminUsername":"azureuser","adminPassword":"Sandbox-Pass-1"},
          "extensionProfile":{"extensions":[{"name":"health","properties":{"publisher":"Microsoft.ManagedServices","type":"ApplicationHealthWindows",
           "typeHandlerVersion":"1.0","settings":{"protocol":"http","port":80,"requestPath":"/"} } }]},
          "networkProfile":{"networkApiVersion":"2020-11-01","networkInterfaceConfigurations":[{"name":"nic","properties":{"primary":true,"ipConfigurations":[
           {"name":"ip","properties":{"subnet":{"id":"{{{Gallery.Sandbox.Id("images", ResourceTypes.VirtualNetwork, "net")}}}/subnets/default"} } }] } }] } } } }
        """;
}
