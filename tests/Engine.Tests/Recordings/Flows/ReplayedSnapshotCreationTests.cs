using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Every recorded making of a snapshot, done by the engine: the operation's partial first answer is never taken for the result.</summary>
[Trait("Category", "Recordings")]
public sealed class ReplayedSnapshotCreationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<string>> Recordings => RecordingRows.All;

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task EachIsTakenAndWritten(string name)
    {
        Recording recording = RecordingLibrary.Read(name);
        foreach (RecordedCreation creation in RecordedCreation.In(recording, ResourceTypes.Snapshot).Where(creation => OptionOf(creation) is "Copy" or "Empty"))
        {
            using ReplaySession replay = ReplaySession.Of(recording, out ReplayHandler handler);
            handler.Timeline.MoveBefore(creation.Exchange);
            string source = creation.Wanted.Text("properties.creationData.sourceResourceId") ?? MadeUpDisk.Supply(handler, creation);

            await SnapshotService.CreateAsync(replay.Session, [creation.SnapshotOptions(source)], new RunOptions(), replay.Sink, Token);

            ReplayedRequest write = Assert.Single(handler.Writes, IsOfSnapshot);
            Assert.Equal(creation.Exchange, write.Answer);
            AssertAsksForTheSame(creation, source, JsonNode.Parse(write.Body)!);
            var body = new RecordedBody(name, ResourceTypes.Snapshot, JsonNode.Parse(handler.Requests.Last(IsOfSnapshot).Answer!.Body)!.AsObject());
            Assert.Equal("Succeeded", body.Body.Text("properties.provisioningState"));
            Assert.Equal(creation.Id.Text, body.Id, ignoreCase: true);
            Assert.Equal(MappedBody.Lines(BodyExpectation.Of(body)), MappedBody.Lines((ArmResource)Assert.Single(replay.Sink.Items)));
        }
    }

    // The mark of a run that has ended is taken off afterwards, of which no recording knows.
    private static bool IsOfSnapshot(ReplayedRequest request) => !request.Uri.AbsolutePath.EndsWith("/tags/default", StringComparison.OrdinalIgnoreCase);

    private static void AssertAsksForTheSame(RecordedCreation creation, string source, JsonNode asked)
    {
        Assert.Equal("Copy", asked.Text("properties.creationData.createOption"));
        Assert.Equal(source, asked.Text("properties.creationData.sourceResourceId"));
        Assert.Equal(creation.Wanted.Flag("properties.incremental"), asked.Flag("properties.incremental"));
        Assert.Equal(creation.Wanted.Text("sku.name"), asked.Text("sku.name"));
    }

    private static string? OptionOf(RecordedCreation creation) => creation.Wanted.Text("properties.creationData.createOption");
}
