using ImageCmdlets.Engine.Fleets;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Fleets;

/// <summary>The process that makes a fleet is killed at every call, and the same command is run again.</summary>
public sealed class KilledFleetTests
{
    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task TheSameCommandMakesExactlyWhatIsMissing(KillMoment moment)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, () => FleetScene.OpenAsync(), scene => scene.Sandbox.Session, scene => (session, sink, token) =>
            FleetService.NewAsync(session, scene.Options(4, "westeurope", "eastus"), new RunOptions { ThrottleLimit = 3 }, sink, token));

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 16 : 60, 300);
    }

    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task ExtensionsAreInstalledWhereTheyAreMissing(KillMoment moment)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, () => FleetScene.OpenAsync(), scene => scene.Sandbox.Session, scene => (session, sink, token) =>
            FleetService.NewAsync(session, FleetExtensionTests.With(scene.Options(2, "westeurope"), FleetExtensionTests.Script("exit 0")), new RunOptions { ThrottleLimit = 10 }, sink, token));

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 10 : 40, 150);
    }

    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task AMachineThatIsMadeAnewIsMadeOnce(KillMoment moment)
    {
        await ProcessKill.AtEveryCallAsync(moment, BrokenAsync, scene => scene.Sandbox.Session, scene => (session, sink, token) =>
            FleetService.NewAsync(session, scene.Options(2, "westeurope") with { ReplaceFailed = true }, new RunOptions { ThrottleLimit = 10 }, sink, token));
    }

    // One of two machines is there, and Azure has given it up.
    private static async Task<FleetScene> BrokenAsync()
    {
        FleetScene scene = await FleetScene.OpenAsync();
        scene.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "VirtualMachines_CreateOrUpdate", Effect = SandboxFaultEffect.OperationFailure, Code = "InternalExecutionError", Message = "An internal execution error occurred.", Count = 1 });
        await scene.MakeAsync(scene.Options(1, "westeurope") with { RetryCount = 0 });
        return scene;
    }
}
