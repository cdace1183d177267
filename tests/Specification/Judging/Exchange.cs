namespace ImageCmdlets.Tests.Specification;

/// <summary>One request and its answer, as they were on the wire.</summary>
/// <param name="Method">HTTP method in upper case.</param>
/// <param name="Address">Absolute address.</param>
/// <param name="Headers">Headers of the request; names without regard to case.</param>
/// <param name="Body">Body of the request; empty when there is none.</param>
/// <param name="Status">HTTP status of the answer; <see cref="Unanswered"/> where the answer is not the service's own.</param>
/// <param name="AnswerHeaders">Headers of the answer.</param>
/// <param name="AnswerBody">Body of the answer; empty when there is none.</param>
public sealed record Exchange(
    string Method,
    Uri Address,
    IReadOnlyDictionary<string, string> Headers,
    byte[] Body,
    int Status,
    IReadOnlyList<KeyValuePair<string, string>> AnswerHeaders,
    byte[] AnswerBody)
{
    /// <summary>Status of an exchange whose answer says nothing: a fault has spoiled it, or a test has made it up.</summary>
    public const int Unanswered = 0;

    /// <summary>Parameters of the address; names without regard to case.</summary>
    public IReadOnlyDictionary<string, string> Query { get; } = Split(Address.Query);

    /// <summary>Whether the answer is there to be judged.</summary>
    public bool IsAnswered => Status != Unanswered;

    /// <summary>Whether the service took the request.</summary>
    public bool IsAccepted => Status is > Unanswered and < 400;

    /// <summary>Whether the answer hands out an address to poll.</summary>
    public bool StartsOperation => Status is 201 or 202 or Unanswered
        && AnswerHeaders.Any(static header => header.Key.ToUpperInvariant() is "LOCATION" or "AZURE-ASYNCOPERATION");

    /// <summary>Whether it asks for a further page, at an address that the service has made.</summary>
    public bool IsFurtherPage => Query.ContainsKey("$skiptoken");

    /// <summary>Header of requests that are meant to be wrong: only what is answered to them is judged.</summary>
    public const string HostileHeader = "x-hostile-request";

    /// <summary>Whether the request is meant to be wrong.</summary>
    public bool IsHostile => Headers.ContainsKey(HostileHeader);

    /// <summary>
    /// Whether it came from the module's engine, by the name that it puts before the Azure SDK's. The engine must never send what
    /// the specification forbids, whatever the answer; another client of the SDK may.
    /// </summary>
    public bool IsOfEngine => Headers.TryGetValue("User-Agent", out string? agent) && agent.StartsWith("ImageCmdlets azsdk-net-", StringComparison.Ordinal);

    private static Dictionary<string, string> Split(string query)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            parameters[Uri.UnescapeDataString(parts[0])] = parts.Length > 1 ? Uri.UnescapeDataString(parts[1].Replace('+', ' ')) : string.Empty;
        }

        return parameters;
    }
}
