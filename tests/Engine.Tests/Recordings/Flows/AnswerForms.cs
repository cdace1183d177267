using System.Text.Json.Nodes;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Changes to recorded answers that must change nothing for a user.</summary>
internal static class AnswerForms
{
    // Without these there is no telling that an operation goes on, and where.
    private static readonly string[] s_needed = ["Azure-AsyncOperation", "Location"];

    /// <summary>By name: every form of a body, and an answer without the headers that can be missed.</summary>
    public static IEnumerable<(string Name, Func<RecordedExchange, RecordedExchange> Change)> All =>
    [
        .. BodyMutation.All.Select(mutation => (mutation.Key, InBody(mutation.Value))),
        ("no headers", WithoutHeaders),
    ];

    private static Func<RecordedExchange, RecordedExchange> InBody(Func<JsonObject, JsonObject> mutate) => exchange =>
        exchange.Body.Length > 0 && JsonNode.Parse(exchange.Body) is JsonObject body ? exchange with { Body = mutate(body).ToJsonString() } : exchange;

    private static RecordedExchange WithoutHeaders(RecordedExchange exchange) =>
        exchange with { Headers = [.. exchange.Headers.Where(header => s_needed.Contains(header.Name, StringComparer.OrdinalIgnoreCase))] };
}
