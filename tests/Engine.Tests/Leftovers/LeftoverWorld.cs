using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Engine.Tests.Tracking;

namespace ImageCmdlets.Engine.Tests.Leftovers;

/// <summary>A subscription in which other tools have left things, and in which there are things that only look so.</summary>
internal sealed class LeftoverWorld : IDisposable
{
    public const string Build = "k3v9x2m7q1";
    private const string ResourceVersion = "2021-04-01";
    private const string NetworkVersion = "2022-07-01";
    private const string CopyTag = """ "created_by":"image-copy-extension" """;

    private LeftoverWorld(SandboxSession sandbox)
    {
        Sandbox = sandbox;
    }

    public SandboxSession Sandbox { get; }

    public ImageSession Session => Sandbox.Session;

    public static async Task<LeftoverWorld> OpenAsync()
    {
        var world = new LeftoverWorld(await SandboxSession.OpenAsync());
        await world.Sandbox.GroupAsync("images");
        return world;
    }

    public void Pass(TimeSpan time) => EngineSession.Of(Session).Sandbox!.Clock.Advance(time);

    public Task<ImageLeftover[]> FindAsync(params LeftoverMaker[] maker) => Tracked.LeftoversAsync(Session, new ImageLeftoverQuery { Maker = maker });

    public async Task<string[]> NamesAsync(params LeftoverMaker[] maker) => [.. (await FindAsync(maker)).Select(leftover => leftover.Name)];

    public Task<string> GroupAsync(string name, string tags = "") =>
        Sandbox.PutAsync($"/subscriptions/{Session.SubscriptionId}/resourceGroups/{name}", ResourceVersion, $$"""{"location":"westeurope","tags":{ {{tags}} } }""");

    public Task<string> DiskAsync(string group, string name, string tags = "") => Sandbox.PutAsync(Sandbox.Id(group, ResourceTypes.Disk, name), SandboxSession.DiskVersion, $$"""
        {"location":"westeurope","tags":{ {{tags}} },"properties":{"osType":"Linux","hyperVGeneration":"V2","creationData":{"createOption":"Import","sourceUri":"https://store.blob.core.windows.net/vhds/os.vhd"} } }
        """);

    public Task<string> SnapshotAsync(string group, string name, string source, string tags = "", string location = "westeurope") => Sandbox.PutAsync(
        Sandbox.Id(group, ResourceTypes.Snapshot, name), SandboxSession.DiskVersion,
        $$"""{"location":"{{location}}","tags":{ {{tags}} },"properties":{"creationData":{ {{source}} } } }""");

    public Task<string> AccountAsync(string group, string name, string tags = "", string location = "westeurope") => Sandbox.PutAsync(
        Sandbox.Id(group, ResourceTypes.StorageAccount, name), "2023-01-01", $$"""{"location":"{{location}}","kind":"StorageV2","sku":{"name":"Standard_LRS"},"tags":{ {{tags}} } }""");

    public Task<string> ImageAsync(string group, string name, string snapshot, string tags = "", string location = "westeurope") => Sandbox.PutAsync(
        Sandbox.Id(group, ResourceTypes.Image, name), SandboxSession.ComputeVersion, $$"""
        {"location":"{{location}}","tags":{ {{tags}} },"properties":{"hyperVGeneration":"V2","storageProfile":{"osDisk":{"osType":"Linux","osState":"Generalized","snapshot":{"id":"{{snapshot}}"} } } } }
        """);

    /// <summary>Access to the bytes of a snapshot, as it is granted for a copy.</summary>
    public async Task GrantAsync(string id)
    {
        await Sandbox.SendAsync("POST", $"{id}/beginGetAccess?api-version={SandboxSession.DiskVersion}", """{"access":"Read","durationInSeconds":3600}""");
        Pass(TimeSpan.FromMinutes(1));
    }

    public Task<string> LockAsync(string scope, string name) => PutAsync($"{scope}/providers/Microsoft.Authorization/locks/{name}", "2016-09-01", """{"properties":{"level":"CanNotDelete"} }""");

    /// <summary>What a copy to one region without --cleanup leaves, and what it was for.</summary>
    public async Task CopyByAzureCliAsync()
    {
        await GroupAsync("image-copy-rg", CopyTag);
        await GroupAsync("target", CopyTag);
        string disk = await DiskAsync("images", "web01-os");
        string source = await SnapshotAsync("images", "web01_os_disk_snapshot", $""" "createOption":"Copy","sourceResourceId":"{disk}" """, CopyTag);
        await GrantAsync(source);
        await AccountAsync("image-copy-rg", "northeurope1b2c3d4e5f6g7", CopyTag, "northeurope");
        string arrived = await ArrivedAsync("image-copy-rg");
        await ImageAsync("target", "web01-northeurope", arrived, CopyTag, "northeurope");
    }

    /// <summary>The snapshot in the other region, of which the image is made, or which --export-as-snapshot gives.</summary>
    public Task<string> ArrivedAsync(string group) => SnapshotAsync(group, "web01_os_disk_snapshot-northeurope",
        """ "createOption":"Import","sourceUri":"https://store.blob.core.windows.net/snapshots/web01.vhd" """, CopyTag, "northeurope");

    /// <summary>What a build of Packer leaves that was killed. Its machine is deallocated where it is not said to run.</summary>
    public async Task BuildByPackerAsync(bool isRunning = false, string group = $"pkr-Resource-Group-{Build}")
    {
        await GroupAsync(group);
        string subnet = $$"""{"name":"pkrsn{{Build}}","properties":{"addressPrefix":"10.0.0.0/24"} }""";
        string network = await NetworkAsync(group, ResourceTypes.VirtualNetwork, $"pkrvn{Build}", $$"""{"addressSpace":{"addressPrefixes":["10.0.0.0/16"]},"subnets":[{{subnet}}]}""");
        string card = await NetworkAsync(group, ResourceTypes.NetworkInterface, $"pkrni{Build}",
            $$"""{"ipConfigurations":[{"name":"ip","properties":{"privateIPAllocationMethod":"Dynamic","subnet":{"id":"{{network}}/subnets/pkrsn{{Build}}"} } }]}""");
        string disk = await DiskAsync(group, $"pkros{Build}");
        string vm = Sandbox.Id(group, ResourceTypes.VirtualMachine, $"pkrvm{Build}");
        await Sandbox.SendAsync("PUT", $"{vm}?api-version={SandboxSession.ComputeVersion}", $$$"""
            {"location":"westeurope","properties":{"hardwareProfile":{"vmSize":"Standard_D2s_v3"},
             "storageProfile":{"osDisk":{"createOption":"Attach","osType":"Linux","managedDisk":{"id":"{{{disk}}}"} } },
             "networkProfile":{"networkInterfaces":[{"id":"{{{card}}}"}]} } }
            """);
        Pass(TimeSpan.FromMinutes(10));
        if (isRunning)
            return;

        await Sandbox.SendAsync("POST", $"{vm}/deallocate?api-version={SandboxSession.ComputeVersion}");
        Pass(TimeSpan.FromMinutes(5));
    }

    /// <summary>The staging group of a template that is not there.</summary>
    public async Task StageByImageBuilderAsync(string group = "IT_images_web_29b9da9c")
    {
        await GroupAsync(group, """ "createdBy":"AzureVMImageBuilder","imageTemplateName":"web","imageTemplateResourceGroupName":"images" """);
        await AccountAsync(group, "k3v9x2m7q1abcdefghij", """ "createdby":"AzureVMImageBuilder" """);
        await DiskAsync(group, $"pkros{Build}");
    }

    public void Dispose() => Sandbox.Dispose();

    public Task<string> NetworkAsync(string group, string type, string name, string properties) =>
        Sandbox.PutAsync(Sandbox.Id(group, type, name), NetworkVersion, $$"""{"location":"westeurope","properties":{{properties}} }""");

    private async Task<string> PutAsync(string id, string version, string body)
    {
        Assert.InRange((await Sandbox.SendAsync("PUT", $"{id}?api-version={version}", body)).Status, 200, 201);
        return id;
    }
}
