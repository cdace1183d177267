using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>What the engine's readers write when Azure answers as it did: every recorded GET of an image, a
/// snapshot or a machine, and every list.</summary>
[Trait("Category", "Recordings")]
public sealed class ReplayedReadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<string>> Recordings => RecordingRows.All;

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task EachImageReadIsWrittenAsItWas(string recording)
    {
        foreach ((RecordedExchange exchange, ReplaySession replay, _) in Reads(recording, ResourceTypes.Image))
        {
            await ImageService.GetAsync(replay.Session, new ResourceQuery { Id = exchange.Uri.AbsolutePath }, replay.Sink, Token);
            AssertWritten(exchange, ResourceTypes.Image, replay.Sink);
        }
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task EachSnapshotReadIsWrittenAsItWas(string recording)
    {
        foreach ((RecordedExchange exchange, ReplaySession replay, _) in Reads(recording, ResourceTypes.Snapshot))
        {
            await SnapshotService.GetAsync(replay.Session, new ResourceQuery { Id = exchange.Uri.AbsolutePath }, replay.Sink, Token);
            AssertWritten(exchange, ResourceTypes.Snapshot, replay.Sink);
        }
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task EachMachineReadIsWrittenAsItWas(string recording)
    {
        foreach ((RecordedExchange exchange, ReplaySession replay, ReplayHandler handler) in Reads(recording, ResourceTypes.VirtualMachine))
        {
            string group = exchange.Uri.Segments[4].TrimEnd('/');
            string name = exchange.Uri.Segments[^1];
            await VMService.GetAsync(replay.Session, new ResourceQuery { ResourceGroupName = group, Name = name }, false, replay.Sink, Token);
            AssertWritten(handler.Requests[0].Answer!, ResourceTypes.VirtualMachine, replay.Sink, AddressesIn(handler));
        }
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public Task EachListOfImagesIsWrittenItemByItem(string recording) => CheckListsAsync(recording, ResourceTypes.Image,
        (replay, query) => ImageService.GetAsync(replay.Session, query, replay.Sink, Token));

    [Theory]
    [MemberData(nameof(Recordings))]
    public Task EachListOfSnapshotsIsWrittenItemByItem(string recording) => CheckListsAsync(recording, ResourceTypes.Snapshot,
        (replay, query) => SnapshotService.GetAsync(replay.Session, query, replay.Sink, Token));

    [Theory]
    [MemberData(nameof(Recordings))]
    public Task EachListOfMachinesIsWrittenItemByItem(string recording) => CheckListsAsync(recording, ResourceTypes.VirtualMachine,
        (replay, query) => VMService.GetAsync(replay.Session, query, false, replay.Sink, Token));

    private static async Task CheckListsAsync(string name, string type, Func<ReplaySession, ResourceQuery, Task> readAsync)
    {
        Recording recording = RecordingLibrary.Read(name);
        foreach (RecordedExchange first in recording.Exchanges.Where(exchange => RecordedList.IsFirstPage(exchange, type)))
        {
            using ReplaySession replay = ReplaySession.Of(recording, out ReplayHandler handler);
            handler.Timeline.MoveBefore(first);
            await readAsync(replay, new ResourceQuery { ResourceGroupName = RecordedList.GroupOf(first) });

            IEnumerable<JsonObject> items = handler.Requests.SelectMany(request => RecordedList.Items(request.Answer!));
            IEnumerable<string> expected = items.Select(item => Text(BodyExpectation.Of(new RecordedBody(first.Uri.AbsolutePath, type, item))));
            Assert.Equal(expected, replay.Sink.Items.Select(item => string.Join('\n', MappedBody.Lines((ArmResource)item))));
        }
    }

    private static IEnumerable<(RecordedExchange Exchange, ReplaySession Replay, ReplayHandler Handler)> Reads(string name, string type)
    {
        Recording recording = RecordingLibrary.Read(name);
        foreach (RecordedExchange exchange in recording.Exchanges.Where(exchange => exchange is { Method: "GET", Status: 200 }))
        {
            if (ResourceId.TryParse(exchange.Uri.AbsolutePath)?.Is(type) != true)
                continue;

            using ReplaySession replay = ReplaySession.Of(recording, out ReplayHandler handler);
            handler.Timeline.MoveBefore(exchange);
            yield return (exchange, replay, handler);
        }
    }

    private static void AssertWritten(RecordedExchange exchange, string type, RecordingSink sink, (string? Private, string? Public) addresses = default)
    {
        var body = new RecordedBody(exchange.Uri.AbsolutePath, type, JsonNode.Parse(exchange.Body)!.AsObject());
        var expected = new Dictionary<string, object?>(BodyExpectation.Of(body));
        if (addresses.Private is not null)
            (expected["PrivateIPAddress"], expected["PublicIPAddress"]) = addresses;

        var written = (ArmResource)Assert.Single(sink.Items);
        Assert.Equal(Text(expected), string.Join('\n', MappedBody.Lines(written)));
        Assert.Empty(sink.Errors);
    }

    // What the replay told about the first interface and its public address, read without the engine.
    private static (string? Private, string? Public) AddressesIn(ReplayHandler handler)
    {
        JsonNode? configuration = BodyOf(handler, "/networkInterfaces/").All("properties.ipConfigurations").FirstOrDefault();
        return (configuration.Text("properties.privateIPAddress"), BodyOf(handler, "/publicIPAddresses/").Text("properties.ipAddress"));
    }

    private static JsonNode? BodyOf(ReplayHandler handler, string kind) => handler.Requests
        .Where(request => request.Uri.AbsolutePath.Contains(kind, StringComparison.OrdinalIgnoreCase) && request.Answer is not null)
        .Select(request => JsonNode.Parse(request.Answer!.Body))
        .FirstOrDefault();

    private static string Text(IReadOnlyDictionary<string, object?> expected) => string.Join('\n', MappedBody.Lines(expected));
}
