using System.Globalization;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>A copy that the service makes by itself after the request was answered.</summary>
/// <param name="Id">Id, as <c>x-ms-copy-id</c> tells it.</param>
/// <param name="Source">Address without its signature.</param>
/// <param name="Content">What is copied, as it was when the copy began.</param>
internal sealed record BlobCopy(string Id, string Source, PageMap Content)
{
    public const string Pending = "pending";
    public const string Success = "success";
    public const string Failed = "failed";
    public const string Aborted = "aborted";

    public string Status { get; set; } = Pending;

    public string? Description { get; set; }

    public DateTimeOffset Started { get; init; }

    public DateTimeOffset Ends { get; init; }

    /// <summary>When it fails, because its source cannot be read any longer.</summary>
    public DateTimeOffset? Breaks { get; set; }

    /// <summary>Why it fails; null for the usual reason.</summary>
    public string? Reason { get; init; }

    /// <summary>When it came to its end, good or bad.</summary>
    public DateTimeOffset? Ended { get; set; }

    /// <summary>Bytes that are there by now, in whole pages.</summary>
    public long Done(DateTimeOffset now)
    {
        DateTimeOffset until = Ended ?? now;
        if (Status == Success || Content.Length == 0) return Content.Length;
        if (until >= Ends) return Content.Length;
        double part = Math.Max(0, (until - Started).TotalSeconds) / (Ends - Started).TotalSeconds;
        return (long)(Content.Length * part) / PageChunk.PageSize * PageChunk.PageSize;
    }

    public JsonObject Save() => new()
    {
        ["id"] = Id,
        ["source"] = Source,
        ["content"] = Content.Save(),
        ["status"] = Status,
        ["description"] = Description,
        ["started"] = ArmTime.Format(Started),
        ["ends"] = ArmTime.Format(Ends),
        ["breaks"] = Breaks is { } breaks ? ArmTime.Format(breaks) : null,
        ["reason"] = Reason,
        ["ended"] = Ended is { } ended ? ArmTime.Format(ended) : null,
    };

    public static BlobCopy Load(JsonObject saved, Func<string, PageChunk> chunk) =>
        new(saved.Text("id")!, saved.Text("source")!, PageMap.Load(saved.Object("content")!, chunk))
        {
            Status = saved.Text("status")!,
            Description = saved.Text("description"),
            Started = Time(saved, "started")!.Value,
            Ends = Time(saved, "ends")!.Value,
            Breaks = Time(saved, "breaks"),
            Reason = saved.Text("reason"),
            Ended = Time(saved, "ended"),
        };

    private static DateTimeOffset? Time(JsonObject saved, string name) =>
        saved.Text(name) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;
}
