using System.Text.Json.Nodes;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>A recorded PUT that made a resource, read as what its client wanted.</summary>
/// <param name="Exchange">The PUT and Azure's first answer.</param>
/// <param name="Id">The id of what is made.</param>
/// <param name="Wanted">The body that the recorded client sent.</param>
internal sealed record RecordedCreation(RecordedExchange Exchange, ResourceId Id, JsonNode Wanted)
{
    /// <summary>The first PUT of each resource of a type: later ones change what is there.</summary>
    public static IEnumerable<RecordedCreation> In(Recording recording, string type) => recording.Exchanges
        .Where(exchange => exchange is { Method: "PUT", Status: 201 or 202 } && ResourceId.TryParse(exchange.Uri.AbsolutePath)?.Is(type) == true)
        .DistinctBy(exchange => exchange.Uri.AbsolutePath, StringComparer.OrdinalIgnoreCase)
        .Select(exchange => new RecordedCreation(exchange, ResourceId.TryParse(exchange.Uri.AbsolutePath)!, JsonNode.Parse(exchange.RequestBody)!));

    /// <summary>The options with which a user would ask for the same image.</summary>
    public NewImageOptions ImageOptions()
    {
        JsonNode? profile = Wanted.At("properties.storageProfile");
        JsonNode? osDisk = profile.At("osDisk");
        return new NewImageOptions
        {
            Source = Wanted.Text("properties.sourceVirtualMachine.id") ?? SourceOf(osDisk)!,
            Name = Id.Name,
            ResourceGroupName = Id.ResourceGroupName,
            Location = Wanted.Text("location"),
            OSType = osDisk.Text("osType"),
            HyperVGeneration = Wanted.Text("properties.hyperVGeneration"),
            DataDiskSource = [.. profile.All("dataDisks").Select(disk => SourceOf(disk)!)],
            Caching = osDisk.Text("caching"),
            StorageAccountType = osDisk.Text("storageAccountType"),
        };
    }

    /// <summary>The options with which a user would take the same snapshot of a disk.</summary>
    /// <param name="source">The disk.</param>
    public NewSnapshotOptions SnapshotOptions(string source) => new()
    {
        Source = source,
        Name = Id.Name,
        Full = !Wanted.Flag("properties.incremental"),
        Sku = Wanted.Text("sku.name"),
    };

    /// <summary>The disk, snapshot or blob behind a disk of an image.</summary>
    public static string? SourceOf(JsonNode? disk) => disk.Text("managedDisk.id") ?? disk.Text("snapshot.id") ?? disk.Text("blobUri");
}
