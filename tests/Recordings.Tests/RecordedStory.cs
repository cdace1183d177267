using System.Management.Automation;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Recordings.Tests;

/// <summary>A recorded session, gone through with the cmdlets of this module.</summary>
/// <remarks>
/// <para>How an answer is matched: a change by method and path, in the recorded order; a look by path, at the time of the recording that the last change has reached
/// (<see cref="ReplayTimeline"/>). The api-version does not count: recorded clients spoke 2018-06-01 to 2023-07-03, this module speaks 2024-03-03. A change of ours is a
/// PATCH, theirs a PUT of all they had read; <c>$expand=ReplicationStatus</c>, which only one of them asked for, is answered without it. Azure's answers show the marks in
/// tags that this module has sent (<see cref="TagEcho"/>), and nothing else that is not recorded.</para>
/// <para>A question that the recording has no answer to fails the story, unless it is named with <see cref="Expect"/> and a reason.</para>
/// </remarks>
internal sealed class RecordedStory : IDisposable
{
    private readonly CmdletHost _host = new();
    private readonly Recording _recording;
    private readonly ReplaySession _replay;
    private readonly TagEcho _echo = new();
    private readonly List<string> _expected = [];

    public RecordedStory(string title)
        : this(RecordingLibrary.Require(title))
    {
    }

    public RecordedStory(Recording recording)
    {
        _recording = recording;
        _replay = ReplaySession.Of(_recording, out ReplayHandler handler, _echo, _recording.Exchanges.First(exchange => exchange.Date is not null).Date);
        Handler = handler;
        handler.Supplied["/locations"] = RecordedRegions.ListOf(_recording);
        Expect("/locations", "This module asks which regions there are; the list is of those that the recording names.");
        Expect("/providers/microsoft.compute/disks/", "This module looks at the OS disk of a machine for what the machine does not say; without an answer it takes what the machine says.");
        Expect("/providers/microsoft.resources/tags/default", "This module takes its mark off a version that is done; the echo forgets it.");
    }

    public ReplayHandler Handler { get; }

    /// <summary>Names a question that no recorded client asked.</summary>
    /// <param name="path">A part of its path; with an answer its end.</param>
    /// <param name="reason">Why this module asks it, and where the answer comes from.</param>
    /// <param name="answer">The answer; null: that which the replay has, or 404.</param>
    public void Expect(string path, string reason, string? answer = null)
    {
        Assert.NotEmpty(reason);
        _expected.Add(path);
        if (answer is not null)
            Handler.Supplied[path] = answer;
    }

    /// <summary>Says when a resource was made, which this module asks Azure Resource Manager's list: recorded clients never did.</summary>
    /// <param name="index">The place of the request that made it; its date is the time.</param>
    public void ExpectLookForCreation(int index)
    {
        RecordedExchange creation = _recording.Exchanges[index];
        var item = new JsonObject { ["id"] = creation.Uri.AbsolutePath, ["createdTime"] = creation.Date!.Value.ToString("O") };
        Expect("/resources", "When the source was made tells its bytes from others of the same name.", new JsonObject { ["value"] = new JsonArray(item) }.ToJsonString());
    }

    /// <summary>Goes on after what this module has no cmdlet for, or does in another way.</summary>
    /// <param name="index">The exchange that comes next.</param>
    public void GoTo(int index) => Handler.Timeline.MoveBefore(_recording.Exchanges[index]);

    /// <summary>Runs a script; <c>$g</c> is the group, <c>$gallery</c>, <c>$image</c> and <c>$version</c> are what the steps name.</summary>
    public ArmResource[] Run(string script, params (string Name, object? Value)[] variables) => _host.Run(WithSession(script), WithSession(variables));

    /// <summary>The same of a script whose objects are no resources; gives them as text.</summary>
    public string[] Texts(string script, params (string Name, object? Value)[] variables) => _host.Texts(WithSession(script), WithSession(variables));

    /// <summary>Runs a script that must report one error; gives its id.</summary>
    public string Fail(string script, params (string Name, object? Value)[] variables)
    {
        ErrorRecord record = _host.Fail(WithSession(script), WithSession(variables));
        return record.FullyQualifiedErrorId;
    }

    /// <summary>Whether objects are, property by property, what a recorded answer shows.</summary>
    /// <param name="index">The place of the answer in the recording.</param>
    /// <param name="written">What came out of the pipeline.</param>
    public void AssertShown(int index, IReadOnlyList<ArmResource> written)
    {
        RecordedExchange exchange = _recording.Exchanges[index];
        JsonObject body = JsonNode.Parse(exchange.Body)!.AsObject();
        JsonObject[] items = body.ContainsKey("value") ? [.. body.All("value").Select(item => item.AsObject())] : [body];
        Assert.Equal(items.Select(item => Expected(exchange, item)), written.Select(Text));
    }

    /// <summary>Whether a request was answered by a recorded one, and asked for the same.</summary>
    /// <param name="index">The place of the recorded request.</param>
    /// <param name="others">Paths in the body that this module says in another way, or leaves to Azure.</param>
    public void AssertAsked(int index, params string[] others)
    {
        RecordedExchange exchange = _recording.Exchanges[index];
        ReplayedRequest request = Assert.Single(Handler.Writes, write => write.Answer == exchange);
        JsonNode? sent = request.Body.Length == 0 ? null : JsonNode.Parse(request.Body);
        foreach ((string path, string value) in Leaves(exchange.RequestBody.Length == 0 ? null : JsonNode.Parse(exchange.RequestBody), string.Empty))
        {
            if (!Array.Exists(others, other => path.StartsWith(other, StringComparison.Ordinal)))
                Assert.Equal((path, value), (path, Leaves(sent, string.Empty).FirstOrDefault(leaf => leaf.Path == path).Value));
        }
    }

    /// <summary>Whether the request that a recorded one answered says nothing beyond what the recorded one said.</summary>
    /// <param name="index">The place of the recorded request.</param>
    /// <param name="others">Paths in the body that this module says and the recorded client did not.</param>
    public void AssertAskedNoMore(int index, params string[] others)
    {
        HashSet<string> recorded = [.. Leaves(JsonNode.Parse(_recording.Exchanges[index].RequestBody), string.Empty).Select(leaf => leaf.Path)];
        string[] more = [.. Leaves(Sent(index), string.Empty).Select(leaf => leaf.Path).Where(path => !recorded.Contains(path))];
        Assert.Equal(string.Join('\n', others.Order(StringComparer.Ordinal)), string.Join('\n', more.Order(StringComparer.Ordinal)));
    }

    /// <summary>The body of the request that a recorded one answered.</summary>
    public JsonNode Sent(int index) => JsonNode.Parse(Handler.Writes.Single(write => write.Answer == _recording.Exchanges[index]).Body)!;

    /// <summary>That nothing was asked which the recording does not answer, but for what is expected.</summary>
    public void AssertAllRecorded()
    {
        string[] unexpected = [.. Handler.Unrecorded.Where(request => !_expected.Exists(path => request.Contains(path, StringComparison.OrdinalIgnoreCase))).Distinct()];
        Assert.True(unexpected.Length == 0, $"{_recording} has no answer to:\n{string.Join('\n', unexpected)}");
    }

    public void Dispose()
    {
        _replay.Dispose();
        _host.Dispose();
    }

    private static string WithSession(string script) => "$PSDefaultParameterValues = @{ '*:Session' = $session; '*:Confirm' = $false; '*:AllowInUse' = $true }\n" + script;

    private (string, object?)[] WithSession((string, object?)[] variables) => [("session", _replay.Session), .. variables];

    private string Expected(RecordedExchange exchange, JsonObject item)
    {
        _echo.Mark(item);
        ResourceId id = ResourceId.TryParse(item.Text("id"))!;
        return string.Join('\n', MappedBody.Lines(BodyExpectation.Of(new RecordedBody($"#{exchange.Index}", id.ResourceType!, item))));
    }

    private static string Text(ArmResource resource) => string.Join('\n', MappedBody.Lines(resource));

    // Regions are written in either way; what is empty says nothing.
    private static IEnumerable<(string Path, string Value)> Leaves(JsonNode? node, string path) => node switch
    {
        null => [],
        JsonObject item => item.SelectMany(property => Leaves(property.Value, path.Length == 0 ? property.Key : $"{path}.{property.Key}")),
        JsonArray array => array.SelectMany((child, index) => Leaves(child, $"{path}[{index}]")),
        _ when path == "location" || path.EndsWith("].name", StringComparison.Ordinal) => [(path, node.ToString().Replace(" ", string.Empty, StringComparison.Ordinal).ToLowerInvariant())],
        _ => [(path, node.ToString())],
    };
}
