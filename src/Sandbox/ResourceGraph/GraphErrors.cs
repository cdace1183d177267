using System.Globalization;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.ResourceGraph;

/// <summary>Refusals of Resource Graph, as reported with its answers (Azure/azure-powershell 13762, Azure/azure-cli-extensions 3325).</summary>
internal static class GraphErrors
{
    /// <summary>A query that cannot be read.</summary>
    /// <param name="position">Where, from zero; queries of several lines are told as one.</param>
    /// <param name="token">What stands there.</param>
    public static ArmException Parser(int position, string token) => Query(new JsonObject
    {
        ["code"] = "ParserFailure",
        ["message"] = "ParserFailure",
        ["line"] = 1,
        ["characterPositionInLine"] = position,
        ["token"] = token,
    });

    /// <summary>An operator or function that Resource Graph does not have; or the sandbox, which has fewer.</summary>
    public static ArmException Language(string token) => Query(new JsonObject
    {
        ["code"] = "InvalidQueryLanguage",
        ["message"] = "InvalidQueryLanguage",
        ["line"] = -1,
        ["characterPositionInLine"] = -1,
        ["token"] = token,
    });

    /// <summary>A column that no row has. The text is an assumption.</summary>
    public static ArmException Column(string name) => Query(new JsonObject
    {
        ["code"] = "UnresolvableColumn",
        ["message"] = $"Failed to resolve column or scalar expression named '{name}'.",
    });

    /// <summary>A table that there is not. The text is an assumption.</summary>
    public static ArmException Table(string name) => Query(new JsonObject
    {
        ["code"] = "DisallowedLogicalTableName",
        ["message"] = $"Table {name} is invalid, unsupported or disallowed.",
        ["token"] = name,
    });

    /// <summary>None of the subscriptions of the request is one that the caller sees.</summary>
    public static ArmException NoSubscription(IEnumerable<string> given) => Refuse(400, "BadRequest", new JsonObject
    {
        ["code"] = "NoValidSubscriptionsInQueryRequest",
        ["message"] = $"There must be at least one subscription that is eligible to contain resources. Given: '{string.Join(",", given)}'.",
    });

    /// <summary>An option that the specification does not allow. The code is an assumption.</summary>
    public static ArmException Option(string name) => Refuse(400, "BadRequest", new JsonObject
    {
        ["code"] = "InvalidRequestOptions",
        ["message"] = $"The value of the option '{name}' is not valid.",
    });

    /// <summary>Too many queries of one caller.</summary>
    public static ArmException TooMany(int seconds) => new(429, Envelope("RateLimiting"))
    {
        RawBody = Body("RateLimiting", new JsonObject
        {
            ["code"] = "RateLimiting",
            ["message"] = "Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed. " +
                "Please see https://aka.ms/resourcegraph-throttling for help.",
        }),
        Headers = [new("Retry-After", seconds.ToString(CultureInfo.InvariantCulture))],
    };

    private static ArmException Query(JsonObject detail) => Refuse(400, "BadRequest",
        new JsonObject
        {
            ["code"] = "InvalidQuery",
            ["message"] = "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.",
        },
        detail);

    private static ArmException Refuse(int status, string code, params JsonObject[] details) =>
        new(status, Envelope(code)) { RawBody = Body(code, details) };

    // Time and correlation id stand in Azure's text. They would make it another one at every run.
    private static ArmError Envelope(string code) =>
        new(code, "Please provide below info when asking for support: timestamp and correlationId of this answer's headers.");

    private static JsonObject Body(string code, params JsonObject[] details)
    {
        JsonObject body = Envelope(code).ToEnvelope();
        ((JsonObject)body["error"]!)["details"] = new JsonArray([.. details]);
        return body;
    }
}
