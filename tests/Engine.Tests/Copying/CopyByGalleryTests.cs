using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Copying;

/// <summary>Copies by way of a temporary gallery version: of images whose disks are gone, or where the user wants it.</summary>
public sealed class CopyByGalleryTests
{
    [Fact]
    public async Task AnImageWhoseDisksAreGoneIsCopiedWhole()
    {
        using CopyScene scene = await GoneAsync();
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope", "japaneast");

        Assert.Empty(sink.Errors);
        Assert.Empty(sink.Warnings);
        Assert.Equal(["Succeeded Gallery 100 2", "Succeeded Gallery 100 2"], Results(sink).Select(result => $"{result.State} {result.Method} {result.PercentComplete} {result.DiskCount}"));
        CustomImage source = await scene.ReadImageAsync("web01-image"), copy = await scene.ReadImageAsync("web01-image-japaneast");
        Assert.Equal(("Windows", "Generalized", "V2", source.Plan, "web"), (copy.OSType, copy.OSState, copy.HyperVGeneration, copy.Plan, copy.Tag["team"]));
        Assert.Equal(source.DataDisk.Select(Told), copy.DataDisk.Select(Told));
        Assert.Equal(Told(source.OSDisk!), Told(copy.OSDisk!));
        await scene.AssertNothingLeftAsync();

        static string Told(DiskReference disk) => $"{disk.Lun} {disk.Caching} {disk.StorageAccountType} {disk.DiskSizeGB}";
    }

    [Fact]
    public async Task ASecondRunFindsTheCopiesThatAreThere()
    {
        using CopyScene scene = await GoneAsync();
        await scene.CopyAsync(new RecordingSink(), "northeurope");
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope", "japaneast");

        Assert.Equal(["japaneast Gallery", "northeurope Existing"], Results(sink).Select(result => $"{result.Location} {result.Method}").Order(StringComparer.Ordinal));
        await scene.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task AnImageMadeAnewUnderItsNameIsNotTakenForTheCopyOfTheOneBefore()
    {
        using CopyScene scene = await GoneAsync();
        await scene.CopyAsync(new RecordingSink(), "northeurope");
        await scene.Sandbox.DeleteAsync(scene.ImageId, SandboxSession.ComputeVersion);
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        await scene.FurnishAsync();
        await scene.DeleteDisksAsync();
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope");

        Assert.Equal(ErrorIds.ResourceAlreadyExists, Assert.Single(sink.Errors).ErrorId);
    }

    [Fact]
    public async Task ACopyMadeOfSnapshotsBeforeTheDisksWentIsKnown()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        await scene.CopyAsync(new RecordingSink(), "northeurope");
        await scene.DeleteDisksAsync();
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope");

        Assert.Equal("Existing", Assert.Single(Results(sink)).Method);
    }

    [Fact]
    public async Task ACopyMadeByAGalleryIsKnownWhereTheDisksAreAlive()
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        CopyImageOptions byGallery = CopyScene.Options(scene.ImageId, "northeurope") with { Method = ImageCopyMethod.Gallery };
        var first = new RecordingSink();
        await scene.CopyAsync(first, byGallery);
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope");

        Assert.Equal("Gallery", Assert.Single(Results(first)).Method);
        Assert.Equal("Existing", Assert.Single(Results(sink)).Method);
        Assert.Empty(await scene.SnapshotsAsync());
    }

    [Fact]
    public async Task SnapshotsAreNotTakenWhereTheyCannotBe()
    {
        using CopyScene scene = await GoneAsync();
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, CopyScene.Options(scene.ImageId, "northeurope") with { Method = ImageCopyMethod.SnapshotCopy });

        ImageCmdletsException error = Assert.Single(sink.Errors);
        Assert.Equal((ErrorIds.CopySourceNotAvailable, true), (error.ErrorId, error.RecommendedAction.Contains("-Method Gallery", StringComparison.Ordinal)));
        Assert.Equal("SnapshotCopy", Assert.Single(Results(sink)).Method);
    }

    [Fact]
    public async Task ARegionThatCannotBeReachedFailsAlone()
    {
        using CopyScene scene = await GoneAsync();
        scene.Sandbox.Sandbox.AddFault(new SandboxFault
        {
            Operation = "GalleryImageVersions_CreateOrUpdate",
            Count = 1,
            Effect = SandboxFaultEffect.OperationFailure,
            Code = "InternalExecutionError",
            Message = "Gallery replication jobs failed in one or more regions. The failing regions' details are as follows: '{region:japaneast, detail:Failed with internal server error.}'.",
        });
        var sink = new RecordingSink();

        await scene.CopyAsync(sink, "northeurope", "japaneast");

        Assert.Equal(["japaneast Failed", "northeurope Succeeded"], Results(sink).Select(result => $"{result.Location} {result.State}").Order(StringComparer.Ordinal));
        ImageCmdletsException error = Assert.Single(sink.Errors);
        Assert.Equal((ErrorIds.ReplicationFailed, true), (error.ErrorId, error.Message.Contains("internal server error", StringComparison.Ordinal)));
        await scene.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task WithoutWaitingEachRunGoesAStepFurther()
    {
        using CopyScene scene = await GoneAsync();
        var states = new List<string>();
        for (int i = 0; i < 8 && !states.Contains("Succeeded Existing"); i++)
        {
            var sink = new RecordingSink();
            await scene.CopyAsync(sink, CopyScene.Options(scene.ImageId, "northeurope"), new RunOptions { NoWait = true });
            ImageCopyResult result = Assert.Single(Results(sink));
            Assert.Empty(sink.Errors);
            states.Add($"{result.State} {result.Method}");
            scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(["InProgress Gallery", "Succeeded Existing"], states.Distinct());
        await scene.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task TwoRunsToOtherRegionsShareTheVersionAndTheLastRemovesIt()
    {
        using CopyScene scene = await GoneAsync();
        RecordingSink first = new(), second = new();

        await scene.TogetherAsync(90, () => scene.CopyAsync(first, "northeurope"), () => scene.CopyAsync(second, "japaneast"));

        Assert.Equal(["Succeeded", "Succeeded"], Results(first).Concat(Results(second)).Select(result => result.State));
        await scene.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task TheSameRunTwiceAtOnceMakesOneCopy()
    {
        using CopyScene scene = await GoneAsync();
        RecordingSink first = new(), second = new();

        await scene.TogetherAsync(1, () => scene.CopyAsync(first, "northeurope", "japaneast"), () => scene.CopyAsync(second, "northeurope", "japaneast"));

        Assert.All(Results(first).Concat(Results(second)), result => Assert.Equal("Succeeded", result.State));
        Assert.Equal(["web01-image", "web01-image-japaneast", "web01-image-northeurope"], await scene.ImagesAsync());
        await scene.AssertNothingLeftAsync();
    }

    private static IEnumerable<ImageCopyResult> Results(RecordingSink sink) => sink.Items.Cast<ImageCopyResult>();

    private static async Task<CopyScene> GoneAsync()
    {
        CopyScene scene = await CopyScene.OpenAsync();
        await scene.DeleteDisksAsync();
        scene.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        return scene;
    }
}
