namespace ImageCmdlets.Engine.Tests.SnapshotCopying;

/// <summary>Copies that are killed, struck by faults, or asked for twice at once end as if nothing had been.</summary>
public sealed class SnapshotCopyRecoveryTests
{
    private static readonly RunOptions s_oneByOne = new() { ThrottleLimit = 1 };

    [Theory]
    [InlineData(KillMoment.BeforeCall)]
    [InlineData(KillMoment.AfterWrite)]
    public async Task KilledAtEveryCallItEndsTheSame(KillMoment moment)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, SnapshotCopyScene.OpenAsync, scene => scene.Sandbox.Session,
            scene => (session, sink, token) => SnapshotCopyScene.CopyAsync(session, sink, s_oneByOne, scene.Both, SnapshotCopyScene.To("northeurope", "japaneast"), token));

        Assert.InRange(kills, moment == KillMoment.AfterWrite ? 6 : 30, 200);
    }

    [Theory]
    [MemberData(nameof(TransientFaults.Names), MemberType = typeof(TransientFaults))]
    public async Task EveryTransientFaultPasses(string name)
    {
        int struck = await TransientFaults.AtEveryRequestAsync(name, SnapshotCopyScene.OpenAsync, scene => scene.Sandbox.Sandbox, async scene =>
        {
            var sink = new RecordingSink();
            await scene.CopyAsync(sink, s_oneByOne, "northeurope");
            scene.Sandbox.Sandbox.ClearFaults();
            Assert.Empty(sink.Errors);
            Assert.Equal(["Succeeded", "Succeeded"], sink.Items.Cast<SnapshotCopyResult>().Select(result => result.State));
            Assert.Equal(["web01-lun0", "web01-lun0-northeurope", "web01-os", "web01-os-northeurope"], await scene.SnapshotsAsync());
            Assert.DoesNotContain("imagecmdlets-unfinished", await scene.TagsAsync(scene.SnapshotId("web01-os-northeurope")));
        });

        Assert.InRange(struck, 20, 80);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(239)]
    [InlineData(262)]
    public async Task TheSameCommandTwiceAtOnceSucceedsTwice(int secondsApart)
    {
        using SnapshotCopyScene scene = await SnapshotCopyScene.OpenAsync();
        RecordingSink[] sinks = [new(), new()];

        await scene.TogetherAsync(secondsApart, () => scene.CopyAsync(sinks[0], "northeurope", "japaneast"), () => scene.CopyAsync(sinks[1], "northeurope", "japaneast"));

        Assert.All(sinks, sink =>
        {
            Assert.Empty(sink.Errors);
            Assert.Equal(["Succeeded", "Succeeded", "Succeeded", "Succeeded"], sink.Items.Cast<SnapshotCopyResult>().Select(result => result.State));
        });
        Assert.Equal(6, (await scene.SnapshotsAsync()).Length);
        Assert.DoesNotContain("imagecmdlets-unfinished", await scene.TagsAsync(scene.SnapshotId("web01-os-northeurope")));
    }

    [Fact]
    public async Task AnotherCopyOfTheDiskIsWaitedFor()
    {
        using SnapshotCopyScene scene = await SnapshotCopyScene.OpenAsync();
        string newer = await scene.SnapshotAsync("newer-os", "web01-osdisk");
        RecordingSink[] sinks = [new(), new()];

        await scene.TogetherAsync(10, () => scene.CopyAsync(sinks[0], "northeurope"), () => scene.CopyAsync(sinks[1], [newer], SnapshotCopyScene.To("northeurope")));

        Assert.Equal("Succeeded", Assert.Single(sinks[1].Items.Cast<SnapshotCopyResult>()).State);
        Assert.Empty(sinks[1].Errors);
    }
}
