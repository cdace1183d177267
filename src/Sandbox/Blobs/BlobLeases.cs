using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>Acquire, renew, change, release and break of a lease.</summary>
internal static class BlobLeases
{
    public static BlobAnswer Change(BlobRequest request)
    {
        BlobItem item = BlobAccess.Find(request) ?? throw BlobErrors.BlobNotFound();
        BlobConditions.CheckRead(request with { Request = WithoutLease(request.Request) }, item);
        string action = request.Required("x-ms-lease-action").ToLowerInvariant();
        return action switch
        {
            "acquire" => Acquire(request, item),
            "renew" => Renew(request, item),
            "change" => Exchange(request, item),
            "release" => Release(request, item),
            "break" => Break(request, item),
            _ => throw BlobErrors.InvalidHeader("x-ms-lease-action", action),
        };
    }

    private static BlobAnswer Acquire(BlobRequest request, BlobItem item)
    {
        int duration = (int)(request.Number("x-ms-lease-duration") ?? throw BlobErrors.MissingHeader("x-ms-lease-duration"));
        if (duration is not (-1 or (>= 15 and <= 60))) throw BlobErrors.InvalidHeader("x-ms-lease-duration", $"{duration}");
        string? proposed = request["x-ms-proposed-lease-id"];
        if (item.Lease.IsLocked(request.Now) && (proposed is null || !Same(proposed, item.Lease.Id))) throw BlobErrors.LeasePresent();
        string id = proposed ?? request.World.Ids.NextGuid($"lease|{request.Address.Path}");
        item.Lease = Lasting(request, id, duration);
        return Answer(201, item).With("x-ms-lease-id", id);
    }

    private static BlobAnswer Renew(BlobRequest request, BlobItem item)
    {
        string id = Holder(request, item);
        item.Lease = Lasting(request, id, item.Lease.Duration);
        return Answer(200, item).With("x-ms-lease-id", id);
    }

    private static BlobAnswer Exchange(BlobRequest request, BlobItem item)
    {
        Holder(request, item);
        string id = request.Required("x-ms-proposed-lease-id");
        item.Lease = item.Lease with { Id = id };
        return Answer(200, item).With("x-ms-lease-id", id);
    }

    private static BlobAnswer Release(BlobRequest request, BlobItem item)
    {
        Holder(request, item);
        item.Lease = new BlobLease();
        return Answer(200, item);
    }

    private static BlobAnswer Break(BlobRequest request, BlobItem item)
    {
        if (item.Lease.Id is null) throw BlobErrors.LeaseNotPresent();
        TimeSpan left = item.Lease.Duration < 0 || item.Lease.Expires < request.Now ? TimeSpan.Zero : item.Lease.Expires - request.Now;
        if (request.Number("x-ms-lease-break-period") is { } sent and not (>= 0 and <= 60))
            throw BlobErrors.InvalidHeader("x-ms-lease-break-period", $"{sent}");
        var wanted = TimeSpan.FromSeconds(request.Number("x-ms-lease-break-period") ?? left.TotalSeconds);
        TimeSpan period = item.Lease.Duration < 0 || wanted < left ? wanted : left;
        item.Lease = item.Lease with { Breaks = request.Now + period };
        return Answer(202, item).With("x-ms-lease-time", (long)period.TotalSeconds);
    }

    private static BlobLease Lasting(BlobRequest request, string id, int duration) =>
        new() { Id = id, Duration = duration, Expires = request.Now.AddSeconds(Math.Max(0, duration)) };

    private static string Holder(BlobRequest request, BlobItem item)
    {
        string id = request.Required("x-ms-lease-id");
        return Same(id, item.Lease.Id) ? id : throw BlobErrors.LeaseMismatchWithLease();
    }

    private static BlobAnswer Answer(int status, BlobItem item) =>
        new BlobAnswer(status).With("ETag", item.ETag).With("Last-Modified", ArmTime.Http(item.LastModified));

    // The id is what the action is about; it is no condition here.
    private static SandboxRequest WithoutLease(SandboxRequest request) => new(
        request.Method,
        request.Uri,
        request.Headers.Where(static h => !Same(h.Key, "x-ms-lease-id")).ToDictionary(static h => h.Key, static h => h.Value));

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
