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

        // The instances of uniform scale sets are not in the table of resources, and latest is looked up.
        string[] calls = [.. sink.VerboseLines.Where(line => line.StartsWith("GET ", StringComparison.Ordinal) || line.StartsWith("POST ", StringComparison.Ordinal))];
        Assert.Equal(4, calls.Length);
        Assert.Equal(["/subscriptions", "/providers/Microsoft.ResourceGraph/resources", "/versions", "/virtualMachines"],
            new[] { "/subscriptions", "/providers/Microsoft.ResourceGraph/resources", "/versions", "/virtualMachines" }
                .Where((part, index) => calls[index].Contains(part, StringComparison.OrdinalIgnoreCase)));
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
}
