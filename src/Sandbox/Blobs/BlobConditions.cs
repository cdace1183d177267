using System.Globalization;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>Conditional headers, sequence numbers and leases: what a request wants to be true before it does anything.</summary>
internal static class BlobConditions
{
    /// <summary>Checks what a read depends on.</summary>
    public static void CheckRead(BlobRequest request, BlobItem item)
    {
        Check(request, item, unmodified: 304);
        if (request["x-ms-lease-id"] is { } lease && item.Lease.Id is not null && !Same(lease, item.Lease.Id)) throw BlobErrors.LeaseMismatch();
    }

    /// <summary>Checks what a write depends on.</summary>
    /// <param name="request">The request.</param>
    /// <param name="item">The blob; null when it is not there yet.</param>
    public static void CheckWrite(BlobRequest request, BlobItem? item)
    {
        if (item is null)
        {
            if (request["If-Match"] is not null) throw BlobErrors.ConditionNotMet();
            return;
        }

        if (request["If-None-Match"] == "*") throw BlobErrors.BlobAlreadyExists();
        Check(request, item, unmodified: 412);
        string? lease = request["x-ms-lease-id"];
        if (item.Lease.IsLocked(request.Now) && lease is null) throw BlobErrors.LeaseMissing();
        if (lease is not null && !Same(lease, item.Lease.Id)) throw BlobErrors.LeaseMismatch();
    }

    /// <summary>Checks the sequence number that a write of pages depends on.</summary>
    public static void CheckSequence(BlobRequest request, BlobItem item)
    {
        bool met = !(request.Number("x-ms-if-sequence-number-le") < item.SequenceNumber) &&
                   !(request.Number("x-ms-if-sequence-number-lt") <= item.SequenceNumber) &&
                   (request.Number("x-ms-if-sequence-number-eq") ?? item.SequenceNumber) == item.SequenceNumber;
        if (!met) throw BlobErrors.SequenceNotMet();
    }

    private static void Check(BlobRequest request, BlobItem item, int unmodified)
    {
        // The service counts whole seconds here.
        DateTimeOffset modified = DateTimeOffset.FromUnixTimeSeconds(item.LastModified.ToUnixTimeSeconds());
        if (request["If-Match"] is { } match && match != "*" && !SameTag(match, item)) throw BlobErrors.ConditionNotMet();
        if (request["If-None-Match"] is { } none && (none == "*" || SameTag(none, item))) throw BlobErrors.ConditionNotMet(unmodified);
        if (Time(request, "If-Unmodified-Since") < modified) throw BlobErrors.ConditionNotMet();
        if (Time(request, "If-Modified-Since") >= modified) throw BlobErrors.ConditionNotMet(unmodified);
    }

    private static DateTimeOffset? Time(BlobRequest request, string header) =>
        DateTimeOffset.TryParse(request[header], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : null;

    private static bool SameTag(string sent, BlobItem item) => sent.Trim().Trim('"') == item.ETag.Trim('"');

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
