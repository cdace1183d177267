using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Images;

namespace ImageCmdlets.Engine.Tests.Images;

public sealed class SetImageTests
{
    [Fact]
    public async Task AddedTagsLeaveTheOthersAndRemovedOnesGo()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        CustomImage image = await scene.CreateAsync(Options(await scene.OSDiskAsync("os")));

        CustomImage changed = await SetAsync(scene, new SetImageOptions { Id = image.Id, AddTag = Tags(("stage", "test")), RemoveTag = ["TEAM"] });

        Assert.Equal([("owner", "me"), ("stage", "test")], changed.Tag.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => (tag.Key, tag.Value)));
    }

    [Fact]
    public async Task AnEmptyTableTakesAllTagsAway()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        CustomImage image = await scene.CreateAsync(Options(await scene.OSDiskAsync("os")));

        CustomImage changed = await SetAsync(scene, new SetImageOptions { Id = image.Id, Tag = Tags() });

        Assert.Empty(changed.Tag);
        JsonNode body = (await scene.Sandbox.GetAsync(image.Id, SandboxSession.ComputeVersion))!;
        Assert.Equal("Windows", (string?)body["properties"]!["storageProfile"]!["osDisk"]!["osType"]);
    }

    [Fact]
    public async Task TagsThatAreAsWantedAreNotWrittenAgain()
    {
        using ImageScene scene = await ImageScene.OpenAsync();
        CustomImage image = await scene.CreateAsync(Options(await scene.OSDiskAsync("os")));
        var sink = new RecordingSink();

        await ImageService.SetAsync(scene.Sandbox.Session, [new SetImageOptions { Id = image.Id, AddTag = Tags(("team", "web")) }], new RunOptions(), sink, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(sink.VerboseLines, line => line.StartsWith("PATCH", StringComparison.Ordinal));
        Assert.Single(sink.Items);
    }

    private static NewImageOptions Options(string source) => new() { Source = source, Name = "img", Tag = Tags(("team", "web"), ("owner", "me")) };

    private static Dictionary<string, string> Tags(params (string Name, string Value)[] tags) => tags.ToDictionary(tag => tag.Name, tag => tag.Value);

    private static async Task<CustomImage> SetAsync(ImageScene scene, SetImageOptions options)
    {
        var sink = new RecordingSink();
        await ImageService.SetAsync(scene.Sandbox.Session, [options], new RunOptions(), sink, TestContext.Current.CancellationToken);
        return Assert.Single(sink.Items.Cast<CustomImage>());
    }
}
