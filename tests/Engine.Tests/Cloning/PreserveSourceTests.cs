using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Tests.Generalization;
using ImageCmdlets.Engine.Vms;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Cloning;

/// <summary>Invoke-Generalize -PreserveSource, and what New-CustomImage does with the clone.</summary>
public sealed class PreserveSourceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TheCloneIsGeneralizedAndTheMachineRunsOn(bool isWindows)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows, withDataDisk: true);
        IReadOnlyDictionary<string, int> before = Counts(rig);

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync(preserveSource: true);

        Assert.Null(error);
        Assert.Equal("Succeeded", result!.State);
        Assert.Equal(rig.Machine.Id, result.SourceVMId);
        Assert.Matches("^web01-clone-[0-9]{14}$", result.Name);
        Assert.Equal("Generalized", result.OSState);
        Assert.Equal("Clone: Succeeded", result.Step[0].ToString());
        await AssertUntouchedAsync(rig);

        CustomImage image = await ImageAsync(rig, result.Id);
        Assert.Equal("web01-image", image.Name);
        Assert.Equal(rig.Machine.OSType, image.OSType);
        Assert.Single(image.DataDisk);
        await AssertUntouchedAsync(rig);
        AssertOnlyMore(before, Counts(rig), ("Microsoft.Compute/images", 1));
    }

    [Fact]
    public async Task TheCloneReachesNothingButAzure()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        (GeneralizeResult? result, _) = await rig.GeneralizeAsync(preserveSource: true);
        var sink = new RecordingSink();
        await VMService.GetAsync(rig.Session, new ResourceQuery { Id = result!.Id }, withStatus: true, sink, Token);
        ImageVM clone = Assert.Single(sink.Items.OfType<ImageVM>());

        Assert.Null(clone.PublicIPAddress);
        Assert.DoesNotContain(clone.NetworkInterfaceId[0], rig.Machine.NetworkInterfaceId);
        IReadOnlyList<string> rules = await rig.SecurityRulesAsync(result.Id + "-nsg");
        Assert.Equal(["Inbound Deny *", "Outbound Allow AzureCloud", "Outbound Deny *"], rules.Order());
    }

    [Fact]
    public async Task AFailureLeavesNothingBehind()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: true);
        IReadOnlyDictionary<string, int> before = Counts(rig);
        rig.Sandbox.AddGuestFault(new SandboxGuestFault { Machine = "web01-clone-*", Kind = GuestFaultKind.BitLocker });

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync(preserveSource: true);

        Assert.Equal(ErrorIds.GeneralizeFailed, error!.ErrorId);
        Assert.Equal("Failed", result!.State);
        Assert.Equal(rig.Machine.Id, error.Target);
        Assert.Equal(rig.Machine.Id, result.RootCause!.Target);
        Assert.StartsWith("A clone of 'web01' was not generalized: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(" The clone was removed, and 'web01' is as it was.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("web01-clone-", error.Message + error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(before, Counts(rig));
        await AssertUntouchedAsync(rig);
    }

    [Fact]
    public async Task AnImageThatCannotBeMadeTakesTheCloneWithIt()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        IReadOnlyDictionary<string, int> before = Counts(rig);
        (GeneralizeResult? result, _) = await rig.GeneralizeAsync(preserveSource: true);
        rig.Sandbox.AddFault(new SandboxFault { Effect = SandboxFaultEffect.Forbidden, Action = "Microsoft.Compute/images/write", Count = int.MaxValue });

        await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => ImageAsync(rig, result!.Id));

        Assert.Equal(before, Counts(rig));
    }

    [Fact]
    public async Task TwoImagesOfOneNameTakeTheCloneWithThem()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        IReadOnlyDictionary<string, int> before = Counts(rig);
        (GeneralizeResult? clone, _) = await rig.GeneralizeAsync(preserveSource: true);
        NewImageOptions[] images = [new NewImageOptions { Source = clone!.Id, Name = "golden" }, new NewImageOptions { Source = clone.Id, Name = "golden" }];
        var sink = new RecordingSink();

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => ImageService.CreateAsync(rig.Session, images, new RunOptions(), sink, Token));

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.StartsWith($"The clone '{clone.Name}' is removed all the same.", Assert.Single(sink.Warnings), StringComparison.Ordinal);
        Assert.Equal(before, Counts(rig));
        await AssertUntouchedAsync(rig);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnImageThatIsRefusedBeforeItIsBegunTakesTheCloneWithItUnlessThatIsToStay(bool keepClone)
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false, withDataDisk: true);
        IReadOnlyDictionary<string, int> before = Counts(rig);
        (GeneralizeResult? result, _) = await rig.GeneralizeAsync(preserveSource: true);
        IReadOnlyDictionary<string, int> withClone = Counts(rig);
        var sink = new RecordingSink();

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() =>
            ImageService.CreateAsync(rig.Session, [new NewImageOptions { Source = result!.Id, Location = "northeurope", KeepClone = keepClone }], new RunOptions(), sink, Token));

        Assert.Equal(ErrorIds.RegionMismatch, error.ErrorId);
        Assert.Equal(keepClone ? withClone : before, Counts(rig));
        Assert.Equal(keepClone ? 0 : 1, sink.Warnings.Count(warning => warning.Contains("is removed all the same", StringComparison.Ordinal)));
        await AssertUntouchedAsync(rig);
    }

    [Fact]
    public async Task AGeneralizedMachineHasNothingToPreserve()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        await rig.GeneralizeAsync();
        string before = rig.Sandbox.GetStatistics().Fingerprint;

        (GeneralizeResult? result, ImageCmdletsException? error) = await rig.GeneralizeAsync(preserveSource: true);

        Assert.Null(result);
        Assert.Equal(ErrorIds.VMIsGeneralized, error!.ErrorId);
        Assert.Equal(before, rig.Sandbox.GetStatistics().Fingerprint);
    }

    [Fact]
    public async Task AnOldCloneIsReplaced()
    {
        using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows: false);
        (GeneralizeResult? first, _) = await rig.GeneralizeAsync(preserveSource: true);
        rig.Sandbox.Clock.Advance(TimeSpan.FromHours(3));

        (GeneralizeResult? second, ImageCmdletsException? error) = await rig.GeneralizeAsync(preserveSource: true);

        Assert.Null(error);
        Assert.NotEqual(first!.Id, second!.Id);
        Assert.Equal(2, Counts(rig)["Microsoft.Compute/virtualMachines"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task InterruptedAfterAnyCallAndRunAgainThereIsNoSecondCloneAndNoOrphan(bool isWindows)
    {
        int calls = int.MaxValue;
        IReadOnlyDictionary<string, int> end = new Dictionary<string, int>();
        for (int at = 0; at < calls; at += Interruption.Stride)
        {
            using GeneralizeRig rig = await GeneralizeRig.CreateAsync(isWindows, withDataDisk: true);
            int seen = await Interruption.RunUntilAsync(at == 0 ? int.MaxValue : at, (sink, token) => PipelineAsync(rig, sink, token));
            if (at == 0)
            {
                calls = seen;
                end = Counts(rig);
                Assert.InRange(calls, 40, 400);
                Assert.Equal(1, end["Microsoft.Compute/virtualMachines"]);
                continue;
            }

            try
            {
                await PipelineAsync(rig, new RecordingSink(), Token);
            }
            catch (ImageCmdletsException exception) when (exception.ErrorId == ErrorIds.ResourceAlreadyExists)
            {
                // The first run had come so far that its clone was gone, and its snapshots were going: then this is another generalization, for an image that is there.
                Assert.InRange(at, calls - 6, calls);
            }

            IReadOnlyDictionary<string, int> now = Counts(rig);
            Assert.True(end.OrderBy(pair => pair.Key).SequenceEqual(now.OrderBy(pair => pair.Key)), $"Stopped after call {at}: {string.Join(", ", now.Except(end))}");
            await AssertUntouchedAsync(rig);
        }
    }

    private static async Task PipelineAsync(GeneralizeRig rig, IOperationSink sink, CancellationToken token)
    {
        var results = new ForwardingSink(sink);
        await GeneralizeService.GeneralizeAsync(rig.Session, [new GeneralizeOptions { Id = rig.Machine.Id, PreserveSource = true }], new RunOptions(), results, token);
        string clone = results.Items.OfType<GeneralizeResult>().Single().Id;
        await ImageService.CreateAsync(rig.Session, [new NewImageOptions { Source = clone, Name = "golden" }], new RunOptions(), sink, token);
    }

    private static async Task<CustomImage> ImageAsync(GeneralizeRig rig, string source)
    {
        var sink = new RecordingSink();
        await ImageService.CreateAsync(rig.Session, [new NewImageOptions { Source = source }], new RunOptions(), sink, Token);
        Assert.Empty(sink.Errors);
        return Assert.Single(sink.Items.OfType<CustomImage>());
    }

    private static async Task AssertUntouchedAsync(GeneralizeRig rig)
    {
        await rig.AssertRunningAndUnmarkedAsync();
        Assert.False((await rig.ReadTracesAsync()).HasRunCommand);
        Assert.Equal(rig.Machine.VMId, (await rig.ReadAsync()).VMId);
    }

    private static IReadOnlyDictionary<string, int> Counts(GeneralizeRig rig) => rig.Sandbox.GetStatistics().ResourcesByType;

    private static void AssertOnlyMore(IReadOnlyDictionary<string, int> before, IReadOnlyDictionary<string, int> now, (string Type, int Count) more)
    {
        Dictionary<string, int> expected = before.ToDictionary();
        expected[more.Type] = expected.GetValueOrDefault(more.Type) + more.Count;
        Assert.Equal(expected.OrderBy(pair => pair.Key), now.OrderBy(pair => pair.Key));
    }
}
