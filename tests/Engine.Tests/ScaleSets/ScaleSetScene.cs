using System.Text;
using System.Text.Json.Nodes;
using ImageCmdlets.Engine.ScaleSets;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.ScaleSets;

/// <summary>A sandbox with a group and a network, in which tests make scale sets without the engine.</summary>
internal sealed class ScaleSetScene : IDisposable
{
    private const string Extension = """
        {"extensions":[{"name":"health","properties":{"publisher":"Microsoft.ManagedServices","type":"ApplicationHealthLinux",
         "typeHandlerVersion":"1.0","settings":{"protocol":"http","port":80,"requestPath":"/"}}}]}
        """;

    private ScaleSetScene(SandboxSession sandbox)
    {
        Sandbox = sandbox;
    }

    public SandboxSession Sandbox { get; }

    public RecordingSink Sink { get; } = new();

    public IEnumerable<ImageScaleSet> Sets => Sink.Items.OfType<ImageScaleSet>();

    public static async Task<ScaleSetScene> OpenAsync()
    {
        SandboxSession sandbox = await SandboxSession.OpenAsync();
        await sandbox.GroupAsync("images");
        await sandbox.PutAsync(sandbox.Id("images", ResourceTypes.VirtualNetwork, "net"), "2022-07-01",
            """{"location":"westeurope","properties":{"addressSpace":{"addressPrefixes":["10.0.0.0/16"]},"subnets":[{"name":"default","properties":{"addressPrefix":"10.0.0.0/24"}}]}}""");
        return new ScaleSetScene(sandbox);
    }

    public string Id(string name) => Sandbox.Id("images", ResourceTypes.ScaleSet, name);

    /// <summary>A scale set of Ubuntu by its exact version, made by somebody else.</summary>
    public async Task MakeAsync(string name, bool isFlexible = false, bool isWatched = false)
    {
        JsonNode body = JsonNode.Parse(Body(isFlexible))!;
        if (isWatched)
            body["properties"]!["virtualMachineProfile"]!["extensionProfile"] = JsonNode.Parse(Extension);
        await WriteAsync("PUT", name, body.ToJsonString());
    }

    /// <summary>Changes a set as somebody else; the time that it takes passes.</summary>
    public Task PatchAsync(string name, string body) => WriteAsync("PATCH", name, body);

    public Task GetAsync(ResourceQuery query, bool withInstances) =>
        ScaleSetService.GetAsync(Sandbox.Session, query, withInstances, Sink, TestContext.Current.CancellationToken);

    public void Dispose() => Sandbox.Dispose();

    private async Task WriteAsync(string method, string name, string body)
    {
        SandboxResponse answer = await Sandbox.SendAsync(method, $"{Id(name)}?api-version={SandboxSession.ComputeVersion}", body);
        Assert.True(answer.Status < 300, Encoding.UTF8.GetString(answer.Body));
        Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal("Succeeded", (string?)(await Sandbox.GetAsync(Id(name), SandboxSession.ComputeVersion))!["properties"]!["provisioningState"]);
    }

    private string Body(bool isFlexible) => $$$"""
        {"location":"westeurope","sku":{"name":"Standard_B1s","tier":"Standard","capacity":2},"tags":{"team":"web"},
         "properties":{{{{(isFlexible ? "\"orchestrationMode\":\"Flexible\",\"platformFaultDomainCount\":1" : "\"overprovision\":false,\"upgradePolicy\":{\"mode\":\"Manual\"}")}}},
          "virtualMachineProfile":{
           "storageProfile":{"imageReference":{"publisher":"Canonical","offer":"ubuntu-24_04-lts","sku":"server","version":"latest"},"osDisk":{"createOption":"FromImage","caching":"ReadWrite"}},
           "osProfile":{"computerNamePrefix":"web","adminUsername":"azureuser","adminPassword":"Sandbox-Pass-1"},
           "networkProfile":{"networkApiVersion":"2020-11-01","networkInterfaceConfigurations":[{"name":"nic","properties":{"primary":true,"ipConfigurations":[
            {"name":"ip","properties":{"subnet":{"id":"{{{Sandbox.Id("images", ResourceTypes.VirtualNetwork, "net")}}}/subnets/default"} } }] } }] } } } }
        """;
}
