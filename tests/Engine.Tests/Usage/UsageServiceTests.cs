using ImageCmdlets.Engine.Tests.Access;
using ImageCmdlets.Engine.Usage;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Usage;

public sealed class UsageServiceTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AModelThatFollowsLatestUsesTheVersionThatItsNextInstanceGets(bool live)
    {
        using UsageScene scene = await UsageScene.OpenAsync();
        await scene.ScaleSetAsync(scene.Gallery.DefinitionId);
        string second = await scene.Gallery.FurnishVersionAsync("1.1.0");

        ImageUsage[] uses = await scene.UsesAsync(live, null, scene.Gallery.DefinitionId);

        Assert.Equal([ImageUserKind.ScaleSet, ImageUserKind.ScaleSetInstance, ImageUserKind.ScaleSetInstance], uses.Select(use => use.Kind));
        Assert.Equal(["1.1.0", "1.0.0", "1.0.0"], uses.Select(use => use.Version));
        Assert.All(uses, use => Assert.True(use.FollowsLatest));
        Assert.All(uses.Skip(1), use => Assert.Equal(scene.ScaleSetId, use.ScaleSetId, ignoreCase: true));
        Assert.Equal(scene.ScaleSetId, Assert.Single(await scene.UsesAsync(live, null, second)).Id, ignoreCase: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task InstancesOfAnotherModelThanTodaysAreFound(bool live)
    {
        using UsageScene scene = await UsageScene.OpenAsync();
        await scene.ScaleSetAsync(scene.Gallery.VersionId("1.0.0"));
        string second = await scene.Gallery.FurnishVersionAsync("1.1.0");
        await scene.ScaleSetAsync(second);

        ImageUsage[] uses = await scene.UsesAsync(live, null, scene.Gallery.VersionId("1.0.0"));

        Assert.Equal([ImageUserKind.ScaleSetInstance, ImageUserKind.ScaleSetInstance], uses.Select(use => use.Kind));
        Assert.All(uses, use => Assert.Equal(("1.0.0", false), (use.Version, use.LatestModelApplied)));
        Assert.All(uses, use => Assert.Equal(scene.ScaleSetId, use.ScaleSetId, ignoreCase: true));
        Assert.Equal(ImageUserKind.ScaleSet, Assert.Single(await scene.UsesAsync(live, null, second)).Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnImageIsUsedByTheVersionsMadeOfIt(bool live)
    {
        using UsageScene scene = await UsageScene.OpenAsync();

        ImageUsage use = Assert.Single(await scene.UsesAsync(live, null, scene.Gallery.ImageId));

        Assert.Equal((ImageUserKind.ImageVersion, "1.0.0"), (use.Kind, use.Name));
    }

    [Fact]
    public async Task WhatCannotBeReadIsSaidAndTheRestIsShown()
    {
        using UsageScene scene = await UsageScene.OpenAsync();
        await scene.ScaleSetAsync(scene.Gallery.DefinitionId);
        scene.Gallery.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "VirtualMachines_ListAll", Status = 403, Code = "AuthorizationFailed", Message = "No." });
        var sink = new RecordingSink();

        ImageUsage[] uses = await scene.UsesAsync(live: true, sink, scene.Gallery.DefinitionId);

        Assert.Equal(3, uses.Length);
        Assert.Contains(sink.Errors, error => error.ErrorId == ErrorIds.AuthorizationFailed);
    }

    [Fact]
    public async Task ResourceGraphIsOneCallForAllSubscriptions()
    {
        using UsageScene scene = await UsageScene.OpenAsync();
        await scene.ScaleSetAsync(scene.Gallery.DefinitionId);
        var sink = new RecordingSink();

        await scene.UsesAsync(live: false, sink, scene.Gallery.DefinitionId);

        // Whether the definition is there; the instances of uniform scale sets, which are not in the table of resources; what latest is; and in
        // each subscription, whether machines may be read there.
        string[] calls = [.. sink.VerboseLines.Where(line => line.StartsWith("GET ", StringComparison.Ordinal) || line.StartsWith("POST ", StringComparison.Ordinal))];
        string[] parts = ["/subscriptions", "/images/web", "/providers/Microsoft.ResourceGraph/resources", "/versions", "/virtualMachines", "/permissions", "/permissions"];
        Assert.Equal(parts, parts.Where((part, index) => calls[index].Contains(part, StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(parts.Length, calls.Length);
    }

    [Theory]
    [InlineData(403, "AuthorizationFailed")]
    [InlineData(404, "InvalidResourceType")]
    [InlineData(429, "RateLimiting")]
    [InlineData(500, "InternalServerError")]
    public async Task WithoutResourceGraphTheListsAreRead(int status, string code)
    {
        using UsageScene scene = await UsageScene.OpenAsync();
        await scene.ScaleSetAsync(scene.Gallery.DefinitionId);
        scene.Gallery.Sandbox.Sandbox.AddFault(new SandboxFault { Operation = "Resources", Status = status, Code = code, Message = "No.", Count = 100 });
        var sink = new RecordingSink();

        ImageUsage[] uses = await scene.UsesAsync(live: false, sink, scene.Gallery.DefinitionId);

        Assert.Equal(await scene.UsesAsync(live: true, null, scene.Gallery.DefinitionId), uses, (left, right) => left.Id == right.Id && left.ImageId == right.ImageId);
        Assert.Equal(3, uses.Length);
        Assert.Empty(sink.Errors);
        Assert.Contains(sink.VerboseLines, message => message.StartsWith("Resource Graph does not answer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ALongAnswerIsReadToItsEnd()
    {
        using UsageScene scene = await UsageScene.OpenAsync();
        for (int i = 0; i < 1100; i++)
        {
            await scene.Gallery.BeginVersionAsync($"2.0.{i}");
            scene.Gallery.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromSeconds(6));
        }

        scene.Gallery.Sandbox.Sandbox.Clock.Advance(TimeSpan.FromHours(2));

        ImageUsage[] uses = await scene.UsesAsync(live: false, null, scene.Gallery.ImageId);

        Assert.Equal(1101, uses.Select(use => use.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(1101, uses.Length);
    }

    [Fact]
    public async Task ANameWithAQuoteBreaksNoQuery()
    {
        using UsageScene scene = await UsageScene.OpenAsync();
        var sink = new RecordingSink();

        Assert.Empty(await scene.UsesAsync(live: false, sink, scene.Gallery.Sandbox.Id("o'brien", ResourceTypes.Image, "web")));

        Assert.DoesNotContain(sink.VerboseLines, message => message.Contains("does not answer", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatIsNotThereIsNotCalledUnused(bool live)
    {
        using UsageScene scene = await UsageScene.OpenAsync();
        var sink = new RecordingSink();
        string[] missing = [scene.Gallery.VersionId("9.9.9"), scene.Gallery.GalleryId + "/images/none", scene.Gallery.Sandbox.Id("images", ResourceTypes.Image, "none")];

        await scene.UsesAsync(live, sink, [.. missing, scene.Gallery.VersionId("1.0.0")]);

        Assert.Equal(missing.Order(StringComparer.Ordinal), sink.Errors.Select(error => (string)error.Target!).Order(StringComparer.Ordinal));
        Assert.All(sink.Errors, error => Assert.Equal(ErrorIds.ImageNotFound, error.ErrorId));
    }

    [Fact]
    public async Task SomebodyWhoMayNotReadMachinesIsTold()
    {
        using AccessScene scene = await AccessScene.OpenAsync();
        await scene.GrantAsync($"/subscriptions/{scene.Sandbox.Session.SubscriptionId}/resourceGroups/images", "Contributor");
        var sink = new RecordingSink();

        await UsageService.GetAsync(await scene.SignInAsync(), new GetImageUsageOptions { Id = [scene.Gallery.VersionId("1.0.0")] }, new RunOptions(), sink, TestContext.Current.CancellationToken);

        Assert.Empty(sink.Errors);
        Assert.Equal($"The account may not read all machines of the subscription {scene.Sandbox.Session.SubscriptionId}: uses there can be missing.", Assert.Single(sink.Warnings));
    }
}
