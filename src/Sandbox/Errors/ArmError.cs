using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Errors;

/// <summary>An error as Azure words it.</summary>
/// <param name="Code">Machine-readable code.</param>
/// <param name="Message">Azure's text, its misspellings included.</param>
internal sealed record ArmError(string Code, string Message)
{
    /// <summary>Path of the offending property, where Azure tells it.</summary>
    public string? Target { get; init; }

    /// <summary>What the deployment engine adds to template errors: <c>[{"type":"TemplateViolation","info":{…}}]</c>.</summary>
    public JsonArray? AdditionalInfo { get; init; }

    /// <summary>Errors underneath.</summary>
    public IReadOnlyList<ArmError> Details { get; init; } = [];

    /// <summary>Whether an empty <c>details</c> is written too, as Microsoft.Network does.</summary>
    public bool ListsNoDetails { get; init; }

    /// <summary>Provider-specific addition, such as <c>{"internalErrorCode":"TooManyRequestsReceived"}</c>.</summary>
    public JsonObject? InnerError { get; init; }

    /// <summary>The error without its envelope, as it stands in <c>details</c> and in a failed operation.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["code"] = Code, ["message"] = Message };
        if (Target is not null) json["target"] = Target;
        if (Details.Count > 0 || ListsNoDetails)
            json["details"] = new JsonArray([.. Details.Select(static d => (JsonNode)d.ToJson())]);
        if (AdditionalInfo is not null) json["additionalInfo"] = AdditionalInfo.DeepClone();
        if (InnerError is not null) json["innererror"] = InnerError.DeepClone();
        return json;
    }

    /// <summary>The whole body of an error answer.</summary>
    public JsonObject ToEnvelope() => new() { ["error"] = ToJson() };
}
