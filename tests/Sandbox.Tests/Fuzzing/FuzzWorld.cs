using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Tests.Fuzzing;

/// <summary>A sandbox with at least one resource of many types, whose bodies are the good documents that are spoiled.</summary>
internal sealed class FuzzWorld : IDisposable
{
    /// <summary>A storage account with a container, <c>box</c>, a page blob and a block blob.</summary>
    public const string Account = "fuzzaccount";

    private const string Compute = "2023-07-01";
    private const string Disks = "2023-04-02";
    private const string Galleries = "2022-03-03";
    private const string Network = "2022-07-01";
    private const string Policies = "2021-06-01";

    public FuzzWorld(SandboxOptions? options = null)
    {
        Client = new SandboxClient(options);
        string group = Client.Group("rg");
        Make($"{group}/providers/Microsoft.Network/virtualNetworks/net", Network,
            """{"location":"westeurope","properties":{"addressSpace":{"addressPrefixes":["10.0.0.0/16"]},"subnets":[{"name":"sub","properties":{"addressPrefix":"10.0.0.0/24"}}]}}""");
        Make($"{group}/providers/Microsoft.Network/publicIPAddresses/ip", Network, """{"location":"westeurope","sku":{"name":"Standard"},"properties":{"publicIPAllocationMethod":"Static"}}""");
        Make($"{group}/providers/Microsoft.Network/networkSecurityGroups/guard", Network, """{"location":"westeurope"}""");
        Make($"{group}/providers/Microsoft.Network/networkInterfaces/nic", Network,
            """{"location":"westeurope","properties":{"ipConfigurations":[{"name":"one","properties":{"subnet":{"id":"GROUP/providers/Microsoft.Network/virtualNetworks/net/subnets/sub"}}}]}}""");
        Make($"{group}/providers/Microsoft.Compute/virtualMachines/vm", Compute,
            """
            {"location":"westeurope","properties":{"hardwareProfile":{"vmSize":"Standard_D2s_v5"},"storageProfile":{"imageReference":{"publisher":"Canonical",
            "offer":"ubuntu-24_04-lts","sku":"server","version":"latest"}},"osProfile":{"computerName":"vm","adminUsername":"azureuser","adminPassword":"Pa55word-of-a-test"},
            "networkProfile":{"networkInterfaces":[{"id":"GROUP/providers/Microsoft.Network/networkInterfaces/nic"}]}}}
            """);
        Make($"{group}/providers/Microsoft.Compute/disks/disk", Disks, """{"location":"westeurope","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}""");
        Make($"{group}/providers/Microsoft.Compute/snapshots/snap", Disks,
            """{"location":"westeurope","properties":{"incremental":true,"creationData":{"createOption":"Copy","sourceResourceId":"GROUP/providers/Microsoft.Compute/disks/disk"}}}""");
        Make($"{group}/providers/Microsoft.Compute/images/image", Compute,
            """{"location":"westeurope","properties":{"hyperVGeneration":"V2","storageProfile":{"osDisk":{"osType":"Linux","osState":"Generalized","snapshot":{"id":"GROUP/providers/Microsoft.Compute/snapshots/snap"}}}}}""");
        Make($"{group}/providers/Microsoft.Compute/galleries/gallery", Galleries, """{"location":"westeurope"}""");
        Make($"{group}/providers/Microsoft.Compute/galleries/gallery/images/definition", Galleries,
            """{"location":"westeurope","properties":{"osType":"Linux","osState":"Generalized","hyperVGeneration":"V2","identifier":{"publisher":"p","offer":"o","sku":"s"}}}""");
        Make($"{group}/providers/Microsoft.Compute/galleries/gallery/images/definition/versions/1.0.0", Galleries,
            """{"location":"westeurope","properties":{"storageProfile":{"source":{"id":"GROUP/providers/Microsoft.Compute/images/image"}}}}""");
        Make($"{group}/providers/Microsoft.Storage/storageAccounts/{Account}", "2022-09-01",
            """{"location":"westeurope","sku":{"name":"Standard_LRS"},"kind":"StorageV2"}""");
        string policy = $"{Client.Subscription}/providers/Microsoft.Authorization/policyDefinitions/names";
        Client.Put(policy, Policies, """{"properties":{"mode":"All","policyRule":{"if":{"allOf":[{"field":"name","like":"no-*"},{"not":{"field":"location","in":["eastus"]}}]},"then":{"effect":"deny"}}}}""").ShouldBe(201);
        Client.Put($"{group}/providers/Microsoft.Authorization/policyAssignments/keep", Policies, $$$"""{"properties":{"policyDefinitionId":"{{{policy}}}"} }""").ShouldBe(201);
        Client.Put($"{group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id", "2023-01-31", """{"location":"westeurope"}""").ShouldBe(201);
        Blob("/box?restype=container", "x-ms-meta-a", "b");
        Blob("/box/page", "x-ms-blob-type", "PageBlob");
        Blob("/box/block", "x-ms-blob-type", "BlockBlob");
        Good = [.. Client.Sandbox.World.Store.All.Where(static entry => entry.Body.ContainsKey("id"))];
    }

    public SandboxClient Client { get; }

    /// <summary>What is there at first.</summary>
    public IReadOnlyList<ResourceEntry> Good { get; }

    public void Dispose() => Client.Dispose();

    private void Blob(string path, string header, string value)
    {
        var headers = new Dictionary<string, string> { ["Authorization"] = "Bearer sandbox-token", ["x-ms-version"] = "2021-08-06", [header] = value };
        if (value == "PageBlob") headers["x-ms-blob-content-length"] = "4096";
        var request = new SandboxRequest("PUT", new Uri($"https://{Account}.blob.core.windows.net{path}"), headers, []);
        new Answer(Client.Sandbox.SendAsync(request, CancellationToken.None).GetAwaiter().GetResult()).ShouldBe(201);
    }

    private void Make(string id, string version, string body)
    {
        Answer answer = Client.Put(id, version, body.Replace("GROUP", id[..id.IndexOf("/providers/", StringComparison.Ordinal)], StringComparison.Ordinal));
        Assert.True(answer.Status < 300, answer.Text);
        Client.Advance(3600);
        Assert.Equal("Succeeded", (string?)Client.Get(id, version).Json["properties"]!["provisioningState"]);
    }
}
