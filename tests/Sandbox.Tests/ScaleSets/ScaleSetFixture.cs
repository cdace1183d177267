using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Tests.Vms;

namespace ImageCmdlets.Sandbox.Tests.ScaleSets;

/// <summary>A sandbox with a group and a network, and requests for scale sets.</summary>
public sealed class ScaleSetFixture : IDisposable
{
    public const string Version = "2023-07-01";

    public ScaleSetFixture()
    {
        Client = new SandboxClient();
        Group = Client.Group();
        string network = $"{Group}/providers/Microsoft.Network/virtualNetworks/vnet";
        Answer answer = Client.Put(network, "2022-01-01", """
            {"location":"westeurope","properties":{"addressSpace":{"addressPrefixes":["10.0.0.0/16"]},
             "subnets":[{"name":"default","properties":{"addressPrefix":"10.0.0.0/20"}}]}}
            """).ShouldBe(201);
        Client.Finish(answer);
        Subnet = network + "/subnets/default";
    }

    public SandboxClient Client { get; }

    public string Group { get; }

    public string Subnet { get; }

    public string Set(string name = "web") => $"{Group}/providers/Microsoft.Compute/virtualMachineScaleSets/{name}";

    public string Instance(int number, string name = "web") => $"{Set(name)}/virtualMachines/{number}";

    /// <summary>A body as clients send it.</summary>
    public JsonObject Body(int capacity = 3, string urn = VmFixture.Linux, string mode = "Manual")
    {
        string[] parts = urn.Split(':');
        var body = (JsonObject)JsonNode.Parse($$$"""
            {
              "location": "westeurope",
              "sku": { "name": "Standard_B1s", "tier": "Standard", "capacity": {{{capacity}}} },
              "properties": {
                "overprovision": false,
                "upgradePolicy": { "mode": "{{{mode}}}" },
                "virtualMachineProfile": {
                  "storageProfile": {
                    "imageReference": { "publisher": "{{{parts[0]}}}", "offer": "{{{parts[1]}}}", "sku": "{{{parts[2]}}}", "version": "{{{parts[3]}}}" },
                    "osDisk": { "createOption": "FromImage", "caching": "ReadWrite" }
                  },
                  "osProfile": { "computerNamePrefix": "web", "adminUsername": "azureuser", "adminPassword": "Sandbox-Pass-1" },
                  "networkProfile": {
                    "networkInterfaceConfigurations": [ { "name": "nic", "properties": { "primary": true, "ipConfigurations": [
                      { "name": "ip", "properties": { "subnet": { "id": "{{{Subnet}}}" } } } ] } } ]
                  }
                }
              }
            }
            """)!;
        return body;
    }

    /// <summary>Adds the extension that watches the application.</summary>
    public static void Watched(JsonObject body) => Profile(body)["extensionProfile"] = JsonNode.Parse("""
        {"extensions":[{"name":"health","properties":{"publisher":"Microsoft.ManagedServices","type":"ApplicationHealthLinux",
         "typeHandlerVersion":"1.0","settings":{"protocol":"http","port":80,"requestPath":"/"}}}]}
        """);

    public static JsonObject Profile(JsonObject body) => body["properties"]!["virtualMachineProfile"]!.AsObject();

    /// <summary>Makes a set and waits for it.</summary>
    public void Create(int capacity = 3, string mode = "Manual", Action<JsonObject>? change = null, string name = "web")
    {
        JsonObject body = Body(capacity, mode: mode);
        change?.Invoke(body);
        Answer answer = Client.Put(Set(name), Version, body.ToJsonString()).ShouldBe(201);
        JsonObject end = Client.Finish(answer);
        Assert.True((string?)end["status"] == "Succeeded", end.ToJsonString());
    }

    /// <summary>Changes the set and waits for the end.</summary>
    public JsonObject Patch(string body, string name = "web") =>
        Client.Finish(Client.Patch(Set(name), Version, body).ShouldBe(200));

    /// <summary>Posts an action on the set and waits for its end.</summary>
    public JsonObject Act(string action, string? body = null, string name = "web") =>
        Client.Finish(Client.Post($"{Set(name)}/{action}", Version, body).ShouldBe(202));

    public JsonObject Get(string name = "web") => Client.Get(Set(name), Version).ShouldBe(200).Json;

    public JsonObject[] Instances(string query = "", string name = "web") =>
        [.. Client.Send("GET", $"{Set(name)}/virtualMachines?api-version={Version}{query}").ShouldBe(200)
            .Json["value"]!.AsArray().Select(i => i!.AsObject())];

    public string[] Numbers(string name = "web") => [.. Instances(name: name).Select(i => (string)i["instanceId"]!)];

    public bool[] Latest() => [.. Instances().Select(i => (bool)i["properties"]!["latestModelApplied"]!)];

    /// <summary>The version of the image that each instance runs.</summary>
    public string[] Images() =>
        [.. Instances().Select(i => (string)i["properties"]!["storageProfile"]!["imageReference"]!["exactVersion"]!)];

    public JsonObject Upgrade() => Client.Get(Set() + "/rollingUpgrades/latest", Version).ShouldBe(200).Json["properties"]!.AsObject();

    public Answer Refused(string method, string path, string? body, int status, string code) =>
        Client.Refused(method, path, Version, body, status, code);

    public void Dispose() => Client.Dispose();
}
