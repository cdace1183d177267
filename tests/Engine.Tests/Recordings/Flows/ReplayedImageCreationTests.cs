using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Images;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Every recorded making of a managed image, done by the engine from the same source: it asks Azure for the same, follows
/// the operation, and writes the image that Azure made.</summary>
[Trait("Category", "Recordings")]
public sealed class ReplayedImageCreationTests(ITestOutputHelper output)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<string>> Recordings => RecordingRows.All;

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task EachIsMadeAndWritten(string name)
    {
        Recording recording = RecordingLibrary.Read(name);
        foreach (RecordedCreation creation in RecordedCreation.In(recording, ResourceTypes.Image))
        {
            using ReplaySession replay = ReplaySession.Of(recording, out ReplayHandler handler);
            handler.Timeline.MoveBefore(creation.Exchange);
            handler.Supplied["/locations"] = RecordedRegions.ListOf(recording);

            await ImageService.CreateAsync(replay.Session, [creation.ImageOptions()], new RunOptions(), replay.Sink, Token);

            ReplayedRequest write = Assert.Single(handler.Writes);
            Assert.Equal(creation.Exchange, write.Answer);
            AssertAsksForTheSame(creation.Wanted, JsonNode.Parse(write.Body)!);
            RecordedExchange shown = handler.Requests[^1].Answer!;
            Assert.Equal(creation.Id.Text, shown.Uri.AbsolutePath);
            var body = new RecordedBody(name, ResourceTypes.Image, JsonNode.Parse(shown.Body)!.AsObject());
            Assert.Equal("Succeeded", body.Body.Text("properties.provisioningState"));
            Assert.Equal(MappedBody.Lines(BodyExpectation.Of(body)), MappedBody.Lines((ArmResource)Assert.Single(replay.Sink.Items)));
            output.WriteLine($"#{creation.Exchange.Index} {creation.Id.Name}: {handler.Requests.Count} requests");
        }
    }

    // LUNs are not compared: the user of this module names data disks in their order.
    private static void AssertAsksForTheSame(JsonNode wanted, JsonNode asked)
    {
        Assert.Equal(Region(wanted), Region(asked));
        Assert.Equal(wanted.Text("properties.sourceVirtualMachine.id"), asked.Text("properties.sourceVirtualMachine.id"));
        Assert.Equal(DisksOf(wanted), DisksOf(asked));
        Assert.Equal(wanted.Text("properties.storageProfile.osDisk.osType"), asked.Text("properties.storageProfile.osDisk.osType"));
        Assert.Equal(wanted.Text("properties.storageProfile.osDisk.osState"), asked.Text("properties.storageProfile.osDisk.osState"));
        if (wanted.Text("properties.hyperVGeneration") is { } generation)
            Assert.Equal(generation, asked.Text("properties.hyperVGeneration"));
    }

    private static string Region(JsonNode body) => body.Text("location")!.Replace(" ", string.Empty, StringComparison.Ordinal).ToLowerInvariant();

    private static string?[] DisksOf(JsonNode body)
    {
        JsonNode? profile = body.At("properties.storageProfile");
        return [RecordedCreation.SourceOf(profile.At("osDisk")), .. profile.All("dataDisks").Select(RecordedCreation.SourceOf)];
    }
}
