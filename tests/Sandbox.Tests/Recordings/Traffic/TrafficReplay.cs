using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Tests.Recordings;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Tests.Recordings.Traffic;

/// <summary>Plays a whole recorded session to a fresh sandbox, in the recorded order and time, and judges every answer by Azure's.</summary>
internal sealed partial class TrafficReplay : IDisposable
{
    private const int LongestWait = 4 * 3600;

    // Azure's pages are longer than the sandbox's (recorded without a link: more than 50 operations, more than 50 machines).
    private const int LongestPage = 1000;
    private static readonly string[] s_headers = ["Azure-AsyncOperation", "Location", "x-ms-failure-cause", "Retry-After"];

    private readonly SandboxClient _client;
    private readonly DateTimeOffset _start;
    private readonly string _session;
    private readonly SessionMap _map;
    private readonly RecordedSurroundings _surroundings;
    private readonly RouteResolver _routes;
    private readonly bool _keepsHeaders;
    private readonly List<TrafficFinding> _findings = [];
    private readonly SortedDictionary<string, int> _uncovered = new(StringComparer.Ordinal);
    private DateTimeOffset? _first;
    private DateTimeOffset? _last;
    private int _covered;
    private int _timing;

    private TrafficReplay(Recording recording)
    {
        // Requests name dates: the sandbox stands in the time of the recording.
        _start = recording.Exchanges.Select(static exchange => exchange.Date).FirstOrDefault(static date => date is not null) ?? new SandboxOptions().StartTime;
        _client = new SandboxClient(new SandboxOptions { StartTime = _start, PageSize = LongestPage });
        _session = Path.GetFileNameWithoutExtension(recording.Name);
        _map = new SessionMap(_client.Sandbox.SubscriptionId);
        _surroundings = new RecordedSurroundings(_client, recording, _map);
        _routes = new RouteResolver(_client.Sandbox.World.Registry);

        // The recorder of the Azure CLI drops Retry-After from every answer.
        _keepsHeaders = recording.Exchanges.Any(static exchange => exchange.Header("Retry-After") is not null);
    }

    public static TrafficScore Play(Recording recording)
    {
        using var replay = new TrafficReplay(recording);
        foreach (RecordedExchange exchange in RecordedOrder.Of(recording)) replay.Play(exchange);
        return new TrafficScore(replay._session, replay._covered, replay._timing, replay._uncovered, replay._findings);
    }

    public void Dispose() => _client.Dispose();

    private void Play(RecordedExchange exchange)
    {
        if (!IsCovered(exchange))
        {
            string what = $"{exchange.Method} {Ids().Replace(exchange.Uri.GetLeftPart(UriPartial.Path), string.Empty)}";
            _uncovered[what] = _uncovered.GetValueOrDefault(what) + 1;
            return;
        }

        Pass(exchange);
        _map.Before(exchange);
        _surroundings.Before(exchange);
        if (_map.Address(exchange) is not { } address)
        {
            _covered++;
            Report(exchange, "the operation was not begun here");
            return;
        }

        Answer answer = Ask(exchange, EditedVersions.Restore(_session, exchange, address));
        if (IsUnderWay(exchange) && (IsEnded(answer) || Phase(exchange.Body) != Phase(answer.Text)))
        {
            _timing++;
            return;
        }

        _covered++;
        _map.After(exchange, answer);
        Judge(exchange, answer);
    }

    private bool IsCovered(RecordedExchange exchange) =>
        exchange.Uri.Host == "management.azure.com" && Operation(exchange) is not null;

    private string? Operation(RecordedExchange exchange) =>
        _routes.Find(exchange.Method, new ArmPath(new Uri(SandboxClient.Root + _map.Here(exchange.Uri.PathAndQuery))))?.Operation.Name;

    // Answers are dated to the second; one more makes sure that what had ended there has ended here.
    private void Pass(RecordedExchange exchange)
    {
        if (exchange.Date is not { } date) return;
        _first ??= date;
        TimeSpan ahead = date - _first.Value + TimeSpan.FromSeconds(1) - (_client.Sandbox.Clock.GetUtcNow() - _start);

        // What had to be waited for here may have made it late; the time that a client let pass before a write or a poll passes all the same,
        // whatever the poll shows: an operation may have ended long before a client looked.
        if ((exchange.IsWrite || IsUnderWay(exchange) || SessionMap.IsOperation(exchange.Uri)) && _last is { } last && date - last > ahead) ahead = date - last;
        _last = date;
        if (ahead > TimeSpan.Zero) _client.Sandbox.Clock.Advance(ahead);
    }

    private static bool IsUnderWay(RecordedExchange exchange)
    {
        if (exchange.IsWrite) return false;
        if (exchange.Status == 202) return true;
        return Phase(exchange.Body) is "InProgress" or "Running" or "Accepted" or "Creating" or "Updating" or "Deleting" or "Migrating";
    }

    // How far an operation or a resource says it has come.
    private static string? Phase(string text) => Parse(text) is JsonObject body
        ? (string?)(body["status"] as JsonValue) ?? (string?)((body["properties"] as JsonObject)?["provisioningState"] as JsonValue)
        : null;

    private Answer Ask(RecordedExchange exchange, string address)
    {
        Answer answer = Send();

        // A read that shows an end was made when the end was there.
        bool waits = !exchange.IsWrite && !IsUnderWay(exchange);
        for (int waited = 0; waits && waited < LongestWait && !(IsEnded(answer) && IsAgentThere(exchange, answer)); waited += 5)
        {
            _client.Advance(5);
            answer = Send();
        }

        return answer;

        Answer Send() => _client.Send(exchange.Method, address, exchange.RequestBody.Length > 0 ? _map.Here(exchange.RequestBody) : null);
    }

    // The agent of a machine that has just been started reports when it has come up.
    private static bool IsAgentThere(RecordedExchange exchange, Answer answer) =>
        !exchange.Body.Contains("Guest Agent is running", StringComparison.Ordinal) || !answer.Text.Contains("\"Not Ready\"", StringComparison.Ordinal);

    private static bool IsEnded(Answer answer)
    {
        if (answer.Status == 202) return false;
        string? state = Phase(answer.Text);
        return state is not ("InProgress" or "Running" or "Accepted" or "Creating" or "Updating" or "Deleting");
    }

    private void Judge(RecordedExchange exchange, Answer answer)
    {
        if (answer.Status != exchange.Status)
        {
            string? code = (string?)Parse(answer.Text)?["error"]?["code"];
            string point = $"status {answer.Status}{(code is null ? null : $" {code}")} for {exchange.Status}";
            Report(exchange, point, exchange.Status < answer.Status ? answer.Text.ReplaceLineEndings(" ") : exchange.Body.ReplaceLineEndings(" "));
            return;
        }

        foreach (string name in s_headers)
        {
            if (name == "Retry-After" && !_keepsHeaders) continue;
            bool there = exchange.Header(name) is not null;
            if (there != answer.Header(name) is not null) Report(exchange, $"header {name} is {(there ? "missing" : "too much")}");
        }

        foreach (string difference in AnswerShape.Differences(Parse(_map.Here(exchange.Body)), Parse(answer.Text))) Report(exchange, difference);
    }

    private void Report(RecordedExchange exchange, string point, string detail = "") => _findings.Add(new TrafficFinding(
        _session,
        exchange.Index,
        Operation(exchange)!,
        $"{exchange.Method} {ShortPath().Replace(exchange.Uri.AbsolutePath, string.Empty)}{ApiVersion().Match(exchange.Uri.Query)}",
        point,
        detail));

    private static JsonNode? Parse(string text) => text.TrimStart() is ['{' or '[', ..] ? JsonNode.Parse(text) : null;

    [GeneratedRegex("(?<=api-version)=[0-9a-z-]+", RegexOptions.IgnoreCase)]
    private static partial Regex ApiVersion();

    [GeneratedRegex("^/subscriptions/[^/]+(/resourceGroups/[^/]+)?(/providers)?", RegexOptions.IgnoreCase)]
    private static partial Regex ShortPath();

    [GeneratedRegex("^https://management.azure.com/subscriptions/[^/]+|(?<=/(resourcegroups|images|galleries|virtualMachines|vaults|diskEncryptionSets|storageAccounts|operations|imageTemplates|locations|extensions))/[^/]+", RegexOptions.IgnoreCase)]
    private static partial Regex Ids();
}
