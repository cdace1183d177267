using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Copying;

/// <summary>A copy to many regions, beside what Azure itself needs for the slowest of them.</summary>
public sealed class CopyPaceTests(ITestOutputHelper output)
{
    private const string Slowest = "brazilsouth";
    private static readonly RunOptions s_run = new() { ThrottleLimit = 100 };
    private static readonly string[] s_regions =
    [
        "northeurope", "japaneast", Slowest, "eastus", "eastus2", "westus2", "westus3", "centralus", "southcentralus", "northcentralus", "uksouth", "ukwest",
        "francecentral", "germanywestcentral", "norwayeast", "swedencentral", "switzerlandnorth", "australiaeast", "southeastasia", "canadacentral",
    ];

    [Fact]
    public async Task TwentyRegionsTakeHardlyLongerThanTheSlowestAlone()
    {
        TimeSpan service = await ServiceTimeAsync();
        using CopyScene scene = await OpenAsync();
        DateTimeOffset begin = scene.Sandbox.Sandbox.Clock.GetUtcNow();
        long calls = scene.Sandbox.Sandbox.GetStatistics().Requests;
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, CopyScene.Options(scene.ImageId, s_regions), s_run);

        TimeSpan took = scene.Sandbox.Sandbox.Clock.GetUtcNow() - begin;
        calls = scene.Sandbox.Sandbox.GetStatistics().Requests - calls;
        ImageCopyResult[] results = [.. sink.Items.Cast<ImageCopyResult>()];
        output.WriteLine($"service time of the slowest {service}, all took {took}: {took / service:0.000}; {calls} calls");
        Assert.Equal(20, results.Count(result => result.State == "Succeeded"));
        Assert.Equal(Slowest, results[^1].Location);
        Assert.InRange(took / service, 1.0, 1.05);

        // Two disks: a look, a PUT and a poll each; image: a PUT and five polls of a second; to remove, three for each. Looks at what is on its
        // way come at 30 seconds, and closer at its end. What all share is little.
        int looks = ((int)service.TotalSeconds / 30) + 12;
        Assert.InRange(calls, 20 * 20, (20 * (6 + 8 + 6 + (2 * looks))) + 60);
    }

    [Fact]
    public async Task AFastRegionDoesNotWaitForASlowOne()
    {
        using CopyScene scene = await OpenAsync();
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, CopyScene.Options(scene.ImageId, s_regions), s_run);

        Assert.All(sink.Items.Cast<ImageCopyResult>().Where(result => result.Location != Slowest), result => Assert.InRange(result.Elapsed.TotalMinutes, 4, 4.5));
    }

    // The same by bare requests, each as soon as Azure can take it: snapshots of both disks, their copies, the image.
    private static async Task<TimeSpan> ServiceTimeAsync()
    {
        using CopyScene scene = await OpenAsync();
        DateTimeOffset begin = scene.Sandbox.Sandbox.Clock.GetUtcNow();
        string[] disks = [scene.OSDiskId, scene.DataDiskId];
        string[] taken = await MakeAsync(scene, disks, "taken", "westeurope", "Copy");
        string[] arrived = await MakeAsync(scene, taken, "arrived", Slowest, "CopyStart");
        string image = scene.Sandbox.Id("images", ResourceTypes.Image, "by-hand");
        await SendAsync(scene, image, SandboxSession.ComputeVersion, $$$"""
            {"location":"{{{Slowest}}}","properties":{"hyperVGeneration":"V2","storageProfile":{
              "osDisk":{"osType":"Windows","osState":"Generalized","snapshot":{"id":"{{{arrived[0]}}}"}},"dataDisks":[{"lun":3,"snapshot":{"id":"{{{arrived[1]}}}"} } ] } } }
            """);
        await WaitAsync(scene, image, SandboxSession.ComputeVersion);
        return scene.Sandbox.Sandbox.Clock.GetUtcNow() - begin;
    }

    private static async Task<string[]> MakeAsync(CopyScene scene, string[] sources, string name, string location, string option)
    {
        string[] ids = [.. sources.Select((_, i) => scene.Sandbox.Id("images", ResourceTypes.Snapshot, $"{name}-{i}"))];
        for (int i = 0; i < ids.Length; i++)
        {
            await SendAsync(scene, ids[i], SandboxSession.DiskVersion, $$"""
                {"location":"{{location}}","properties":{"incremental":true,"creationData":{"createOption":"{{option}}","sourceResourceId":"{{sources[i]}}"} } }
                """);
        }

        foreach (string id in ids)
            await WaitAsync(scene, id, SandboxSession.DiskVersion);
        return ids;
    }

    private static async Task SendAsync(CopyScene scene, string id, string version, string body) =>
        Assert.InRange((await scene.Sandbox.SendAsync("PUT", $"{id}?api-version={version}", body)).Status, 200, 202);

    private static async Task WaitAsync(CopyScene scene, string id, string version)
    {
        while (true)
        {
            JsonNode properties = (await scene.Sandbox.GetAsync(id, version))!["properties"]!;
            if ((string?)properties["provisioningState"] == "Succeeded" && (double?)properties["completionPercent"] is null or 100)
                return;
            scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMilliseconds(100));
        }
    }

    private static async Task<CopyScene> OpenAsync()
    {
        CopyScene scene = await CopyScene.OpenAsync();
        scene.Sandbox.Sandbox.AddFault(new SandboxFault
        {
            Operation = "Snapshots_CreateOrUpdate",
            Location = Slowest,
            Count = int.MaxValue,
            Effect = SandboxFaultEffect.CopyStall,
            Delay = TimeSpan.FromMinutes(3),
        });
        return scene;
    }
}
