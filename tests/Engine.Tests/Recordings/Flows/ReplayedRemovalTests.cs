using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Every recorded removal, done by the engine: it follows the operation to its end and removes nothing else.</summary>
[Trait("Category", "Recordings")]
public sealed class ReplayedRemovalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<string>> Recordings => RecordingRows.All;

    [Theory]
    [MemberData(nameof(Recordings))]
    public Task ImagesAreRemoved(string recording) => CheckAsync(recording, ResourceTypes.Image, (replay, id) =>
        ImageService.RemoveAsync(replay.Session, [RecordedRemoval.Options(id)], new RunOptions(), replay.Sink, Token));

    [Theory]
    [MemberData(nameof(Recordings))]
    public Task SnapshotsAreRemoved(string recording) => CheckAsync(recording, ResourceTypes.Snapshot, (replay, id) =>
        SnapshotService.RemoveAsync(replay.Session, [id], new RunOptions(), replay.Sink, Token));

    [Theory]
    [MemberData(nameof(Recordings))]
    public Task MachinesAreRemoved(string recording) => CheckAsync(recording, ResourceTypes.VirtualMachine, (replay, id) =>
        VMService.RemoveAsync(replay.Session, [new RemoveVMOptions { Id = id }], new RunOptions(), replay.Sink, Token));

    private static async Task CheckAsync(string name, string type, Func<ReplaySession, string, Task> removeAsync)
    {
        Recording recording = RecordingLibrary.Read(name);
        foreach (RecordedExchange removal in recording.Exchanges.Where(exchange => RecordedRemoval.Is(exchange, type)))
        {
            using ReplaySession replay = ReplaySession.Of(recording, out ReplayHandler handler);
            handler.Timeline.MoveBefore(removal);

            await removeAsync(replay, removal.Uri.AbsolutePath);

            Assert.Empty(replay.Sink.Items);
            Assert.Empty(replay.Sink.Errors);
            Assert.Equal([removal], handler.Writes.Select(request => request.Answer));
            RecordedExchange lastPoll = handler.Requests.Last(request => request.Uri.AbsolutePath.Contains("operations/", StringComparison.OrdinalIgnoreCase)).Answer!;
            Assert.Contains("\"Succeeded\"", lastPoll.Body, StringComparison.Ordinal);
            Assert.Equal(removal.Header("Azure-AsyncOperation"), lastPoll.Uri.AbsoluteUri);
        }
    }
}
