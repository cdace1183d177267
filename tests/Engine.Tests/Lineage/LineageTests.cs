using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Sources;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Lineage;

/// <summary>The way from images back to where they came from, also where much of it is gone.</summary>
public sealed class LineageTests
{
    private const string ByTags = "; what comes before is told by tags";

    [Fact]
    public async Task WhatIsThereSaysItselfWhatItWasMadeOf()
    {
        using LineageScene scene = await LineageScene.OpenAsync();
        ImageVersion version = await scene.VersionAsync(await scene.MachineAsync("vm1"));

        ImageSource source = await scene.SourceAsync(version.Id);

        Assert.Equal([(ImageSourceKind.ImageVersion, "linux 1.0.0"), (ImageSourceKind.VM, "vm1"), (ImageSourceKind.MarketplaceImage, source.Urn!)], source.Lineage.Select(step => (step.Kind, step.Name)));
        Assert.All(source.Lineage, step => Assert.Null(step.Reason));
        Assert.Equal([true, true, null], source.Lineage.Select(step => step.Exists));
        Assert.Equal((version.PublishedDate, "westeurope"), (source.Lineage[0].Time, source.Lineage[1].Location));
        Assert.StartsWith("Debian:debian-12:12-gen2:0.", source.Urn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfWhatIsGoneTheTagsOfItsImageSpeak()
    {
        using LineageScene scene = await LineageScene.OpenAsync();
        CustomImage image = await scene.ImageAsync(await scene.MachineAsync("vm1"));
        string copy = await scene.CopyAsync(image.Id, "northeurope");
        await scene.RemoveMachineAsync("vm1");

        ImageSource source = await scene.SourceAsync(copy);

        Assert.Equal([copy, image.Id, scene.MachineId("vm1"), source.Urn], source.Lineage.Select(step => step.Id), StringComparer.OrdinalIgnoreCase);
        Assert.Equal([null, null, "is gone" + ByTags, null], source.Lineage.Select(step => step.Reason));

        await scene.Sandbox.DeleteAsync(image.Id, SandboxSession.ComputeVersion);

        Assert.Equal([copy, image.Id, source.Urn], (await scene.SourceAsync(copy)).Lineage.Select(step => step.Id), StringComparer.OrdinalIgnoreCase);
        Assert.Equal(source.Urn, (await scene.SourceAsync(copy, withLineage: false)).Urn);
    }

    [Fact]
    public async Task GenerationsOfImagesAreFollowed()
    {
        using LineageScene scene = await LineageScene.OpenAsync();
        ImageVersion first = await scene.VersionAsync(await scene.MachineAsync("vm1"));
        await scene.RemoveMachineAsync("vm1");
        CustomImage second = await scene.ImageAsync(await scene.MachineAsync("vm2", first.Id));
        await scene.RemoveMachineAsync("vm2");
        ImageVersion third = await scene.VersionAsync(second.Id);

        ImageSource source = await scene.SourceAsync(third.Id);

        Assert.Equal([third.Id, second.Id, scene.MachineId("vm2"), first.Id, scene.MachineId("vm1"), source.Urn], source.Lineage.Select(step => step.Id), StringComparer.OrdinalIgnoreCase);
        Assert.Equal([true, true, false, true, false, null], source.Lineage.Select(step => step.Exists));

        await scene.Sandbox.DeleteAsync(first.Id, Galleries.GalleryScene.Version);
        await scene.Sandbox.DeleteAsync(second.Id, SandboxSession.ComputeVersion);

        ImageSource left = await scene.SourceAsync(third.Id);
        Assert.Equal([third.Id, second.Id, first.Id, source.Urn], left.Lineage.Select(step => step.Id), StringComparer.OrdinalIgnoreCase);
        Assert.Equal(source.Urn, left.Urn);
    }

    [Fact]
    public async Task ASnapshotKnowsTheMachineOfItsDisk()
    {
        using LineageScene scene = await LineageScene.OpenAsync();
        string machine = await scene.MachineAsync("vm1");
        var sink = new RecordingSink();
        await SnapshotService.CreateAsync(scene.Sandbox.Session, [new NewSnapshotOptions { Source = machine, OSDiskOnly = true }], new RunOptions(), sink, TestContext.Current.CancellationToken);
        string snapshot = Assert.IsType<ImageSnapshot>(Assert.Single(sink.Items)).Id;

        Assert.Equal([ImageSourceKind.Snapshot, ImageSourceKind.Disk, ImageSourceKind.MarketplaceImage], (await scene.SourceAsync(snapshot)).Lineage.Select(step => step.Kind));

        await scene.RemoveMachineAsync("vm1");
        ImageVersion version = await scene.VersionAsync(snapshot);
        ImageSource source = await scene.SourceAsync(version.Id);

        Assert.Equal([ImageSourceKind.ImageVersion, ImageSourceKind.Snapshot, ImageSourceKind.Disk, ImageSourceKind.VM, ImageSourceKind.MarketplaceImage], source.Lineage.Select(step => step.Kind));
        Assert.Equal([null, null, "is gone" + ByTags, "is gone" + ByTags, null], source.Lineage.Select(step => step.Reason));
    }

    // The clone goes with the command; Azure knows of it only that it was made of disks.
    [Fact]
    public async Task AnImageOfACloneKnowsTheImageOfTheMachineThatWasCloned()
    {
        using LineageScene scene = await LineageScene.OpenAsync();
        string machine = await scene.RunningAsync("vm1");
        var sink = new RecordingSink();
        await GeneralizeService.GeneralizeAsync(scene.Sandbox.Session, [new GeneralizeOptions { Id = machine, PreserveSource = true }], new RunOptions(), sink, TestContext.Current.CancellationToken);
        string clone = Assert.IsType<GeneralizeResult>(Assert.Single(sink.Items)).Id;

        ImageSource source = await scene.SourceAsync((await scene.ImageAsync(clone)).Id);

        Assert.Equal([ImageSourceKind.CustomImage, ImageSourceKind.VM, ImageSourceKind.MarketplaceImage], source.Lineage.Select(step => step.Kind));
        Assert.Equal((clone, false, (await scene.SourceAsync(machine)).Urn), (source.Lineage[1].Id, source.Lineage[1].Exists, source.Urn));
    }

    [Fact]
    public async Task AMachineOfSnapshotsKnowsWhatTheirMachineWasMadeOf()
    {
        using LineageScene scene = await LineageScene.OpenAsync();
        string machine = await scene.RunningAsync("vm1");
        string urn = (await scene.SourceAsync(machine)).Urn!;
        var sink = new RecordingSink();
        await SnapshotService.CreateAsync(scene.Sandbox.Session, [new NewSnapshotOptions { Source = machine }], new RunOptions(), sink, TestContext.Current.CancellationToken);
        string snapshot = Assert.IsType<ImageSnapshot>(Assert.Single(sink.Items)).Id;
        await SnapshotService.RestoreToNewVMAsync(scene.Sandbox.Session, [new RestoreSnapshotOptions { Source = snapshot, NewVMName = "vm2" }], new RunOptions(), sink, TestContext.Current.CancellationToken);

        ImageSource restored = await scene.SourceAsync(scene.MachineId("vm2"));
        Assert.Equal([ImageSourceKind.VM, ImageSourceKind.Disk, ImageSourceKind.Snapshot, ImageSourceKind.Disk, ImageSourceKind.MarketplaceImage], restored.Lineage.Select(step => step.Kind));
        Assert.Equal((urn, urn), (restored.Urn, (await scene.SourceAsync(scene.MachineId("vm2"), withLineage: false)).Urn));
    }

    [Fact]
    public async Task ACopyIsComparedWithItsSourceByWhatTheyAre()
    {
        using LineageScene scene = await LineageScene.OpenAsync();
        CustomImage image = await scene.ImageAsync(await scene.MachineAsync("vm1"));
        string copy = await scene.CopyAsync(image.Id, "northeurope");
        var sink = new RecordingSink();
        var options = new CompareImageOptions { Reference = new GetImageSourceOptions { Source = image.Id }, Difference = new GetImageSourceOptions { Source = copy }, IncludeEqual = true };

        await ImageSourceService.CompareAsync(scene.Sandbox.Session, options, sink, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(sink.Items.Cast<ImageDifference>(), row => row.Property.Contains("imagecmdlets-", StringComparison.Ordinal));
        Assert.True(sink.Items.Cast<ImageDifference>().Single(row => row.Property == "Urn").IsEqual);
    }

    [Fact]
    public async Task AVhdIsAnEndAndWhatEndsEarlySaysWhy()
    {
        using LineageScene scene = await LineageScene.OpenAsync();

        ImageSource whole = await scene.SourceAsync(scene.Gallery.ImageId);
        await scene.Sandbox.DeleteAsync(scene.Gallery.OSDiskId, SandboxSession.DiskVersion);
        ImageSource broken = await scene.SourceAsync(scene.Gallery.ImageId);

        Assert.Equal([scene.Gallery.ImageId, scene.Gallery.OSDiskId, "https://store.blob.core.windows.net/vhds/os.vhd"], whole.Lineage.Select(step => step.Id));
        Assert.Equal((false, "is gone, and no tag says what comes before"), (broken.Lineage[^1].Exists, broken.Lineage[^1].Reason));
        Assert.Null(broken.Urn);
    }

    [Fact]
    public async Task WhatMayNotBeReadIsPassedOver()
    {
        using LineageScene scene = await LineageScene.OpenAsync();
        CustomImage image = await scene.ImageAsync(await scene.MachineAsync("vm1"));
        scene.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "VirtualMachines_Get", Status = 403, Code = "AuthorizationFailed", Message = "No." });

        ImageSource source = await scene.SourceAsync(image.Id);

        Assert.Equal([true, null, null], source.Lineage.Select(step => step.Exists));
        Assert.StartsWith("could not be read: ", source.Lineage[1].Reason, StringComparison.Ordinal);
        Assert.Equal(source.Urn, source.Lineage[2].Id);
    }

    [Fact]
    public async Task ACircleEnds()
    {
        using LineageScene scene = await LineageScene.OpenAsync();
        string first = await CopyOfAsync(scene, "first", scene.Sandbox.Id("images", ResourceTypes.Image, "second"));
        string second = await CopyOfAsync(scene, "second", first);

        IReadOnlyList<ImageLineageStep> lineage = (await scene.SourceAsync(first)).Lineage;

        Assert.Equal([first, second], lineage.Select(step => step.Id));
        Assert.Equal($"is said to be made of what was made of it: {first}, and no tag says what comes before", lineage[1].Reason);
    }

    [Fact]
    public async Task AChainWithoutEndIsCutOff()
    {
        using LineageScene scene = await LineageScene.OpenAsync();
        for (int i = 0; i < 70; i++)
            await CopyOfAsync(scene, $"i{i}", scene.Sandbox.Id("images", ResourceTypes.Image, $"i{i + 1}"));

        IReadOnlyList<ImageLineageStep> lineage = (await scene.SourceAsync(scene.Sandbox.Id("images", ResourceTypes.Image, "i0"))).Lineage;

        Assert.Equal((64, "i63"), (lineage.Count, lineage[^1].Name));
        Assert.StartsWith("is the last of 64 steps", lineage[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheNoteNeverMakesAnImageHaveTooManyTags()
    {
        using LineageScene scene = await LineageScene.OpenAsync();
        var full = Enumerable.Range(0, 50).ToDictionary(i => $"t{i}", _ => "v");

        CustomImage image = await scene.ImageAsync(await scene.MachineAsync("vm1"), full);

        Assert.Equal(full.Keys.Order(), image.Tag.Keys.Order());
    }

    private static Task<string> CopyOfAsync(LineageScene scene, string name, string source) => scene.Sandbox.PutAsync(scene.Sandbox.Id("images", ResourceTypes.Image, name), SandboxSession.ComputeVersion, $$$"""
        {"location":"westeurope","tags":{"imagecmdlets-copyof":"{{{source}}}"},"properties":{"hyperVGeneration":"V2",
         "storageProfile":{"osDisk":{"osType":"Windows","osState":"Generalized","managedDisk":{"id":"{{{scene.Gallery.OSDiskId}}}"} } } } }
        """);
}
