namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Recorded removals of resources.</summary>
internal static class RecordedRemoval
{
    /// <summary>Whether Azure accepted the removal of a resource of a type here.</summary>
    public static bool Is(RecordedExchange exchange, string type) =>
        exchange is { Method: "DELETE", Status: 202 } && ResourceId.TryParse(exchange.Uri.AbsolutePath)?.Is(type) == true;

    /// <summary>The same removal of an image; no recorded client looked who used it.</summary>
    public static RemoveImageOptions Options(string id) => new() { Id = id, AllowInUse = true };
}
