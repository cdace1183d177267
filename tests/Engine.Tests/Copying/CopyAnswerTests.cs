using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Copying;

/// <summary>Answers that are lost or cannot be read: the image that was asked for decides, and its snapshots stay while it needs them.</summary>
public sealed class CopyAnswerTests
{
    [Theory]
    [InlineData(SandboxFaultEffect.ConnectionReset, true)]
    [InlineData(SandboxFaultEffect.MalformedBody, false)]
    [InlineData(SandboxFaultEffect.TruncatedBody, false)]
    public async Task AnImageWhoseAnswerWasLostIsWaitedFor(SandboxFaultEffect effect, bool afterEffect)
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        scene.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "Images_CreateOrUpdate", Effect = effect, AfterEffect = afterEffect });
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope");

        Assert.Empty(sink.Errors);
        Assert.Empty(sink.Warnings);
        Assert.Equal("Succeeded", Assert.Single(sink.Items.Cast<ImageCopyResult>()).State);
        Assert.Empty(await scene.SnapshotsAsync());
    }

    [Theory]
    [InlineData("Snapshots_CreateOrUpdate", SandboxFaultEffect.ConnectionReset)]
    [InlineData("Snapshots_CreateOrUpdate", SandboxFaultEffect.MalformedBody)]
    public async Task ASnapshotWhoseAnswerWasLostIsWaitedFor(string operation, SandboxFaultEffect effect)
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        scene.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = operation, Effect = effect, AfterEffect = true, Count = 4 });
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope");

        Assert.Empty(sink.Errors);
        Assert.Equal("Succeeded", Assert.Single(sink.Items.Cast<ImageCopyResult>()).State);
        Assert.Empty(await scene.SnapshotsAsync());
    }

    [Fact]
    public async Task SnapshotsOfAnImageOfWhichNothingIsKnownStay()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        scene.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "Images_CreateOrUpdate", Effect = SandboxFaultEffect.MalformedBody });
        scene.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "Images_Get", Path = "*-northeurope", Skip = 1, Count = 40, Effect = SandboxFaultEffect.ConnectionReset });
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope");

        Assert.Equal(ErrorIds.ConnectionFailed, Assert.Single(sink.Errors).ErrorId);
        Assert.Contains("nothing tells whether 'web01-image-northeurope' is being made of them", Assert.Single(sink.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, (await scene.SnapshotsAsync()).Length);
        scene.Sandbox.Sandbox.ClearFaults();
        var again = new RecordingSink();
        await scene.CopyAsync(again, "northeurope");
        Assert.Equal(("Succeeded", "Existing"), again.Items.Cast<ImageCopyResult>().Select(result => (result.State, result.Method)).Single());
        Assert.Empty(await scene.SnapshotsAsync());
    }

    [Fact]
    public async Task ACopyThatIsThereKeepsItsTagsAndSaysSo()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        CopyImageOptions options = CopyScene.Options(scene.ImageId, "northeurope") with { Tag = new Dictionary<string, string> { ["a"] = "b" } };
        await scene.CopyAsync(new RecordingSink(), options);
        var same = new RecordingSink();
        var other = new RecordingSink();

        await scene.CopyAsync(same, options);
        await scene.CopyAsync(other, options with { Tag = new Dictionary<string, string> { ["a"] = "c" } });

        Assert.Empty(same.Warnings);
        Assert.Equal("b", Assert.Single(other.Items.Cast<ImageCopyResult>()).Tag["a"]);
        Assert.Equal("The image 'web01-image-northeurope' is there already with other tags, and keeps them. Set-CustomImage changes them.", Assert.Single(other.Warnings));
    }
}
