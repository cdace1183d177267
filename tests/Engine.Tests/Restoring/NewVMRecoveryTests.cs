namespace ImageCmdlets.Engine.Tests.Restoring;

/// <summary>Machines of snapshots whose command is killed, struck by faults, or given twice at once end as if nothing had been.</summary>
public sealed class NewVMRecoveryTests
{
    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task KilledAtEveryCallItEndsTheSame(KillMoment moment)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, NewVMScene.OpenAsync, scene => scene.Session,
            scene => (session, sink, token) => NewVMScene.RestoreAsync(session, sink, scene.Set, NewVMScene.To(), token));

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 8 : 30, 200);
    }

    [Theory]
    [MemberData(nameof(TransientFaults.Names), MemberType = typeof(TransientFaults))]
    public async Task EveryTransientFaultPasses(string name)
    {
        int struck = await TransientFaults.AtEveryRequestAsync(name, NewVMScene.OpenAsync, scene => scene.Sandbox, async scene =>
        {
            ImageVM vm = await scene.RestoreAsync();
            scene.Sandbox.ClearFaults();
            Assert.Equal(("Succeeded", 2), (vm.ProvisioningState, vm.DataDisk.Count));
            Assert.Equal((6, 2), (scene.World.Count(ResourceTypes.Disk), scene.World.Count(ResourceTypes.NetworkInterface)));
        });

        Assert.InRange(struck, 30, 150);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(30)]
    [InlineData(200)]
    public async Task TheSameCommandTwiceAtOnceMakesOneMachine(int secondsApart)
    {
        using NewVMScene scene = await NewVMScene.OpenAsync();
        RecordingSink[] sinks = [new(), new()];

        await scene.TogetherAsync(secondsApart, sink => scene.RestoreAsync(sinks[sink]));

        Assert.All(sinks, sink => Assert.Equal(scene.New, Assert.IsType<ImageVM>(Assert.Single(sink.Items)).Id));
        Assert.Equal((6, 2), (scene.World.Count(ResourceTypes.Disk), scene.World.Count(ResourceTypes.NetworkInterface)));
    }

    [Fact]
    public async Task ASnapshotThatIsDeletedMeanwhileLeavesNothing()
    {
        using NewVMScene scene = await NewVMScene.OpenAsync();
        var sink = new RecordingSink();
        sink.OnProgress = record =>
        {
            if (record.Status == "Disks")
                scene.World.DeleteAsync(scene.Set[2].Id, SandboxSession.DiskVersion).GetAwaiter().GetResult();
        };

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => scene.RestoreAsync(sink));

        Assert.Equal(ErrorIds.SourceNotFound, error.ErrorId);
        Assert.Equal((3, 1), (scene.World.Count(ResourceTypes.Disk), scene.World.Count(ResourceTypes.NetworkInterface)));
    }
}
