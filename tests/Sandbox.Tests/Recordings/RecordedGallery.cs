using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Tests.Recordings;
using ImageCmdlets.Sandbox.DiskEncryptionSets;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Images;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.Tests.Recordings;

/// <summary>What a recorded session of galleries needs beside its requests: names of here, and the sources of its versions.</summary>
internal sealed partial class RecordedGallery
{
    // The subscriptions in which the recordings were made; their ids show in the unique names of galleries.
    private static readonly string[] s_subscriptions =
        ["0b1f6471-1bf0-4dda-aec3-cb9272f09590", "97f78232-382b-46a7-8a72-964d692c4f3f"];

    private readonly Dictionary<string, string> _uniqueNames = new(StringComparer.Ordinal);
    private readonly string _group;
    private string _subscription = string.Empty;

    public RecordedGallery(Recording recording)
    {
        foreach (RecordedExchange exchange in recording.Exchanges)
        {
            // The recorder hid the name of a gallery but not the unique name made of it.
            Match gallery = GalleryName().Match(exchange.Uri.AbsolutePath), unique = UniqueName().Match(exchange.Body);
            if (gallery.Success && unique.Success) _uniqueNames[unique.Groups[1].Value] = gallery.Groups[1].Value.ToUpperInvariant();
        }

        RecordedExchange first = recording.Exchanges.First(static e => GalleryName().IsMatch(e.Uri.AbsolutePath));
        _group = GroupName().Match(first.Uri.AbsolutePath).Groups[1].Value;
    }

    /// <summary>A session in which the recording can be played.</summary>
    public RecordedSession Open(IReadOnlyDictionary<int, string> leftOut)
    {
        var session = new RecordedSession { Translate = Here, LeftOut = leftOut };
        _subscription = session.Client.Sandbox.SubscriptionId;
        return session;
    }

    /// <summary>Plants a managed image with a 30 GB OS disk and, if asked, a data disk of 10 GB.</summary>
    public static void PlantImage(RecordedSession session, string group, string name, string region, bool data)
    {
        string id = Id(session, group, $"images/{name}");
        JsonObject disks = Disks(data);
        var entry = new ResourceEntry(id, ImageSubject.Type, (JsonObject)JsonText.Parse($$"""
            {"name":"{{name}}","id":"{{id}}","location":"{{region}}","properties":{"provisioningState":"Succeeded","hyperVGeneration":"V1","storageProfile":{{disks.ToJsonString()}} } }
            """)!);
        ImageDisks.Keep(entry.State, null, DiskSource.Of(30, Linux()), 30);
        if (data) ImageDisks.Keep(entry.State, 0, DiskSource.Of(10), 10);
        session.Client.Sandbox.World.Store.Put(entry);
    }

    /// <summary>Plants a disk encryption set.</summary>
    public static void PlantEncryptionSet(RecordedSession session, string group, string name, string region)
    {
        string id = Id(session, group, $"diskEncryptionSets/{name}");
        session.Client.Sandbox.World.Store.Put(new ResourceEntry(id, EncryptionSets.Type, (JsonObject)JsonText.Parse($$"""
            {"name":"{{name}}","id":"{{id}}","location":"{{region}}","properties":{"provisioningState":"Succeeded"} }
            """)!));
    }

    /// <summary>Plants a managed image of one Windows blob, as it was made in 2018.</summary>
    public void PlantBlobImage(RecordedSession session, string name, string region)
    {
        string id = Id(session, _group, $"images/{name}");
        var entry = new ResourceEntry(id, ImageSubject.Type, (JsonObject)JsonText.Parse($$"""
            {"name":"{{name}}","id":"{{id}}","location":"{{region}}","properties":{"provisioningState":"Succeeded","storageProfile":{"osDisk":{"osType":"Windows","osState":"Generalized","caching":"None"} } } }
            """)!);
        ImageDisks.Keep(entry.State, null, DiskSource.Of(127), 127);
        session.Client.Sandbox.World.Store.Put(entry);
    }

    /// <summary>Plants a running machine with a 30 GB OS disk and a data disk of 10 GB.</summary>
    public void PlantMachine(RecordedSession session, string name, string region)
    {
        ResourceStore store = session.Client.Sandbox.World.Store;
        JsonObject disks = Disks(data: true);
        foreach ((JsonObject disk, long size) in new[] { ((JsonObject)disks["osDisk"]!, 30L), ((JsonObject)disks["dataDisks"]![0]!, 10L) })
        {
            string diskId = Id(session, _group, $"disks/d{size}");
            var body = (JsonObject)JsonText.Parse($$"""{"name":"d{{size}}","location":"{{region}}","properties":{"provisioningState":"Succeeded","diskSizeBytes":{{size * DiskSource.GiB}} } }""")!;
            store.Put(new ResourceEntry(diskId, DiskKind.DiskType, body));
            disk["managedDisk"] = new JsonObject { ["id"] = diskId };
        }

        string id = Id(session, _group, $"virtualMachines/{name}");
        store.Put(new ResourceEntry(id, VmFacts.Type, (JsonObject)JsonText.Parse($$"""
            {"name":"{{name}}","id":"{{id}}","location":"{{region}}","properties":{"provisioningState":"Succeeded","storageProfile":{{disks.ToJsonString()}} } }
            """)!));
    }

    private static JsonObject Disks(bool data)
    {
        var disks = new JsonObject { ["osDisk"] = new JsonObject { ["osType"] = "Linux", ["osState"] = "Generalized", ["caching"] = "ReadWrite" } };
        disks["dataDisks"] = data ? new JsonArray(new JsonObject { ["lun"] = 0, ["caching"] = "None" }) : [];
        return disks;
    }

    private static JsonObject Linux() => new() { ["osType"] = "Linux", ["hyperVGeneration"] = "V1" };

    private static string Id(RecordedSession session, string group, string tail) =>
        $"{session.Client.Subscription}/resourceGroups/{group}/providers/Microsoft.Compute/{tail}";

    private string Here(string text)
    {
        foreach (KeyValuePair<string, string> name in _uniqueNames) text = text.Replace(name.Key, $"{_subscription}-{name.Value}", StringComparison.Ordinal);
        foreach (string subscription in s_subscriptions) text = text.Replace(subscription, _subscription, StringComparison.Ordinal);
        // Lists wrote the group in upper case before the recorder hid its name.
        text = UpperGroup().Replace(text, $"/resourceGroups/{_group.ToUpperInvariant()}/");
        // A test region of Microsoft's own, which answered with the spelling of its deployment.
        text = text.Replace("East US 2 EUAP", "East US 2", StringComparison.Ordinal);
        text = text.Replace("eastus2euap", "eastus2", StringComparison.OrdinalIgnoreCase);
        // Ends of life must lie ahead; the service of 2018 wrote times in its own zone.
        return EndOfLife().Replace(text, static match => ArmTime.Format(DateTimeOffset.Parse(match.Value, System.Globalization.CultureInfo.InvariantCulture).AddYears(18)));
    }

    [GeneratedRegex("/galleries/([^/?]+)$", RegexOptions.IgnoreCase)]
    private static partial Regex GalleryName();

    [GeneratedRegex("\"uniqueName\": \"([^\"]+)\"")]
    private static partial Regex UniqueName();

    [GeneratedRegex("/resourceGroups/([^/]+)", RegexOptions.IgnoreCase)]
    private static partial Regex GroupName();

    [GeneratedRegex("/resourceGroups/CLITEST\\.RG[A-Z0-9]{12,}/")]
    private static partial Regex UpperGroup();

    [GeneratedRegex("(?<=\"endOfLifeDate\": \")2018-[^\"]+")]
    private static partial Regex EndOfLife();
}
