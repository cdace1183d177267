using System.Globalization;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Faults;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Snapshots;

/// <summary>
/// CopyStart: the PUT succeeds within two seconds, and only then the bytes begin to travel. <c>completionPercent</c> on a GET
/// tells how far they are; the operation's output does not have it.
/// </summary>
internal static class SnapshotCopy
{
    private const string Started = "copy.started";
    private const string Ends = "copy.ends";
    private const string Broken = "copy.broken";
    private const string SourcePath = "copy.source";

    // Recorded: four minutes for a snapshot of an empty 5 GB disk, so the time is mostly a fixed cost. Assumption: ten seconds
    // more for each GiB written, about 100 MB/s.
    private static readonly TimeSpan s_fixedTime = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan s_perGiB = TimeSpan.FromSeconds(10);

    /// <summary>Recorded: 1.8 seconds from start to end.</summary>
    public static OperationProfile Profile { get; } = DiskKind.Snapshot.Put with { Duration = TimeSpan.FromSeconds(1.8) };

    public static bool IsCopyStart(JsonObject body) => body.Text("properties.creationData.createOption") == "CopyStart";

    /// <summary>The snapshot that a CopyStart reads.</summary>
    public static DiskSource Source(RequestContext context, JsonObject creation)
    {
        if (context.Body.Flag("properties.incremental") != true) throw DiskErrors.CopyStartUnsupported();
        ResourceEntry source = DiskSources.SourceResource(context, creation);
        if (source.Type != DiskKind.SnapshotType) throw DiskErrors.NotExpectedType();
        // Only incremental snapshots travel; what Azure says to a full one is not known.
        if (source.Body.Flag("properties.incremental") != true) throw ComputeErrors.Invalid("creationData.sourceResourceId");
        CheckAlone(context, source);
        return DiskSource.Of(source);
    }

    /// <summary>Adds to a new snapshot what only incremental ones have: the family of the disk in this region.</summary>
    public static void Mark(RequestContext context, JsonObject finished)
    {
        if (finished.Flag("properties.incremental") != true) return;
        // A copy belongs to the family of its source; a first snapshot founds that of its disk.
        string origin = (IsCopyStart(finished) ? SourceFamily(context.World, finished) : null)
            ?? finished.Text("properties.creationData.sourceUniqueId") ?? finished.Text("properties.uniqueId")!;
        string region = finished.Text("location")!;
        finished["properties"]!["incrementalSnapshotFamilyId"] =
            new Guid(context.World.Ids.Derive($"family|{origin}|{region}", 16)).ToString();
    }

    /// <summary>Lets the bytes of a fresh CopyStart snapshot begin to travel.</summary>
    public static void Start(OperationContext context, ResourceEntry snapshot)
    {
        if (!IsCopyStart(snapshot.Body) || snapshot.State.ContainsKey("copy")) return;
        long used = snapshot.State.Number(DiskSource.UsedBytes) ?? 0;
        var duration = TimeSpan.FromTicks(s_fixedTime.Ticks + (used * s_perGiB.Ticks / DiskSource.GiB));
        JsonObject copy = snapshot.State.Ensure("copy");
        copy["source"] = snapshot.Body.Text("properties.creationData.sourceResourceId");
        copy["started"] = ArmTime.Format(context.Now);
        if (CopyFault.Of(context.Operation) is { } fault) Spoil(copy, fault, context.Now, ref duration);
        copy["ends"] = ArmTime.Format(context.Now + duration);
        context.World.Operations.Remind(snapshot.SubscriptionId, snapshot.Id, context.Now + duration);
    }

    /// <summary>Stops the copies that read a snapshot which is now deleted.</summary>
    public static void SourceGone(SandboxWorld world, ResourceEntry source, DateTimeOffset now)
    {
        foreach (ResourceEntry copy in world.Store.OfType(DiskKind.SnapshotType))
        {
            if (Same(copy.State.Text(SourcePath), source.Id) && Percent(copy, now) < 100m)
                copy.State.Ensure("copy")["broken"] = ArmTime.Format(now);
        }
    }

    /// <summary>Adds progress to what a GET shows.</summary>
    public static void Show(ResourceEntry snapshot, JsonObject body, DateTimeOffset now)
    {
        if (Percent(snapshot, now) is not { } percent) return;
        var properties = (JsonObject)body["properties"]!;
        JsonNode? family = properties["incrementalSnapshotFamilyId"]?.DeepClone();
        properties.Remove("incrementalSnapshotFamilyId");
        properties["completionPercent"] = percent;
        if (IsBroken(snapshot, now))
        {
            properties["copyCompletionError"] = new JsonObject
            {
                ["errorCode"] = snapshot.State.Text("copy.code") ?? "CopySourceNotFound",
                ["errorMessage"] = snapshot.State.Text("copy.message") ??
                    "The source snapshot was deleted while the background copy was in progress.",
            };
        }

        properties["incrementalSnapshotFamilyId"] = family;
    }

    /// <summary>Refuses the use of a snapshot whose bytes are not all there.</summary>
    public static void CheckFinished(SandboxWorld world, ResourceEntry entry)
    {
        if (Percent(entry, world.Now) is { } percent and < 100m) throw DiskErrors.CopyNotFinished(entry.Id, percent);
    }

    // One decimal always, as Azure writes it: 0.0, 100.0. Recorded: still 0.0 after four seconds. Assumption: steps of five.
    private static decimal? Percent(ResourceEntry snapshot, DateTimeOffset now)
    {
        if (Time(snapshot, Started) is not { } started || Time(snapshot, Ends) is not { } ends) return null;
        DateTimeOffset reached = IsBroken(snapshot, now) ? Time(snapshot, Broken)!.Value : now;
        if (reached >= ends) return 100.0m;
        long steps = Math.Max(0, (reached - started).Ticks * 20 / (ends - started).Ticks);
        return new decimal((int)steps * 50, 0, 0, false, 1);
    }

    // Documented: one incremental snapshot of a particular disk at a time. A family stands for the disk in the target region.
    private static void CheckAlone(RequestContext context, ResourceEntry source)
    {
        string? family = source.Body.Text("properties.incrementalSnapshotFamilyId");
        foreach (ResourceEntry other in context.World.Store.OfType(DiskKind.SnapshotType))
        {
            bool travels = other.Location == context.Location && Percent(other, context.Now) < 100m &&
                           !IsBroken(other, context.Now);
            if (travels && SourceFamily(context.World, other.Body) == family) throw DiskErrors.CopyInProgress(other.Id);
        }
    }

    private static bool IsBroken(ResourceEntry snapshot, DateTimeOffset now) => Time(snapshot, Broken) <= now;

    private static void Spoil(JsonObject copy, CopyFault fault, DateTimeOffset now, ref TimeSpan duration)
    {
        duration += fault.Delay;
        if (fault.Code is null) return;
        copy["broken"] = ArmTime.Format(now + TimeSpan.FromTicks(duration.Ticks / 2));
        copy["code"] = fault.Code;
        copy["message"] = fault.Message;
    }

    private static string? SourceFamily(SandboxWorld world, JsonObject copy) =>
        world.Store.Find(copy.Text("properties.creationData.sourceResourceId"))?
            .Body.Text("properties.incrementalSnapshotFamilyId");

    private static DateTimeOffset? Time(ResourceEntry entry, string path) =>
        entry.State.Text(path) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;

    private static bool Same(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
