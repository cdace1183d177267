using System.Text;
using System.Text.Json;
using Newtonsoft.Json.Linq;
using NSwag;

namespace ImageCmdlets.Tests.Specification;

/// <summary>Holds requests and answers against the operations of a library.</summary>
/// <param name="library">The documents.</param>
/// <param name="anyVersion">Whether a version that the library lacks is held against the nearest that it has.</param>
public sealed class ExchangeJudge(SpecificationLibrary library, bool anyVersion = false)
{
    private static readonly JsonDocumentOptions s_reading = new() { MaxDepth = 256 };

    private readonly RunningOperations _running = new();

    /// <summary>What is wrong with an exchange.</summary>
    public Judgement Judge(Exchange exchange)
    {
        exchange = exchange with { Address = UndeclaredScopes.Declared(exchange.Address) };
        string path = exchange.Address.AbsolutePath;
        if (_running.Find(exchange) is { } running)
            return running.IsOfItsVersion ? new Judgement(Judgement.ByItsVersion, JudgePoll(exchange, running)) : Lenient(JudgePoll(exchange, running));
        if (!exchange.Query.TryGetValue("api-version", out string? version)) return Judgement.No("no request of ARM");
        if (library.Find(exchange.Method, path, version) is { } operation)
            return new Judgement(Judgement.ByItsVersion, JudgeWhole(exchange, operation, isOfItsVersion: true));
        if (!library.HasProviderOf(path)) return Judgement.No("the folder has nothing of the provider");
        // The engine may speak no version and call no operation that nobody can check.
        NewerVersion? newer = exchange.IsOfEngine ? NewerVersions.Find(path, version) : null;
        if (exchange is { IsOfEngine: true, IsFurtherPage: false } && !anyVersion && newer is null && library.HasTypeOf(path))
            return new Judgement(Judgement.ByItsVersion, [new Violation($"{exchange.Method} {path} {version}", "path", string.Empty, "unknown", "no document declares it")]);
        if (library.FindNearest(exchange.Method, path, version) is not { } nearest) return Judgement.No("the provider has no such operation in any version");
        bool isWhole = anyVersion || newer is not null;
        List<Violation> found = JudgeWhole(exchange, nearest, isWhole);
        return isWhole ? new Judgement(Judgement.ByAnotherVersion, [.. found.Where(violation => newer?.Adds(violation) != true)]) : Lenient(found);
    }

    // Another version may lack members that this one has, and the other way round; all else of an answer holds in any.
    private static Judgement Lenient(List<Violation> found) => new(
        Judgement.ByAnotherVersion,
        [.. found.Where(static violation => violation.Part is not ("request" or "path" or "query") && violation.Rule is not ("unknown" or "required"))]);

    private List<Violation> JudgeWhole(Exchange exchange, SpecificationOperation operation, bool isOfItsVersion)
    {
        var found = new List<Violation>();
        if (!exchange.IsHostile && (exchange.IsAccepted || exchange.IsOfEngine)) JudgeRequest(exchange, operation, found);
        if (exchange.IsAccepted) JudgeAnswer(exchange, operation, found);
        else if (exchange.IsAnswered) JudgeRefusal(exchange, operation, found);
        _running.Remember(exchange, operation, isOfItsVersion);
        return found;
    }

    private static void JudgeRequest(Exchange exchange, SpecificationOperation operation, List<Violation> found)
    {
        BodyDirection direction = exchange.Method == "PATCH" ? BodyDirection.Change : BodyDirection.Request;
        JudgeParameters(exchange, operation, found);
        if (operation.Body is not { } declared)
        {
            // ARM takes an empty object where no body is declared, as clients send it with a POST.
            if (exchange.Body.Length > 2) found.Add(new Violation(operation.ToString(), "request", string.Empty, "body", "a body where none is declared"));
            return;
        }

        if (exchange.Body.Length > 0) JudgeBody(exchange.Body, declared.Schema, direction, operation, "request", found);
        else if (declared.IsRequired) found.Add(new Violation(operation.ToString(), "request", string.Empty, "body", "no body"));
    }

    private static void JudgeParameters(Exchange exchange, SpecificationOperation operation, List<Violation> found)
    {
        IReadOnlyDictionary<string, string> inPath = operation.Path.Match(exchange.Address.AbsolutePath)!;
        foreach (SpecificationParameter parameter in operation.Parameters)
        {
            IReadOnlyDictionary<string, string>? values = parameter.Place switch
            {
                OpenApiParameterKind.Path => inPath,
                OpenApiParameterKind.Query => exchange.Query,
                _ => null,
            };
            if (values is null) continue;
            string part = parameter.Place == OpenApiParameterKind.Path ? "path" : "query";
            if (!values.TryGetValue(parameter.Name, out string? value))
            {
                if (parameter.IsRequired && parameter.Place == OpenApiParameterKind.Query)
                    found.Add(new Violation(operation.ToString(), part, parameter.Name, "required", "missing"));
            }
            else if (parameter.Schema.Kind == SchemaKind.String && ScalarRules.CheckText(value, parameter.Schema, BodyDirection.Request) is var (rule, detail))
            {
                found.Add(new Violation(operation.ToString(), part, parameter.Name, rule, detail));
            }
        }

        // ARM itself ignores a parameter that it does not know.
        if (!exchange.IsOfEngine) return;
        foreach (string name in exchange.Query.Keys.Where(name => !IsDeclared(name, operation)))
            found.Add(new Violation(operation.ToString(), "query", name, "unknown", "the specification knows no such parameter"));
    }

    // The token of a further page comes from the service and is never declared.
    private static bool IsDeclared(string name, SpecificationOperation operation) =>
        string.Equals(name, "$skiptoken", StringComparison.OrdinalIgnoreCase)
        || operation.Parameters.Any(p => p.Place == OpenApiParameterKind.Query && string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));

    private static void JudgeAnswer(Exchange exchange, SpecificationOperation operation, List<Violation> found)
    {
        // The front end answers so for every resource that is gone already, whatever the provider declares (ARM's rules for providers).
        if (exchange is { Method: "DELETE", Status: 204, AnswerBody.Length: 0 }) return;
        string part = $"answer {exchange.Status}";
        if (!operation.Answers.TryGetValue(exchange.Status, out SchemaNode? schema))
        {
            found.Add(new Violation(operation.ToString(), part, string.Empty, "status", $"declared are {string.Join(", ", operation.Answers.Keys)}"));
            return;
        }

        if (schema is not null && exchange.AnswerBody.Length > 0)
            JudgeBody(exchange.AnswerBody, schema, BodyDirection.Answer, operation, part, found);
        else if (schema is not null && exchange.Method != "HEAD")
            found.Add(new Violation(operation.ToString(), part, string.Empty, "body", "no body although one is declared"));
        else if (exchange.AnswerBody.Length > 0)
            found.Add(new Violation(operation.ToString(), part, string.Empty, "body", "a body where none is declared"));
    }

    private static void JudgeRefusal(Exchange exchange, SpecificationOperation operation, List<Violation> found)
    {
        // A wrong method is refused with a message alone (recorded), also where the specification has the method for another scope.
        if (exchange.Method == "HEAD" || exchange.Status == 405 || operation.Answers.ContainsKey(exchange.Status)) return;
        string part = $"refusal {exchange.Status}";
        var byFrontEnd = new List<Violation>();
        JudgeBody(exchange.AnswerBody, ArmRefusal.Schema, BodyDirection.Answer, operation, part, byFrontEnd);
        if (byFrontEnd.Count == 0) return;
        var byProvider = new List<Violation>();
        if (operation.Refusal is { } refusal) JudgeBody(exchange.AnswerBody, refusal, BodyDirection.Answer, operation, part, byProvider);
        if (operation.Refusal is null || byProvider.Count > 0) found.AddRange(byFrontEnd);
    }

    // The end of a long-running operation brings what the operation's own 200 declares: at the Location as the whole body, at
    // the Azure-AsyncOperation address as `properties.output`.
    private static List<Violation> JudgePoll(Exchange poll, RunningOperation running)
    {
        SpecificationOperation started = running.Operation;
        var found = new List<Violation>();
        if (poll.Status != 200 || poll.AnswerBody.Length == 0 || started.Answers.GetValueOrDefault(200) is not { } schema) return found;
        if (Parse(poll.AnswerBody) is not { } document) return found;
        using (document)
        {
            JsonElement output = document.RootElement;
            if (running.IsStatus && !(output.TryGetProperty("properties", out JsonElement properties) && properties.TryGetProperty("output", out output))) return found;
            foreach (BodyFault fault in BodyValidator.Check(output, schema, BodyDirection.Answer))
                found.Add(new Violation(started.ToString(), "result", fault.Pointer, fault.Rule, fault.Detail));
        }

        return found;
    }

    private static void JudgeBody(
        byte[] body, SchemaNode schema, BodyDirection direction, SpecificationOperation operation, string part, List<Violation> found)
    {
        if ((Parse(body) ?? (direction == BodyDirection.Answer ? null : ParseLoosely(body))) is not { } document)
        {
            found.Add(new Violation(operation.ToString(), part, string.Empty, "json", $"{body.Length} bytes that are no JSON"));
            return;
        }

        using (document)
        {
            foreach (BodyFault fault in BodyValidator.Check(document.RootElement, schema, direction))
                found.Add(new Violation(operation.ToString(), part, fault.Pointer, fault.Rule, fault.Detail));
        }
    }

    private static JsonDocument? Parse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body, s_reading);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Templates are taken with comments and without quotes, as ARM's own reader takes them.
    private static JsonDocument? ParseLoosely(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(JToken.Parse(Encoding.UTF8.GetString(body)).ToString(Newtonsoft.Json.Formatting.None));
        }
        catch (Newtonsoft.Json.JsonException)
        {
            return null;
        }
    }
}
