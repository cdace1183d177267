using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Commands end the same when Azure's answers come in another casing, with unknown fields or without headers.</summary>
[Trait("Category", "Recordings")]
public sealed class ReplayedFormTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<string>> Recordings => RecordingRows.All;

    [Theory]
    [MemberData(nameof(Recordings))]
    public Task MachinesAreReadTheSame(string recording) =>
        CheckAsync(recording, exchange => IsRead(exchange, ResourceTypes.VirtualMachine), (replay, exchange) =>
            VMService.GetAsync(replay.Session, new ResourceQuery { Id = exchange.Uri.AbsolutePath }, false, replay.Sink, Token));

    [Theory]
    [MemberData(nameof(Recordings))]
    public Task ImagesAreListedTheSame(string recording) =>
        CheckAsync(recording, exchange => RecordedList.IsFirstPage(exchange, ResourceTypes.Image), (replay, exchange) =>
            ImageService.GetAsync(replay.Session, new ResourceQuery { ResourceGroupName = RecordedList.GroupOf(exchange) }, replay.Sink, Token));

    [Theory]
    [MemberData(nameof(Recordings))]
    public Task SnapshotsAreListedTheSame(string recording) =>
        CheckAsync(recording, exchange => RecordedList.IsFirstPage(exchange, ResourceTypes.Snapshot), (replay, exchange) =>
            SnapshotService.GetAsync(replay.Session, new ResourceQuery { ResourceGroupName = RecordedList.GroupOf(exchange) }, replay.Sink, Token));

    [Theory]
    [MemberData(nameof(Recordings))]
    public Task MachinesAreListedTheSame(string recording) =>
        CheckAsync(recording, exchange => RecordedList.IsFirstPage(exchange, ResourceTypes.VirtualMachine), (replay, exchange) =>
            VMService.GetAsync(replay.Session, new ResourceQuery { ResourceGroupName = RecordedList.GroupOf(exchange) }, false, replay.Sink, Token));

    [Theory]
    [MemberData(nameof(Recordings))]
    public Task ImagesAreRemovedTheSame(string recording) =>
        CheckAsync(recording, exchange => RecordedRemoval.Is(exchange, ResourceTypes.Image), (replay, exchange) =>
            ImageService.RemoveAsync(replay.Session, [RecordedRemoval.Options(exchange.Uri.AbsolutePath)], new RunOptions(), replay.Sink, Token));

    [Theory]
    [MemberData(nameof(Recordings))]
    public Task SnapshotsAreRemovedTheSame(string recording) =>
        CheckAsync(recording, exchange => RecordedRemoval.Is(exchange, ResourceTypes.Snapshot), (replay, exchange) =>
            SnapshotService.RemoveAsync(replay.Session, [exchange.Uri.AbsolutePath], new RunOptions(), replay.Sink, Token));

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task ImagesAreMadeTheSame(string name)
    {
        Recording recording = RecordingLibrary.Read(name);
        string regions = RecordedRegions.ListOf(recording);
        Dictionary<RecordedExchange, NewImageOptions> creations =
            RecordedCreation.In(recording, ResourceTypes.Image).ToDictionary(creation => creation.Exchange, creation => creation.ImageOptions());
        await CheckAsync(name, creations.ContainsKey, (replay, exchange) =>
            ImageService.CreateAsync(replay.Session, [creations[exchange]], new RunOptions(), replay.Sink, Token), handler => handler.Supplied["/locations"] = regions);
    }

    private static bool IsRead(RecordedExchange exchange, string type) =>
        exchange is { Method: "GET", Status: 200 } && ResourceId.TryParse(exchange.Uri.AbsolutePath)?.Is(type) == true;

    private static async Task CheckAsync(string name, Predicate<RecordedExchange> isMeant, Func<ReplaySession, RecordedExchange, Task> runAsync,
        Action<ReplayHandler>? prepare = null)
    {
        Recording recording = RecordingLibrary.Read(name);
        foreach (RecordedExchange exchange in recording.Exchanges.Where(exchange => isMeant(exchange)))
        {
            string expected = await RunAsync(recording, exchange, form => form, runAsync, prepare);
            foreach ((string form, Func<RecordedExchange, RecordedExchange> change) in AnswerForms.All)
            {
                string actual = await RunAsync(recording, exchange, change, runAsync, prepare);
                Assert.True(expected == actual, $"#{exchange.Index} {exchange.Uri.AbsolutePath} with {form}:\n{expected}\n\n{actual}");
            }
        }
    }

    // What the user gets, and what Azure is asked.
    private static async Task<string> RunAsync(Recording recording, RecordedExchange exchange, Func<RecordedExchange, RecordedExchange> change,
        Func<ReplaySession, RecordedExchange, Task> runAsync, Action<ReplayHandler>? prepare)
    {
        using ReplaySession replay = ReplaySession.Of(recording, out ReplayHandler handler);
        handler.Timeline.MoveBefore(exchange);
        handler.Change = change;
        prepare?.Invoke(handler);
        await runAsync(replay, exchange);
        IEnumerable<string> written = replay.Sink.Items.SelectMany(item => MappedBody.Lines((ArmResource)item));
        return string.Join('\n', written.Concat(handler.Requests.Select(request => request.ToString())));
    }
}
