using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Every recorded start, power-off and deallocation, done by the engine, ends in the state that Azure showed next.</summary>
[Trait("Category", "Recordings")]
public sealed class ReplayedPowerTests
{
    private static readonly Dictionary<string, VMPowerAction> s_actions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["start"] = VMPowerAction.Start,
        ["powerOff"] = VMPowerAction.PowerOff,
        ["deallocate"] = VMPowerAction.Deallocate,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<string>> Recordings => RecordingRows.All;

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task EachIsFollowedToItsEnd(string name)
    {
        Recording recording = RecordingLibrary.Read(name);
        foreach (RecordedExchange post in recording.Exchanges.Where(exchange => exchange is { Method: "POST", Status: 202 }))
        {
            string path = post.Uri.AbsolutePath;
            string id = path[..path.LastIndexOf('/')];
            if (ResourceId.TryParse(id)?.Is(ResourceTypes.VirtualMachine) != true || !s_actions.TryGetValue(post.Uri.Segments[^1], out VMPowerAction action))
                continue;

            using ReplaySession replay = ReplaySession.Of(recording, out ReplayHandler handler);
            handler.Timeline.MoveBefore(post);

            await VMService.ChangePowerAsync(replay.Session, [id], action, new RunOptions(), replay.Sink, Token);

            Assert.Equal([post], handler.Writes.Select(request => request.Answer));
            RecordedExchange shown = handler.Requests.Last(request => request.Uri.AbsolutePath == id).Answer!;
            IReadOnlyDictionary<string, object?> expected = BodyExpectation.Of(new RecordedBody(name, ResourceTypes.VirtualMachine, JsonNode.Parse(shown.Body)!.AsObject()));
            var written = (ImageVM)Assert.Single(replay.Sink.Items);
            Assert.Equal(expected["PowerState"], written.PowerState);
            Assert.Equal(expected["ProvisioningState"], written.ProvisioningState);
            Assert.Equal(expected["VMId"], written.VMId);
        }
    }
}
