using System.Globalization;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Blobs;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Identity;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Snapshots;

namespace ImageCmdlets.Sandbox.Disks;

/// <summary>Access to the bytes of a disk or snapshot by a shared access signature.</summary>
internal static class DiskAccess
{
    private const string Key = "access";
    private const string Expires = "access.expires";

    /// <summary>Registers what the operations of a kind do when they end.</summary>
    public static void Register(SandboxRegistry registry, DiskKind kind)
    {
        // A failed grant leaves the disk as it was, usable.
        registry.Effect(kind.Operation("Grant"), new OperationEffect(Granted) { Failed = static _ => { } });
        registry.Effect(kind.Operation("Revoke"), new OperationEffect(Revoked) { Failed = static _ => { } });
    }

    public static ArmResponse Begin(RequestContext context, DiskKind kind)
    {
        ResourceEntry entry = context.Resource;
        string access = context.Body.Text("access") ?? throw ComputeErrors.Missing("access");
        long seconds = context.Body.Number("durationInSeconds") ?? throw ComputeErrors.Missing("durationInSeconds");
        if (access is not ("Read" or "Write" or "None")) throw ComputeErrors.Invalid("access");
        if (seconds is < 1 or > uint.MaxValue) throw ComputeErrors.OutOfRange("durationInSeconds", seconds, 1, uint.MaxValue);
        if (access == "Write" && entry.Body.Text("properties.diskState") != "ReadyToUpload") throw ComputeErrors.Invalid("access");
        if (context.World.Operations.Pending(entry.Id) is not null) throw ComputeErrors.Conflict();
        if (DiskAttachment.RunningMachine(context.World, entry) is { } vm) throw DiskErrors.AccessWhileRunning(entry.Name, vm.Id);
        SnapshotCopy.CheckFinished(context.World, entry);
        JsonObject arguments = JsonText.NewObject();
        arguments["access"] = access;
        arguments["seconds"] = seconds;
        arguments["authority"] = context.Request.Uri.GetLeftPart(UriPartial.Authority);
        LongRunningOperation operation =
            context.Begin(kind.Operation("Grant"), kind.Grant, entry.Id, entry.Location!, arguments);
        return context.Accepted(operation, kind.Grant, 202);
    }

    public static ArmResponse End(RequestContext context, DiskKind kind)
    {
        ResourceEntry entry = context.Resource;
        CheckUpload(context.World, entry);
        LongRunningOperation operation = context.Begin(kind.Operation("Revoke"), kind.Revoke, entry.Id, entry.Location!);
        return context.Accepted(operation, kind.Revoke, 202);
    }

    /// <summary>Whether a signature is out that has neither been revoked nor expired.</summary>
    public static bool IsOpen(ResourceEntry entry, DateTimeOffset now) =>
        entry.State.Text(Expires) is { } text && DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) > now;

    /// <summary>The disk or snapshot that an open signature gives access to; null when there is none.</summary>
    public static ResourceEntry? FindBySas(SandboxWorld world, string uri) => world.Store.All.FirstOrDefault(entry =>
        entry.State.Text("access.uri") == uri && IsOpen(entry, world.Now));

    /// <summary>
    /// Shows the state that a signature brings about. It stays until access is revoked: recorded two minutes after a signature
    /// of ten seconds had expired.
    /// </summary>
    public static void Show(ResourceEntry entry, JsonObject body)
    {
        if (entry.State.Object(Key) is null) return;
        body["properties"]!["diskState"] = entry.State.Text("access.mode") == "Write" ? "ActiveUpload" : "ActiveSAS";
    }

    // The end of the access is the end of the upload: Azure looks at the footer then (users of Storage Explorer, 400).
    private static void CheckUpload(SandboxWorld world, ResourceEntry entry)
    {
        if (entry.State.Text("access.mode") != "Write") return;
        string name = entry.State.Text("access.path")!;
        PageMap pages = DiskBytes.Upload(world, entry);
        // Nothing at all was written: an upload that is given up.
        if (pages.StoredBytes == 0) return;
        BlobImport.Check(pages, BlobItem.PageBlob, entry.State.Text("access.uri")!.Split('?')[0], name.Substring(name.LastIndexOf('/') + 1));
    }

    private static void Granted(OperationContext context)
    {
        if (context.Subject is not { } entry) return;
        if (context.Arguments.Text("access") == "Write" && entry.Body.Text("properties.diskState") != "ReadyToUpload")
        {
            // The upload was ended while the grant was on its way.
            context.Fail(ComputeErrors.Invalid("access").Error);
            return;
        }

        JsonObject access = MakeUri(context.World, entry, new Uri(context.Arguments.Text("authority")!));
        access["mode"] = context.Arguments.Text("access");
        access["expires"] = ArmTime.Format(context.Now.AddSeconds(context.Arguments.Number("seconds")!.Value));
        entry.State[Key] = access;
        context.Operation.Output = new JsonObject { ["accessSAS"] = access.Text("uri") };
    }

    private static void Revoked(OperationContext context)
    {
        if (context.Subject is not { } entry) return;
        if (entry.State.Text("access.mode") == "Write")
        {
            entry.Properties["diskState"] = "Unattached";
            DiskBytes.Finish(context.World, entry);
        }

        if (entry.State.Text("access.uri") is { } uri) BlobCopies.SourceRevoked(context.World, uri.Split('?')[0]);
        entry.State.Remove(Key);
    }

    // Account, container and zone are the disk's own; policy and signature are new with every grant.
    private static JsonObject MakeUri(SandboxWorld world, ResourceEntry entry, Uri authority)
    {
        string seed = entry.Body.Text("properties.uniqueId") ?? entry.Id;
        byte[] place = world.Ids.Derive($"blob|{seed}", 25);
        string Name(int start) => new([.. place.Skip(start).Take(12).Select(static b => SeededIds.Alphabet[b % 30])]);
        string policy = world.Ids.NextGuid($"sas|{entry.Id}");
        string signature = Convert.ToBase64String(world.Ids.Derive($"signature|{policy}", 32));
        string account = $"md-{Name(0)}", path = $"{Name(12)}/abcd";
        JsonObject access = JsonText.NewObject();
        access["uri"] = $"{BlobEndpoint.OfDisk(authority, account, place[24] % 50)}{path}" +
                        $"?sv=2018-03-28&sr=b&si={policy}&sig={Uri.EscapeDataString(signature)}";
        access["path"] = $"/{account}/{path}";
        access["signature"] = signature;
        return access;
    }
}
