using ImageCmdlets.Engine.Rollouts;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Rollouts;

/// <summary>Rollouts over a bad connection, and taken back by a process that is killed.</summary>
public sealed class RolloutFaultTests
{
    [Theory]
    [InlineData(false, "PATCH", 2)]
    [InlineData(false, "POST", 4)]
    [InlineData(true, "PATCH", 4)]
    [InlineData(true, "DELETE", 4)]
    public async Task AnAnswerThatIsLostIsNotTheEnd(bool isFlexible, string method, int least)
    {
        int lost = 0;
        while (await PlayWithoutAsync(isFlexible, method, lost))
            lost++;

        Assert.InRange(lost, least, 50);
    }

    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task KilledAtAnyCallTakingAFlexibleSetBackLeavesTheOldNumberOfMachines(KillMoment moment)
    {
        for (int call = 1; ; call += ProcessKill.Stride)
        {
            using UpdateScene scene = await HalfReplacedAsync();
            bool isKilled = await ProcessKill.RunAsync(scene.Sandbox.Session, call, moment, (session, sink, token) =>
                RolloutService.UndoAsync(session, new UndoRolloutOptions { Id = [scene.New], ReplaceMachine = true }, new RunOptions(), sink, token));
            await scene.UndoAsync(replaceMachine: true);
            scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(5));

            ImageScaleSet set = await scene.ReadAsync();
            Assert.True(("1.0.0 1.0.0", 2, "Succeeded") == (await scene.VersionsAsync(), set.Capacity, set.ProvisioningState), $"Killed at {moment} {call}: {await scene.VersionsAsync()} of {set.Capacity}, {set.ProvisioningState}");
            if (!isKilled)
                break;
        }
    }

    // The successor of the second machine falls ill: one machine is replaced, and one is there twice.
    private static async Task<UpdateScene> HalfReplacedAsync()
    {
        UpdateScene scene = await UpdateScene.OpenAsync(isFlexible: true, capacity: 2);
        await scene.UpdateAsync(scene.Options with { ReplaceMachine = true, InstanceId = [(await scene.ReadAsync()).Instance![0].InstanceId!] });
        scene.Spoil("web_*");
        await Assert.ThrowsAsync<ImageCmdletsException>(() => scene.UpdateAsync(scene.Options with { ReplaceMachine = true, Pace = new RolloutPace { HealthTimeout = TimeSpan.FromSeconds(10) } }));
        return scene;
    }

    // Every other time the connection breaks; else a gateway answers in Azure's place.
    private static async Task<bool> PlayWithoutAsync(bool isFlexible, string method, int skip)
    {
        using UpdateScene scene = await UpdateScene.OpenAsync(isFlexible: isFlexible, capacity: 2);
        var fault = new SandboxFault
        {
            Method = method,
            Effect = skip % 2 == 0 ? SandboxFaultEffect.ConnectionReset : SandboxFaultEffect.Error,
            Status = 502,
            AfterEffect = true,
            Skip = skip,
            Count = 1,
        };
        scene.Sandbox.Sandbox.AddFault(fault);

        await scene.UpdateAsync(scene.Options with { ReplaceMachine = isFlexible });
        Assert.Equal("1.1.0 1.1.0", await scene.VersionsAsync());
        await scene.UndoAsync(replaceMachine: isFlexible);

        ImageScaleSet set = await scene.ReadAsync();
        Assert.Equal(("1.0.0 1.0.0", 2), (await scene.VersionsAsync(), set.Capacity));
        return fault.Hits == 1;
    }
}
