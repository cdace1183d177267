using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Every image, snapshot, disk, machine, gallery, image definition and image version that Azure ever showed in a recording is shown to the user as it was.</summary>
[Trait("Category", "Recordings")]
public sealed class RecordedBodyTests
{
    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<RecordedBody>>> s_bodies = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, Lazy<HashSet<string>>> s_paths = new(StringComparer.Ordinal);

    public static IEnumerable<TheoryDataRow<string>> Recordings => RecordingRows.All;

    [Theory]
    [MemberData(nameof(Recordings))]
    public void EachIsMappedPropertyByProperty(string recording) => CheckAll(recording, body =>
        Assert.Equal(MappedBody.Lines(BodyExpectation.Of(body)), MappedBody.Lines(body.Type, body.Body)));

    [Theory]
    [MemberData(nameof(Recordings))]
    public void EachIsMappedTheSameWhateverItsForm(string recording) => CheckAll(recording, body =>
    {
        IReadOnlyList<string> expected = MappedBody.Lines(body.Type, body.Body);
        foreach ((string name, Func<JsonObject, JsonObject> mutate) in BodyMutation.All)
            Assert.Equal((name, string.Join('\n', expected)), (name, string.Join('\n', MappedBody.Lines(body.Type, mutate(body.Copy())))));
    });

    [Theory]
    [MemberData(nameof(Recordings))]
    public void EachIsMappedTheSameWithNullsForWhatIsAbsent(string recording) => CheckAll(recording, body =>
    {
        HashSet<string> known = s_paths.GetOrAdd(body.Type, type => new Lazy<HashSet<string>>(() => PathsOf(type))).Value;
        Assert.Equal(MappedBody.Lines(body.Type, body.Body), MappedBody.Lines(body.Type, BodyMutation.AddNulls(body.Copy(), known)));
    });

    private static HashSet<string> PathsOf(string type) =>
        [.. RecordingLibrary.Names.SelectMany(BodiesOf).Where(body => body.Type == type).SelectMany(body => BodyMutation.Paths(body.Body))];

    private static IReadOnlyList<RecordedBody> BodiesOf(string recording) =>
        s_bodies.GetOrAdd(recording, name => new Lazy<IReadOnlyList<RecordedBody>>(() => RecordedBodies.In(RecordingLibrary.Read(name)))).Value;

    private static void CheckAll(string recording, Action<RecordedBody> check)
    {
        foreach (RecordedBody body in BodiesOf(recording))
        {
            try
            {
                check(body);
            }
            catch (Exception exception)
            {
                Assert.Fail($"{body.Type} of {body.Place}: {exception.Message}");
            }
        }
    }
}
