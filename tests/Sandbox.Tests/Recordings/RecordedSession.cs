using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Tests.Recordings;

namespace ImageCmdlets.Sandbox.Tests.Recordings;

/// <summary>Plays the requests of a recorded session to a sandbox, in the recorded time, and compares the answers with Azure's.</summary>
internal sealed partial class RecordedSession : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly SandboxClient _client = new();
    private readonly Dictionary<string, string> _operations = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _differences = [];
    private DateTimeOffset? _first;

    /// <summary>The client that the requests go through; tests plant with it what a recording took from elsewhere.</summary>
    public SandboxClient Client => _client;

    /// <summary>Turns names of the recording into those that they have here, in addresses, requests and answers.</summary>
    public Func<string, string> Translate { get; init; } = static text => text;

    /// <summary>Exchanges that are left out, by their index, with the reason.</summary>
    public IReadOnlyDictionary<int, string> LeftOut { get; init; } = new Dictionary<int, string>();

    public int Played { get; private set; }

    public IReadOnlyList<string> Differences => _differences;

    /// <summary>Plays what the pattern of the path chooses; operations that were started are polled too.</summary>
    public void Play(Recording recording, Regex paths)
    {
        foreach (RecordedExchange exchange in recording.Exchanges)
        {
            Match operation = OperationId().Match(exchange.Uri.AbsolutePath);
            if (LeftOut.ContainsKey(exchange.Index)) continue;
            bool polls = operation.Success && _operations.ContainsKey(operation.Value);
            if (!polls && !paths.IsMatch(exchange.Uri.AbsolutePath)) continue;
            // How long operations took differs from run to run: what is compared is how they stood at their end.
            if (polls && exchange.Body.Contains("\"InProgress\"", StringComparison.Ordinal)) continue;
            Pass(exchange);
            string address = polls ? Poll(exchange, operation.Value) : Here(exchange.Uri.PathAndQuery);
            EnsureGroup(exchange);
            Answer answer = _client.Send(exchange.Method, address, exchange.RequestBody.Length > 0 ? Here(exchange.RequestBody) : null);
            Remember(exchange, answer);
            Compare(exchange, answer);
            Played++;
        }
    }

    public void Dispose() => _client.Dispose();

    // Answers are dated to the second; one more makes sure that what had ended there has ended here.
    private void Pass(RecordedExchange exchange)
    {
        if (exchange.Date is not { } date) return;
        _first ??= date;
        TimeSpan ahead = date - _first.Value + TimeSpan.FromSeconds(1) - (_client.Sandbox.Clock.GetUtcNow() - s_start);
        if (ahead > TimeSpan.Zero) _client.Sandbox.Clock.Advance(ahead);
    }

    private string Here(string text) =>
        SubscriptionId().Replace(Translate(text), $"/subscriptions/{_client.Sandbox.SubscriptionId}");

    private string Poll(RecordedExchange exchange, string operation)
    {
        string address = _operations[operation];
        while ((string?)_client.Send("GET", address).Json["status"] == "InProgress") _client.Advance(1);
        return exchange.Uri.Query.Contains("monitor=true", StringComparison.Ordinal) ? address.Replace("&api-version", "&monitor=true&api-version") : address;
    }

    private void EnsureGroup(RecordedExchange exchange)
    {
        Match group = GroupName().Match(exchange.Uri.AbsolutePath);
        if (!group.Success) return;
        string path = $"{_client.Subscription}/resourceGroups/{group.Groups[1].Value}";
        if (_client.Send("HEAD", $"{path}?api-version=2022-09-01").Status == 404) _client.Group(group.Groups[1].Value, "westus");
    }

    private void Remember(RecordedExchange exchange, Answer answer)
    {
        string? recorded = exchange.Header("Azure-AsyncOperation");
        if (recorded is not null && answer.Header("Azure-AsyncOperation") is { } here)
            _operations[OperationId().Match(new Uri(recorded).AbsolutePath).Value] = here;
    }

    private void Compare(RecordedExchange exchange, Answer answer)
    {
        string title = $"#{exchange.Index} {exchange.Method} {exchange.Uri.AbsolutePath}";
        if (answer.Status != exchange.Status)
        {
            _differences.Add($"{title}: status {answer.Status} for {exchange.Status}: {answer.Text}");
            return;
        }

        foreach (string name in new[] { "Azure-AsyncOperation", "Location", "x-ms-failure-cause" })
        {
            bool there = exchange.Header(name) is not null;
            if (there != answer.Header(name) is not null) _differences.Add($"{title}: header {name} is {(there ? "missing" : "too much")}");
        }

        JsonNode? expected = exchange.Body.Length == 0 ? null : JsonNode.Parse(Here(exchange.Body));
        JsonNode? actual = answer.Text.Length == 0 ? null : answer.Json;
        JsonDifference.Find(expected, actual, title, _differences);
    }

    [GeneratedRegex("(?<=/)[0-9a-f]{8}-[0-9a-f-]{27}$", RegexOptions.IgnoreCase)]
    private static partial Regex OperationId();

    [GeneratedRegex("/subscriptions/[0-9a-f-]{36}", RegexOptions.IgnoreCase)]
    private static partial Regex SubscriptionId();

    [GeneratedRegex("/resourceGroups/([^/]+)", RegexOptions.IgnoreCase)]
    private static partial Regex GroupName();
}
