using System.Text.Json.Nodes;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Recorded lists of resources, which come in pages.</summary>
internal static class RecordedList
{
    /// <summary>Whether this is the list of a type in a group or a subscription, and not a later page of it.</summary>
    public static bool IsFirstPage(RecordedExchange exchange, string type) =>
        exchange is { Method: "GET", Status: 200 }
        && exchange.Uri.AbsolutePath.EndsWith("/providers/" + type, StringComparison.OrdinalIgnoreCase)
        && RequestKey.Of(exchange.Method, exchange.Uri).Query.Length == 0;

    /// <summary>The group whose resources are listed; null for a subscription's.</summary>
    public static string? GroupOf(RecordedExchange exchange) =>
        exchange.Uri.Segments is { Length: 8 } segments ? segments[4].TrimEnd('/') : null;

    public static IEnumerable<JsonObject> Items(RecordedExchange page) => JsonNode.Parse(page.Body).All("value").Select(item => item.AsObject());
}
