using System.Globalization;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>Who alone may write a blob, and until when.</summary>
internal sealed record BlobLease
{
    /// <summary>Id of the holder; null when there never was a lease or it was released.</summary>
    public string? Id { get; init; }

    /// <summary>Seconds; -1 for a lease without end.</summary>
    public int Duration { get; init; }

    public DateTimeOffset Expires { get; init; }

    /// <summary>When a broken lease ends; null for one that is not broken.</summary>
    public DateTimeOffset? Breaks { get; init; }

    /// <summary>As <c>x-ms-lease-state</c> tells it.</summary>
    public string State(DateTimeOffset now)
    {
        if (Id is null) return "available";
        if (Breaks is { } end) return end > now ? "breaking" : "broken";
        return Duration < 0 || Expires > now ? "leased" : "expired";
    }

    /// <summary>Whether it keeps others from writing.</summary>
    public bool IsLocked(DateTimeOffset now) => State(now) is "leased" or "breaking";

    public JsonObject Save() => new()
    {
        ["id"] = Id,
        ["duration"] = Duration,
        ["expires"] = ArmTime.Format(Expires),
        ["breaks"] = Breaks is { } breaks ? ArmTime.Format(breaks) : null,
    };

    public static BlobLease Load(JsonObject saved) => new()
    {
        Id = saved.Text("id"),
        Duration = (int)saved.Number("duration")!.Value,
        Expires = DateTimeOffset.Parse(saved.Text("expires")!, CultureInfo.InvariantCulture),
        Breaks = saved.Text("breaks") is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null,
    };
}
