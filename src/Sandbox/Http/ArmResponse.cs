using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Http;

/// <summary>An answer before its common headers are added and its body is written.</summary>
internal sealed class ArmResponse(int status, JsonNode? body = null)
{
    public int Status { get; } = status;

    public JsonNode? Body { get; } = body;

    /// <summary>
    /// Made by the front end of ARM, not by a resource provider: compact body, no <c>x-ms-ratelimit-remaining-resource</c>,
    /// request id equal to the correlation id.
    /// </summary>
    public bool FromGateway { get; init; }

    /// <summary>Value of <c>x-ms-failure-cause</c>: <c>gateway</c>, <c>service</c>, or null on provider answers.</summary>
    public string? FailureCause { get; init; }

    /// <summary>Id of the operation that the answer started; it is the request id too (619 of 619 recorded).</summary>
    public string? OperationId { get; init; }

    /// <summary>Body that is no JSON; null: the JSON.</summary>
    public string? RawText { get; init; }

    /// <summary>Headers beside the common ones.</summary>
    public List<KeyValuePair<string, string>> Headers { get; } = [];

    public ArmResponse With(string name, string value)
    {
        Headers.Add(new KeyValuePair<string, string>(name, value));
        return this;
    }

    /// <summary>The same answer with another body.</summary>
    public ArmResponse WithBody(JsonNode body)
    {
        var answer = new ArmResponse(Status, body) { FromGateway = FromGateway, FailureCause = FailureCause, OperationId = OperationId };
        answer.Headers.AddRange(Headers);
        return answer;
    }

    public static ArmResponse Ok(JsonNode? body = null) => new(200, body);

    /// <summary>An answer of ARM's own types (groups, subscriptions, tags): compact.</summary>
    public static ArmResponse Gateway(int status, JsonNode? body = null) => new(status, body) { FromGateway = true };
}
