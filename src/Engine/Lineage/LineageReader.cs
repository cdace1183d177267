using System.Collections.Concurrent;
using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Lineage;

/// <summary>Reads the things of lineages: what each is, whether it is there, what it was made of. Nothing is read twice.</summary>
internal sealed class LineageReader
{
    private readonly ConcurrentDictionary<string, LineageNode> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Keeps what has been read already.</summary>
    public void Know(ResourceId id, JsonElement item)
    {
        if (KindOf(id) is { } kind)
            _known[id.Text] = Of(new ImageLineageStep(kind, id.Text), id, item);
    }

    public async Task<LineageNode> ReadAsync(Operation operation, string origin)
    {
        if (!_known.TryGetValue(origin, out LineageNode? node))
            _known[origin] = node = await ReadNewAsync(operation, origin).ConfigureAwait(false);
        return node;
    }

    private static async Task<LineageNode> ReadNewAsync(Operation operation, string origin)
    {
        if (MarketplaceOrigin.UrnOf(origin) is { } urn)
            return new LineageNode(new ImageLineageStep(ImageSourceKind.MarketplaceImage, urn)) { IsRoot = true };
        if (VhdAddress.Is(origin))
            return new LineageNode(new ImageLineageStep(ImageSourceKind.Vhd, DiskOrigin.WithoutSignature(origin)!)) { IsRoot = true };
        if (ResourceId.TryParse(origin) is not { } id || KindOf(id) is not { } kind)
            return Unknown(origin);

        var step = new ImageLineageStep(kind, id.Text);
        try
        {
            ArmAnswer? found = await operation.Arm.FindAsync(id.Text, ArmApiVersions.For(id.ResourceType!), operation.CancellationToken).ConfigureAwait(false);
            return found is null ? new LineageNode(step with { Exists = false }) : Of(step, id, found.Body);
        }
        catch (ImageCmdletsException exception)
        {
            return new LineageNode(step with { Reason = $"could not be read: {exception.Message}" });
        }
    }

    private static ImageSourceKind? KindOf(ResourceId id) => id switch
    {
        _ when id.Is(ResourceTypes.VirtualMachine) => ImageSourceKind.VM,
        _ when id.Is(ResourceTypes.Image) => ImageSourceKind.CustomImage,
        _ when id.Is(ResourceTypes.GalleryImageVersion) => ImageSourceKind.ImageVersion,
        _ when id.Is(ResourceTypes.Disk) => ImageSourceKind.Disk,
        _ when id.Is(ResourceTypes.Snapshot) => ImageSourceKind.Snapshot,
        _ => null,
    };

    // An image of a shared or community gallery, a definition without its version, a restore point.
    private static LineageNode Unknown(string origin)
    {
        bool isPoint = ResourceId.TryParse(origin)?.Is(ResourceTypes.DiskRestorePoint) == true;
        return new LineageNode(new ImageLineageStep(isPoint ? ImageSourceKind.Snapshot : ImageSourceKind.ImageVersion, origin)
        {
            Reason = isPoint ? "is a restore point, which is not followed" : "is not told of by its id: another subscription or tenant shares it, or its version is not named",
        });
    }

    private static LineageNode Of(ImageLineageStep step, ResourceId id, JsonElement item)
    {
        var node = new LineageNode(step with { Exists = true, Location = LocationCatalog.Of(item) }) { Tag = item.Map("tags") };
        return step.Kind switch
        {
            ImageSourceKind.VM => OfMachine(node, VMMapper.Map(item)),
            ImageSourceKind.CustomImage => OfImage(node, ImageMapper.Map(item)),
            ImageSourceKind.ImageVersion => OfVersion(node, VersionMapper.Map(item)),
            _ => OfDisk(node, DiskFacts.Read(id, item)),
        };
    }

    private static LineageNode OfMachine(LineageNode node, ImageVM vm) =>
        node with { Step = node.Step with { Time = vm.TimeCreated }, Next = vm.Image ?? vm.OSDisk?.SourceId };

    private static LineageNode OfImage(LineageNode node, CustomImage image) =>
        node with { Next = LineageTags.CopyOf(image.Tag) ?? image.SourceId ?? image.OSDisk?.SourceId };

    private static LineageNode OfVersion(LineageNode node, ImageVersion version) =>
        node with { Step = node.Step with { Time = version.PublishedDate }, Next = version.SourceId };

    private static LineageNode OfDisk(LineageNode node, DiskFacts disk) => node with
    {
        Step = node.Step with { Time = disk.TimeCreated },
        Next = ResourceId.TryParse(SnapshotTags.Origin(disk.Tag))?.Text ?? disk.Origin,
        Machine = SnapshotTags.VMId(disk.Tag),
    };
}
