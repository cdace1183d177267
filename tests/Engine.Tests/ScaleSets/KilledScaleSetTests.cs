using ImageCmdlets.Engine.ScaleSets;
using ImageCmdlets.Engine.Tests.Vms;

namespace ImageCmdlets.Engine.Tests.ScaleSets;

/// <summary>The process that makes or removes a scale set is killed at every call, and the same command is run again.</summary>
public sealed class KilledScaleSetTests
{
    [Theory]
    [InlineData("Uniform", KillMoment.BeforeCall)]
    [InlineData("Uniform", KillMoment.AfterWrite)]
    [InlineData("Flexible", KillMoment.BeforeCall)]
    [InlineData("Flexible", KillMoment.AfterWrite)]
    public async Task TheSameCommandMakesExactlyOneSet(string mode, KillMoment moment)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, VMWorld.OpenAsync, world => world.Session, _ => (session, sink, token) =>
            ScaleSetService.NewAsync(session, [Request(mode)], new RunOptions(), sink, token));

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 3 : 10, 120);
    }

    [Theory]
    [InlineData("Uniform", KillMoment.BeforeCall)]
    [InlineData("Uniform", KillMoment.AfterWrite)]
    [InlineData("Flexible", KillMoment.BeforeCall)]
    [InlineData("Flexible", KillMoment.AfterWrite)]
    public async Task TheSameRemovalLeavesNothing(string mode, KillMoment moment)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, () => MadeAsync(mode), world => world.Session, world => (session, sink, token) =>
            ScaleSetService.RemoveAsync(session, [world.Id(ResourceTypes.ScaleSet, "web")], removeGroup: true, new RunOptions(), sink, token));

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 3 : 8, 120);
    }

    private static NewScaleSetOptions Request(string mode) => new()
    {
        Machine = VMWorld.Request("web") with { DataDiskSizeGB = [4] }, OrchestrationMode = mode, Capacity = 3, Health = new ScaleSetHealthOptions { Protocol = "tcp", Port = 22 },
    };

    private static async Task<VMWorld> MadeAsync(string mode)
    {
        VMWorld world = await VMWorld.OpenAsync();
        await ScaleSetService.NewAsync(world.Session, [Request(mode)], new RunOptions(), world.Sink, TestContext.Current.CancellationToken);
        return world;
    }
}
