using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Galleries;

/// <summary>Image versions that are refused, that fail in a region or everywhere, whose command is killed, and that several want at once.</summary>
public sealed class NewVersionFailureTests
{
    private static readonly ImageTargetRegion[] s_regions = [new("westeurope"), new("northeurope"), new("japaneast")];

    [Theory]
    [InlineData("no definition", ErrorIds.ImageNotFound)]
    [InlineData("no source", ErrorIds.ImageNotFound)]
    [InlineData("a number that is none", ErrorIds.InvalidResourceName)]
    [InlineData("a region that is none", ErrorIds.InvalidLocation)]
    [InlineData("a region twice", ErrorIds.InvalidArgument)]
    [InlineData("not the source's region", ErrorIds.RegionMismatch)]
    [InlineData("another generation", ErrorIds.HyperVGenerationMismatch)]
    [InlineData("another state", ErrorIds.OSStateMismatch)]
    [InlineData("an end that is past", ErrorIds.InvalidArgument)]
    [InlineData("a block without an end", ErrorIds.InvalidArgument)]
    [InlineData("data disks of an image", ErrorIds.InvalidArgument)]
    [InlineData("a security type", ErrorIds.SecurityTypeNotSupported)]
    public async Task WhatCannotBeIsRefusedAndNothingIsChanged(string problem, string errorId)
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        await scene.DefinitionAsync("v1", generation: "V1");
        await scene.DefinitionAsync("special", state: "Specialized");
        await scene.DefinitionAsync("secure", more: ""","features":[{"name":"SecurityType","value":"TrustedLaunch"}]""");
        NewVersionOptions good = scene.Options();
        NewVersionOptions options = problem switch
        {
            "no definition" => good with { DefinitionId = good.DefinitionId + "x" },
            "no source" => good with { Source = good.Source + "x" },
            "a number that is none" => good with { Version = "1.0" },
            "a region that is none" => good with { TargetRegion = [new ImageTargetRegion("westeurope"), new ImageTargetRegion("mars")] },
            "a region twice" => good with { TargetRegion = [new ImageTargetRegion("westeurope"), new ImageTargetRegion("West Europe=2")] },
            "not the source's region" => good with { TargetRegion = [new ImageTargetRegion("northeurope")] },
            "another generation" => good with { DefinitionId = scene.GalleryId + "/images/v1" },
            "another state" => good with { DefinitionId = scene.GalleryId + "/images/special" },
            "an end that is past" => good with { EndOfLifeDate = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero) },
            "a block without an end" => good with { BlockDeletionBeforeEndOfLife = true },
            "data disks of an image" => good with { DataDiskSource = [scene.DataDiskId] },
            _ => good with { Source = scene.OSDiskId, DefinitionId = scene.GalleryId + "/images/secure" },
        };

        ImageCmdletsException error = await scene.RefusedAsync(options);

        Assert.Equal(errorId, error.ErrorId);
    }

    [Fact]
    public async Task AllThatIsWrongIsNamedAtOnce()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        await scene.DefinitionAsync("v1", generation: "V1", state: "Specialized");

        ImageCmdletsException error = await scene.RefusedAsync(scene.Options() with { DefinitionId = scene.GalleryId + "/images/v1", TargetRegion = [new ImageTargetRegion("northeurope")] });

        Assert.Matches("OS state .* is Generalized, .* Specialized.* And: .*generation .* is V2, .* V1.*Add westeurope|OS state", error.Message);
        Assert.Contains("names only northeurope", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARegionThatFailsIsNamedAndTheOthersAreThere()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        scene.FailRegion("japaneast");
        var sink = new RecordingSink();

        await scene.CreateAsync(sink, scene.Options() with { TargetRegion = s_regions });

        ImageCmdletsException error = Assert.Single(sink.Errors);
        Assert.Equal((ErrorIds.ReplicationFailed, scene.VersionId("1.0.0")), (error.ErrorId, error.Target));
        Assert.Matches("japaneast.*internal server error", error.Message);
        ImageVersion version = Assert.IsType<ImageVersion>(Assert.Single(sink.Items));
        Assert.Equal(("Failed", "PartiallyFailed"), (version.ProvisioningState, version.ReplicationState));
        Assert.Equal(["Completed", "Completed", "Failed"], version.TargetRegion.Select(region => region.State));
    }

    [Fact]
    public async Task TheSameCommandMendsIt()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        scene.FailRegion("japaneast");
        await scene.CreateAsync(new RecordingSink(), scene.Options() with { TargetRegion = s_regions });

        ImageVersion version = await scene.CreateAsync(scene.Options() with { TargetRegion = s_regions });

        Assert.Equal(("1.0.0", "Succeeded", "Completed"), (version.Name, version.ProvisioningState, version.ReplicationState));
        Assert.Equal(["1.0.0"], await scene.VersionsAsync());
    }

    [Fact]
    public async Task OfOneThatWasNeverMadeNothingIsLeft()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        scene.Sandbox.Sandbox.AddFault(new SandboxFault
        {
            Operation = "GalleryImageVersions_CreateOrUpdate", Count = 1, Effect = SandboxFaultEffect.OperationFailure, Code = "Conflict", Message = "The resource with id 'x' has a different Hypervisor generation.",
        });

        ImageCmdletsException error = await Assert.ThrowsAnyAsync<ImageCmdletsException>(() => scene.CreateAsync(new RecordingSink(), scene.Options()));

        Assert.Contains("Hypervisor generation", error.Message, StringComparison.Ordinal);
        Assert.Empty(await scene.VersionsAsync());
    }

    [Theory]
    [InlineData(403, "AuthorizationFailed", ErrorIds.AuthorizationFailed)]
    [InlineData(403, "RequestDisallowedByPolicy", ErrorIds.PolicyViolation)]
    [InlineData(409, "ScopeLocked", ErrorIds.ResourceLocked)]
    public async Task ARefusalIsSaidAndNothingIsLeft(int status, string code, string errorId)
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        scene.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "GalleryImageVersions_CreateOrUpdate", Status = status, Code = code, Message = "No." });

        Assert.Equal(errorId, (await scene.RefusedAsync(scene.Options())).ErrorId);
    }

    [Theory]
    [InlineData(KillMoment.BeforeCall, null, 15)]
    [InlineData(KillMoment.AfterWrite, null, 2)]
    [InlineData(KillMoment.BeforeCall, "2.0.0", 15)]
    [InlineData(KillMoment.AfterWrite, "2.0.0", 2)]
    public async Task TheSameCommandEndsIt(KillMoment moment, string? version, int fewest)
    {
        int kills = await ProcessKill.AtEveryCallAsync(moment, GalleryScene.OpenAsync, static scene => scene.Sandbox.Session, scene => (session, sink, token) =>
            VersionService.CreateAsync(session, [scene.Options() with { Version = version, TargetRegion = s_regions }], new RunOptions(), sink, token));

        Assert.InRange(kills, fewest, 300);
    }

    [Theory]
    [MemberData(nameof(TransientFaults.Names), MemberType = typeof(TransientFaults))]
    public async Task FaultsThatPassDoNotStopIt(string fault)
    {
        int requests = await TransientFaults.AtEveryRequestAsync(fault, GalleryScene.OpenAsync, static scene => scene.Sandbox.Sandbox, async scene =>
        {
            var sink = new RecordingSink();
            await scene.CreateAsync(sink, scene.Options() with { TargetRegion = s_regions });
            ImageVersion version = Assert.IsType<ImageVersion>(Assert.Single(sink.Items));
            Assert.Equal(("1.0.0", "Succeeded", 0), (version.Name, version.ProvisioningState, sink.Errors.Count));
            Assert.DoesNotContain("imagecmdlets-unfinished", version.Tag.Keys);
        });

        Assert.InRange(requests, 15, 300);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(2, 1)]
    [InlineData(2, 200)]
    [InlineData(10, 0)]
    [InlineData(10, 3)]
    public Task PublishersAtOnceGetNumbersOfTheirOwn(int count, int secondsApart) =>
        PublishAsync(seed: 1, count, secondsApart, VersionIncrement.Patch, null, [.. Enumerable.Range(0, count).Select(patch => $"1.0.{patch}")]);

    public static TheoryData<VersionIncrement, int, int> Increments
    {
        get
        {
            var rows = new TheoryData<VersionIncrement, int, int>();
            foreach (VersionIncrement increment in Enum.GetValues<VersionIncrement>())
            {
                foreach ((int seed, int secondsApart) in ((int, int)[])[(2, 0), (3, 1), (4, 40)])
                    rows.Add(increment, seed, secondsApart);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Increments))]
    public Task TenAtOnceNeverGetOneNumberWhateverGoesUp(VersionIncrement increment, int seed, int secondsApart) =>
        PublishAsync(seed, 10, secondsApart, increment, "1.9.9", [.. Enumerable.Range(1, 10).Select(number => increment switch
        {
            VersionIncrement.Major => $"{number + 1}.0.0",
            VersionIncrement.Minor => $"1.{number + 9}.0",
            VersionIncrement.Patch => $"1.9.{number + 9}",
            _ => $"2026.105.{number - 1}",
        })]);

    private static async Task PublishAsync(int seed, int count, int secondsApart, VersionIncrement increment, string? present, string[] expected)
    {
        using GalleryScene scene = await GalleryScene.OpenAsync(seed);
        if (present is not null)
            await scene.FurnishVersionAsync(present);
        string[] images = [.. Enumerable.Range(1, count).Select(number => $"image{number}")];
        foreach (string image in images)
            await scene.ImageAsync(image);
        RecordingSink[] sinks = [.. images.Select(_ => new RecordingSink())];

        await SideBySide.RunAsync(scene.Sandbox.Sandbox.Clock, secondsApart, [.. images.Select((image, index) => (Func<Task>)(() =>
            scene.CreateAsync(sinks[index], scene.Options() with { Increment = increment, Source = scene.Sandbox.Id("images", ResourceTypes.Image, image) })))]);

        Assert.All(sinks, sink => Assert.Empty(sink.Errors));
        ImageVersion[] versions = [.. sinks.Select(sink => Assert.IsType<ImageVersion>(Assert.Single(sink.Items)))];
        Assert.Equal(expected.Order(StringComparer.Ordinal), versions.Select(version => version.Name).Order(StringComparer.Ordinal));
        Assert.Equal(images.Select(image => scene.Sandbox.Id("images", ResourceTypes.Image, image)), versions.Select(version => version.SourceId));
    }

    [Fact]
    public async Task TheSameCommandTwiceAtOnceMakesOneVersion()
    {
        using GalleryScene scene = await GalleryScene.OpenAsync();
        RecordingSink first = new(), second = new();

        await SideBySide.RunAsync(scene.Sandbox.Sandbox.Clock, 1, () => scene.CreateAsync(first, scene.Options()), () => scene.CreateAsync(second, scene.Options()));

        Assert.Equal(["1.0.0"], await scene.VersionsAsync());
        Assert.Equal(scene.VersionId("1.0.0"), Assert.IsType<ImageVersion>(Assert.Single(first.Items)).Id);
        Assert.Equal(scene.VersionId("1.0.0"), Assert.IsType<ImageVersion>(Assert.Single(second.Items)).Id);
    }
}
