using System.Globalization;
using System.Xml.Linq;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Storage;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>Containers and lists.</summary>
internal static class ContainerOperations
{
    private const int LongestPage = 5000;

    public static BlobAnswer Create(BlobRequest request)
    {
        string name = request.Address.Container!;
        if (!BlobContainers.IsName(name)) throw BlobErrors.InvalidResourceName();
        if (BlobContainers.Find(request.World, request.Account!, name) is not null) throw BlobErrors.ContainerAlreadyExists();
        string access = request["x-ms-blob-public-access"]?.ToLowerInvariant() switch
        {
            null => "None",
            "blob" => "Blob",
            "container" => "Container",
            { } other => throw BlobErrors.InvalidHeader("x-ms-blob-public-access", other),
        };
        if (access != "None" && request.Account!.Properties.Flag("allowBlobPublicAccess") != true) throw BlobErrors.PublicAccessNotPermitted();
        return Describe(new BlobAnswer(201), BlobContainers.Create(request.World, request.Account!, name, access));
    }

    public static BlobAnswer Get(BlobRequest request)
    {
        ResourceEntry container = BlobAccess.Container(request);
        BlobAnswer answer = Describe(new BlobAnswer(200), container)
            .With("x-ms-lease-status", "unlocked")
            .With("x-ms-lease-state", "available")
            .With("x-ms-has-immutability-policy", "false")
            .With("x-ms-has-legal-hold", "false");
        string access = container.Properties.Text("publicAccess")!;
        return access == "None" ? answer : answer.With("x-ms-blob-public-access", access.ToLowerInvariant());
    }

    public static BlobAnswer Delete(BlobRequest request)
    {
        BlobContainers.Remove(request.World, request.Account!, BlobAccess.Container(request));
        return new BlobAnswer(202);
    }

    public static BlobAnswer ListContainers(BlobRequest request)
    {
        string prefix = request.Query["prefix"] ?? string.Empty;
        ResourceEntry[] containers =
        [
            .. BlobContainers.Of(request.World, request.Account!)
                .Where(container => container.Name.StartsWith(prefix, StringComparison.Ordinal))
                .OrderBy(static container => container.Name, StringComparer.Ordinal),
        ];
        return List(request, "Containers", containers, static container => container.Name, static container => new XElement(
            "Container",
            new XElement("Name", container.Name),
            new XElement(
                "Properties",
                new XElement("Last-Modified", Modified(container)),
                new XElement("Etag", container.Body.Text("etag")),
                new XElement("LeaseStatus", "unlocked"),
                new XElement("LeaseState", "available"))));
    }

    public static BlobAnswer ListBlobs(BlobRequest request)
    {
        BlobAccess.Container(request);
        string prefix = request.Query["prefix"] ?? string.Empty;
        KeyValuePair<string, BlobItem>[] blobs =
        [
            .. request.World.Blobs.In(request.Address.Account, request.Address.Container!)
                .Where(blob => blob.Key.StartsWith(prefix, StringComparison.Ordinal) && !BlockWrites.IsWaiting(blob.Key)),
        ];
        foreach (KeyValuePair<string, BlobItem> blob in blobs) BlobCopies.Settle(request.World, blob.Value);
        bool metadata = (request.Query["include"] ?? string.Empty).Split(',').Contains("metadata");
        return List(request, "Blobs", blobs, static blob => blob.Key, blob => Show(request, blob, metadata));
    }

    private static BlobAnswer List<T>(BlobRequest request, string name, T[] items, Func<T, string> key, Func<T, XElement> show)
    {
        int most = int.TryParse(request.Query["maxresults"], NumberStyles.None, CultureInfo.InvariantCulture, out int wanted)
            ? Math.Min(wanted, LongestPage)
            : LongestPage;
        string marker = request.Query["marker"] ?? string.Empty;
        T[] rest = [.. items.SkipWhile(item => string.CompareOrdinal(key(item), marker) < 0)];
        var root = new XElement("EnumerationResults", new XAttribute("ServiceEndpoint", BlobEndpoint.OfAccount(request.Request.Uri, request.Address.Account)));
        if (request.Address.Container is { } container) root.Add(new XAttribute("ContainerName", container));
        foreach (string echo in new[] { "prefix", "marker", "maxresults" })
        {
            if (request.Query[echo] is { Length: > 0 } value)
                root.Add(new XElement(echo == "maxresults" ? "MaxResults" : char.ToUpperInvariant(echo[0]) + echo.Substring(1), value));
        }

        root.Add(new XElement(name, rest.Take(most).Select(show)));
        root.Add(new XElement("NextMarker", rest.Length > most ? key(rest[most]) : null));
        return BlobAnswer.Xml(200, root);
    }

    private static XElement Show(BlobRequest request, KeyValuePair<string, BlobItem> blob, bool metadata)
    {
        BlobItem item = blob.Value;
        var properties = new XElement(
            "Properties",
            new XElement("Creation-Time", ArmTime.Http(item.Created)),
            new XElement("Last-Modified", ArmTime.Http(item.LastModified)),
            new XElement("Etag", item.ETag.Trim('"')),
            new XElement("Content-Length", item.Content.Length),
            new XElement("Content-Type", item.Headers.TryGetValue("Content-Type", out string? type) ? type : "application/octet-stream"));
        if (item.Type == BlobItem.PageBlob) properties.Add(new XElement("x-ms-blob-sequence-number", item.SequenceNumber));
        properties.Add(
            new XElement("BlobType", item.Type),
            new XElement("LeaseStatus", item.Lease.IsLocked(request.Now) ? "locked" : "unlocked"),
            new XElement("LeaseState", item.Lease.State(request.Now)),
            new XElement("ServerEncrypted", "true"));
        var element = new XElement("Blob", new XElement("Name", blob.Key), properties);
        if (metadata) element.Add(new XElement("Metadata", item.Metadata.Select(static pair => new XElement(pair.Key, pair.Value))));
        return element;
    }

    private static BlobAnswer Describe(BlobAnswer answer, ResourceEntry container) =>
        answer.With("ETag", container.Body.Text("etag")).With("Last-Modified", Modified(container));

    private static string Modified(ResourceEntry container) =>
        ArmTime.Http(DateTimeOffset.Parse(container.Properties.Text("lastModifiedTime")!, CultureInfo.InvariantCulture));
}
