using System.Text;
using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Fleets;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Fleets;

/// <summary>How long a fleet takes, beside what Azure's limits let be.</summary>
public sealed class FleetPaceTests(ITestOutputHelper output)
{
    // The front end's bucket of writes: it holds 200, and ten come back each second.
    private const double Bucket = 200, Refill = 10;

    // Address, interface and machine; group and network of each region besides.
    private const int WritesOfMachine = 3, WritesOfRegion = 2;

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    public async Task AFleetTakesHardlyLongerThanTheLimitsLetIt(int count)
    {
        using FleetScene scene = await FleetScene.OpenAsync();
        double machine = await ServiceTimeAsync(scene);
        double optimum = machine + Math.Max(0, ((count * WritesOfMachine) + (FleetScene.Regions.Length * WritesOfRegion) - Bucket) / Refill);
        DateTimeOffset begin = scene.Sandbox.Sandbox.Clock.GetUtcNow();
        long calls = scene.Sandbox.Sandbox.GetStatistics().Requests;
        var sink = new RecordingSink();
        using var meter = new FleetMeter(scene.Sandbox.Sandbox);

        ImageVM[] machines = await scene.MakeAsync(scene.Options(count), sink, session: OtherProcess.Open(scene.Sandbox.Session, meter));

        double took = (scene.Sandbox.Sandbox.Clock.GetUtcNow() - begin).TotalSeconds;
        calls = scene.Sandbox.Sandbox.GetStatistics().Requests - calls;
        output.WriteLine($"{count} machines: {took:0} s, the optimum is {optimum:0} s: {took / optimum:0.000}; {calls} calls, {meter.MostBranches} branches");
        Assert.Empty(sink.Errors);
        Assert.Equal(count, machines.Select(vm => vm.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(count, machines.Length);
        Assert.InRange(took / optimum, 1.0, 1.2);

        // Three writes, the waiting for two of them, and three reads to describe it. What all share is little.
        Assert.InRange(calls, count * 8, count * 12);
        Assert.InRange(meter.MostBranches, FleetRun.Starters, FleetBoundTests.MostBranches);
    }

    // One machine by a bare request, as soon as its interface is there.
    private static async Task<double> ServiceTimeAsync(FleetScene scene)
    {
        string group = await scene.Sandbox.GroupAsync("alone");
        string network = await scene.Sandbox.PutAsync(scene.Sandbox.Id("alone", ResourceTypes.VirtualNetwork, "net"), "2022-07-01",
            """{"location":"westeurope","properties":{"addressSpace":{"addressPrefixes":["10.0.0.0/16"]},"subnets":[{"name":"default","properties":{"addressPrefix":"10.0.0.0/24"}}]}}""");
        string nic = await scene.Sandbox.PutAsync(scene.Sandbox.Id("alone", ResourceTypes.NetworkInterface, "nic"), "2022-07-01",
            $$$"""{"location":"westeurope","properties":{"ipConfigurations":[{"name":"ip","properties":{"subnet":{"id":"{{{network}}}/subnets/default"} } }] } }""");
        string id = scene.Sandbox.Id("alone", ResourceTypes.VirtualMachine, "one");
        DateTimeOffset begin = scene.Sandbox.Sandbox.Clock.GetUtcNow();
        SandboxResponse answer = await scene.Sandbox.SendAsync("PUT", $"{id}?api-version={SandboxSession.ComputeVersion}", $$$"""
            {"location":"westeurope","properties":{"hardwareProfile":{"vmSize":"Standard_D2s_v5"},"storageProfile":{"imageReference":{"id":"{{{scene.ImageId}}}"} },
             "osProfile":{"computerName":"one","adminUsername":"azureuser","adminPassword":"Sandbox-Pass-1"},"networkProfile":{"networkInterfaces":[{"id":"{{{nic}}}"}] } } }
            """);
        Assert.True(answer.Status == 201, Encoding.UTF8.GetString(answer.Body));
        while (true)
        {
            JsonNode? vm = await scene.Sandbox.GetAsync(id, SandboxSession.ComputeVersion);
            if ((string?)vm!["properties"]!["provisioningState"] == "Succeeded")
                break;
            scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        double seconds = (scene.Sandbox.Sandbox.Clock.GetUtcNow() - begin).TotalSeconds;
        await scene.Sandbox.DeleteAsync(group, "2021-04-01");
        return seconds;
    }
}
