using System.Globalization;
using ImageCmdlets.Sandbox.Faults;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>
/// Copies that the service makes by itself. Nothing ticks: how far a copy is follows from the time, and its bytes are put in place
/// when somebody looks.
/// </summary>
internal static class BlobCopies
{
    // Assumption: half a minute, and ten seconds more for each GiB of pages that hold anything, as for snapshots.
    private static readonly TimeSpan s_fixedTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_perGiB = TimeSpan.FromSeconds(10);

    private const string WakeKind = "Blobs.Copy";

    /// <summary>Registers the end of copies.</summary>
    public static void Register(SandboxRegistry registry) => registry.Effect(WakeKind, new OperationEffect(Woken) { Failed = static _ => { } });

    public static BlobAnswer Start(BlobRequest request)
    {
        (BlobItem source, DateTimeOffset? expiry) = BlobAccess.Other(request, request.Required("x-ms-copy-source"));
        PageMap content = PageMap.Copy(source.Content);
        bool now = request["x-ms-requires-sync"] == "true";
        DateTimeOffset ends = request.Now + (now ? TimeSpan.Zero : Duration(content));
        var copy = new BlobCopy(request.World.Ids.NextGuid($"copy|{request.Address.Path}"), Bare(request), content)
        {
            Started = request.Now,
            Ends = ends,
            // The signature must last as long as the copy does: users have lost copies at 59 minutes.
            Breaks = expiry < ends ? expiry : null,
        };
        var item = new BlobItem(source.Type, new PageMap(content.Length)) { Created = request.Now, Copy = copy, SequenceNumber = source.SequenceNumber };
        foreach (KeyValuePair<string, string> header in source.Headers) item.Headers[header.Key] = header.Value;
        bool own = request.Request.Headers.Any(static h => h.Key.StartsWith("x-ms-meta-", StringComparison.OrdinalIgnoreCase));
        foreach (KeyValuePair<string, string> pair in own ? [] : source.Metadata) item.Metadata[pair.Key] = pair.Value;
        BlobWrites.Create(request, item);
        Settle(request.World, item);
        // Whoever lets time jump to the next event must know of this one.
        request.World.Operations.Wake(WakeKind, request.Account!.SubscriptionId, request.Address.Path, copy.Breaks ?? ends);
        return new BlobAnswer(202)
            .With("ETag", item.ETag)
            .With("Last-Modified", ArmTime.Http(item.LastModified))
            .With("x-ms-copy-id", copy.Id)
            .With("x-ms-copy-status", copy.Status);
    }

    public static BlobAnswer Abort(BlobRequest request)
    {
        BlobItem item = BlobAccess.Find(request) ?? throw BlobErrors.BlobNotFound();
        if (item.Copy is not { Status: BlobCopy.Pending } copy) throw BlobErrors.NoPendingCopy();
        if (copy.Id != request.Query["copyid"]) throw BlobErrors.CopyIdMismatch();
        End(item, copy, BlobCopy.Aborted, request.Now, null);
        // An aborted copy leaves a blob of no length.
        item.Content = new PageMap(0);
        return new BlobAnswer(204);
    }

    /// <summary>Ends a copy whose time has come.</summary>
    public static void Settle(SandboxWorld world, BlobItem item)
    {
        if (item.Copy is not { Status: BlobCopy.Pending } copy) return;
        if (copy.Breaks is { } breaks && breaks < copy.Ends)
        {
            if (breaks <= world.Now)
                End(item, copy, BlobCopy.Failed, breaks, copy.Reason ?? "403 AuthenticationFailed \"Copy failed when reading the source.\"");
        }
        else if (copy.Ends <= world.Now)
        {
            item.Content = PageMap.Copy(copy.Content);
            End(item, copy, BlobCopy.Success, copy.Ends, null);
        }
    }

    /// <summary>Breaks the copies that read a disk whose signature is taken back.</summary>
    public static void SourceRevoked(SandboxWorld world, string source)
    {
        foreach (BlobItem item in world.Blobs.All)
        {
            if (item.Copy is { Status: BlobCopy.Pending } copy && copy.Source == source && copy.Ends > world.Now)
                copy.Breaks = copy.Breaks < world.Now ? copy.Breaks : world.Now;
        }
    }

    /// <summary>Tells how a copy stands.</summary>
    public static BlobAnswer Describe(BlobAnswer answer, BlobCopy copy, DateTimeOffset now)
    {
        string total = copy.Content.Length.ToString(CultureInfo.InvariantCulture);
        answer.With("x-ms-copy-id", copy.Id).With("x-ms-copy-source", copy.Source).With("x-ms-copy-status", copy.Status);
        if (copy.Status is BlobCopy.Pending or BlobCopy.Success) answer.With("x-ms-copy-progress", $"{copy.Done(now)}/{total}");
        if (copy.Ended is { } ended) answer.With("x-ms-copy-completion-time", ArmTime.Http(ended));
        return answer.With("x-ms-copy-status-description", copy.Description);
    }

    /// <summary>Slows the copy into the request's blob down, or lets it break half-way.</summary>
    public static void Spoil(BlobRequest request, CopyFault fault)
    {
        if (BlobAccess.Find(request) is not { Copy: { Status: BlobCopy.Pending } copy } item) return;
        DateTimeOffset ends = copy.Ends + fault.Delay;
        item.Copy = copy with
        {
            Ends = ends,
            Breaks = fault.Code is null ? copy.Breaks : copy.Started + TimeSpan.FromTicks((ends - copy.Started).Ticks / 2),
            Reason = fault.Code is null ? null : $"{fault.Code} \"{fault.Message}\"",
        };
    }

    private static void Woken(OperationContext context)
    {
        context.World.Operations.Forget(context.Operation.Id);
        foreach (BlobItem item in context.World.Blobs.All)
        {
            Settle(context.World, item);
            // A copy that was slowed down ends later than was foreseen.
            if (item.Copy is { Status: BlobCopy.Pending } copy)
                context.World.Operations.Wake(WakeKind, context.Operation.SubscriptionId, copy.Id, copy.Breaks ?? copy.Ends);
        }
    }

    private static void End(BlobItem item, BlobCopy copy, string status, DateTimeOffset at, string? description)
    {
        copy.Status = status;
        copy.Ended = at;
        copy.Description = description;
        item.LastModified = at;
    }

    private static TimeSpan Duration(PageMap content) =>
        s_fixedTime + TimeSpan.FromTicks(content.StoredBytes * s_perGiB.Ticks / Disks.DiskSource.GiB);

    // The service shows the source without its signature.
    private static string Bare(BlobRequest request) => request.Required("x-ms-copy-source").Split('?')[0];
}
