using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Networks;

/// <summary>A group with what the tests of networks need.</summary>
public abstract class NetworkFixture : IDisposable
{
    protected const string Version = "2022-07-01";

    protected NetworkFixture()
    {
        Client = new SandboxClient();
        Group = Client.Group("net", "westus");
    }

    protected SandboxClient Client { get; }

    protected string Group { get; }

    protected string Network => Id("virtualNetworks/vnet");

    protected string Subnet => $"{Network}/subnets/subnet";

    protected string Interface => Id("networkInterfaces/nic");

    protected string PublicAddress => Id("publicIPAddresses/pip");

    protected string SecurityGroup => Id("networkSecurityGroups/nsg");

    protected string Id(string typeAndName) => $"{Group}/providers/Microsoft.Network/{typeAndName}";

    protected Answer PutNetwork(string id) => Client.Put(
        id,
        Version,
        """
        {"location":"westus","properties":{"addressSpace":{"addressPrefixes":["10.0.0.0/16"]},
        "subnets":[{"name":"subnet","properties":{"addressPrefix":"10.0.0.0/24"}}]}}
        """);

    /// <summary>A network whose operation has ended.</summary>
    protected void MakeNetwork() => Finish(PutNetwork(Network).ShouldBe(201));

    protected Answer PutInterface(string id, string more = "", string configuration = "") => Client.Put(
        id,
        Version,
        $$$"""
        {"location":"westus","properties":{"ipConfigurations":[{"name":"ipconfig1","properties":{
        "subnet":{"id":"{{{Subnet}}}"}{{{configuration}}}}}]{{{more}}}}}
        """);

    protected Answer PutPublicAddress(
        string id, string sku = "Standard", string method = "Static", string more = "") => Client.Put(
        id,
        Version,
        $$$"""
        {"location":"westus","sku":{"name":"{{{sku}}}"},"properties":{"publicIPAllocationMethod":"{{{method}}}"{{{more}}}}}
        """);

    protected Answer Show(string id) => Client.Get(id, Version).ShouldBe(200);

    protected static JsonNode Properties(Answer answer) => answer.Json["properties"]!;

    protected void Finish(Answer started) => Assert.Equal("Succeeded", (string?)Client.Finish(started)["status"]);

    public void Dispose()
    {
        Client.Dispose();
        GC.SuppressFinalize(this);
    }
}
