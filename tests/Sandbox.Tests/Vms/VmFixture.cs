using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Tests.Vms;

/// <summary>A sandbox with a group and interfaces, and requests for machines.</summary>
public sealed class VmFixture : IDisposable
{
    public const string Version = "2023-07-01";
    public const string Windows = "MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-g2:latest";
    public const string Linux = "Debian:debian-12:12:latest";

    public VmFixture(SandboxOptions? options = null)
    {
        Client = new SandboxClient(options);
        Group = Client.Group();
    }

    public SandboxClient Client { get; }

    public string Group { get; }

    public string Vm(string name = "web01") => $"{Group}/providers/Microsoft.Compute/virtualMachines/{name}";

    /// <summary>Puts an interface where the network service would have put it.</summary>
    public string Nic(string name = "web01VMNic", string location = "westeurope")
    {
        string id = $"{Group}/providers/Microsoft.Network/networkInterfaces/{name}";
        var body = new JsonObject
        {
            ["name"] = name,
            ["id"] = id,
            ["type"] = "Microsoft.Network/networkInterfaces",
            ["location"] = location,
            ["properties"] = new JsonObject { ["provisioningState"] = "Succeeded" },
        };
        Client.Sandbox.World.Store.Put(new ResourceEntry(id, "Microsoft.Network/networkInterfaces", body));
        return id;
    }

    /// <summary>A body as clients send it; the interface is made.</summary>
    public JsonObject Body(string urn, string name = "web01", string size = "Standard_D2s_v5")
    {
        string[] parts = urn.Split(':');
        var reference = new JsonObject
        {
            ["publisher"] = parts[0],
            ["offer"] = parts[1],
            ["sku"] = parts[2],
            ["version"] = parts[3],
        };
        return new JsonObject
        {
            ["location"] = "westeurope",
            ["properties"] = new JsonObject
            {
                ["hardwareProfile"] = new JsonObject { ["vmSize"] = size },
                ["storageProfile"] = new JsonObject { ["imageReference"] = reference },
                ["osProfile"] = new JsonObject
                {
                    ["computerName"] = name,
                    ["adminUsername"] = "azureuser",
                    ["adminPassword"] = "Sandbox-Pass-1",
                },
                ["networkProfile"] = new JsonObject
                {
                    ["networkInterfaces"] = new JsonArray(new JsonObject { ["id"] = Nic($"{name}VMNic") }),
                },
            },
        };
    }

    /// <summary>Makes a machine and waits for it.</summary>
    public string Create(string urn, string name = "web01", Action<JsonObject>? change = null)
    {
        JsonObject body = Body(urn, name);
        change?.Invoke(body);
        Answer answer = Client.Put(Vm(name), Version, body.ToJsonString());
        answer.ShouldBe(201);
        Assert.Equal("Succeeded", (string?)Client.Finish(answer)["status"]);
        return Vm(name);
    }

    /// <summary>Posts an action and waits for its end.</summary>
    public JsonObject Act(string action, string? body = null, string name = "web01")
    {
        Answer answer = Client.Post($"{Vm(name)}/{action}", Version, body);
        answer.ShouldBe(202);
        return Client.Finish(answer);
    }

    /// <summary>Runs a script through the action and returns the messages.</summary>
    public string[] Run(string script, string name = "web01", string command = "RunShellScript")
    {
        var body = new JsonObject { ["commandId"] = command, ["script"] = new JsonArray(
            [.. script.Split('\n').Select(l => (JsonNode)l)]) };
        JsonObject end = Act("runCommand", body.ToJsonString(), name);
        Assert.Equal("Succeeded", (string?)end["status"]);
        return [.. end["properties"]!["output"]!["value"]!.AsArray().Select(v => (string)v!["message"]!)];
    }

    public JsonObject Get(string name = "web01", string expand = "") =>
        Client.Send("GET", $"{Vm(name)}?api-version={Version}{(expand.Length > 0 ? "&$expand=" + expand : string.Empty)}")
            .ShouldBe(200).Json;

    /// <summary>Codes of the machine's statuses, in order.</summary>
    public string[] Codes(string name = "web01") =>
        [.. Get(name, "instanceView")["properties"]!["instanceView"]!["statuses"]!.AsArray().Select(s => (string)s!["code"]!)];

    public void Dispose() => Client.Dispose();
}
