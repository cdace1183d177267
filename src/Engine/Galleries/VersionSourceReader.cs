using System.Text.Json;
using ImageCmdlets.Engine.Cloning;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Reads what an image version, or the definition for it, is to be made of. Changes nothing.</summary>
internal static class VersionSourceReader
{
    private static readonly SourceResolver s_sources = new(ErrorIds.SourceNotFound,
        ResourceTypes.VirtualMachine, ResourceTypes.Image, ResourceTypes.GalleryImageVersion, ResourceTypes.Disk, ResourceTypes.Snapshot);

    /// <exception cref="ImageCmdletsException">InvalidResourceId, InvalidArgument; VMNotFound and the like; ResourceBusy, ProvisioningFailed, SnapshotNotComplete.</exception>
    public static async Task<VersionSource> ReadAsync(Operation operation, string source)
    {
        if (VhdAddress.Is(source))
            return OfBlob(VhdAddress.Require(source));

        ResourceId id = s_sources.RequireId(source);
        if (id.Is(ResourceTypes.VirtualMachine))
            return await OfMachineAsync(operation, id).ConfigureAwait(false);
        if (id.Is(ResourceTypes.Image))
            return await OfImageAsync(operation, id).ConfigureAwait(false);
        return id.Is(ResourceTypes.GalleryImageVersion)
            ? await OfVersionAsync(operation, id).ConfigureAwait(false)
            : await OfDiskAsync(operation, id).ConfigureAwait(false);
    }

    private static VersionSource OfBlob(Uri blob) => new()
    {
        Kind = SourceKind.Vhd,
        Id = blob.AbsoluteUri,
        Name = Path.GetFileName(blob.AbsolutePath),
        Key = StableHash.Of(16, blob.AbsoluteUri),
        GoesOnChanging = true,
    };

    private static async Task<VersionSource> OfMachineAsync(Operation operation, ResourceId id)
    {
        MachineAsSource machine = await MachineAsSource.ReadAsync(operation, id).ConfigureAwait(false);
        ImageVM vm = machine.VM;
        int?[] sizes = [vm.OSDisk?.DiskSizeGB ?? machine.OSDisk?.SizeGB, .. vm.DataDisk.Select(data => data.DiskSizeGB)];
        string state = vm.OSState == "Generalized" ? "Generalized" : "Specialized";
        return new VersionSource
        {
            Kind = SourceKind.Machine,
            Id = id.Text,
            Name = vm.Name,
            Region = Regions(vm.Location),
            OSType = vm.OSType,
            OSState = state,
            HyperVGeneration = machine.HyperVGeneration,
            Architecture = machine.Architecture ?? "x64",
            SecurityType = vm.SecurityType,
            Plan = machine.Plan,
            DataDiskLun = [.. vm.DataDisk.Select(data => data.Lun ?? 0)],
            LargestGB = sizes.Max(),
            Tag = vm.Tag,
            Origin = vm.Image,
            CreatedOn = vm.TimeCreated,
            Key = StableHash.Of(16, id.Text, vm.VMId ?? string.Empty, state),
            GoesOnChanging = state != "Generalized",
            CloneOf = MachineClone.SourceOf(vm.Tag),
        };
    }

    private static async Task<VersionSource> OfImageAsync(Operation operation, ResourceId id)
    {
        CustomImage image = await ImageService.ReadAsync(operation, id.Text).ConfigureAwait(false);
        RequireMade(id, image.ProvisioningState);
        DateTimeOffset created = await ResourceCreation.ReadAsync(operation, id).ConfigureAwait(false);
        int?[] sizes = [image.OSDisk?.DiskSizeGB, .. image.DataDisk.Select(data => data.DiskSizeGB)];
        return new VersionSource
        {
            Kind = SourceKind.Image,
            Id = id.Text,
            Name = image.Name,
            Region = Regions(image.Location),
            OSType = image.OSType,
            OSState = image.OSState ?? "Generalized",
            HyperVGeneration = image.HyperVGeneration,
            Architecture = "x64",
            Plan = image.Plan,
            DataDiskLun = [.. image.DataDisk.Select(data => data.Lun ?? 0)],
            LargestGB = sizes.Max(),
            Tag = image.Tag,
            CreatedOn = created,
            Key = StableHash.Of(16, id.Text, created.UtcDateTime.ToString("O")),
        };
    }

    private static async Task<VersionSource> OfVersionAsync(Operation operation, ResourceId id)
    {
        ImageDefinition definition = GalleryMapper.Definition(await ReadAsync(operation, GalleryIds.ParentOf(id)).ConfigureAwait(false));
        ImageVersion version = VersionMapper.Map(await ReadAsync(operation, id).ConfigureAwait(false));
        RequireMade(id, version.ProvisioningState == "Updating" ? "Succeeded" : version.ProvisioningState);
        int?[] sizes = [version.OSDisk?.DiskSizeGB, .. version.DataDisk.Select(data => data.DiskSizeGB)];
        return new VersionSource
        {
            Kind = SourceKind.Version,
            Id = id.Text,
            Name = $"{version.DefinitionName} {version.Name}",
            Region = [version.Location!, .. version.TargetRegion.Select(region => region.Location).Where(region => region != version.Location)],
            OSType = definition.OSType,
            OSState = definition.OSState,
            HyperVGeneration = definition.HyperVGeneration,
            Architecture = definition.Architecture,
            SecurityType = definition.SecurityType,
            Plan = definition.Plan,
            DataDiskLun = [.. version.DataDisk.Select(data => data.Lun ?? 0)],
            LargestGB = sizes.Max(),
            Tag = version.Tag,
            CreatedOn = version.PublishedDate,
            Key = StableHash.Of(16, id.Text, version.PublishedDate?.UtcDateTime.ToString("O") ?? string.Empty),
        };
    }

    private static async Task<VersionSource> OfDiskAsync(Operation operation, ResourceId id)
    {
        DiskFacts disk = await DiskReader.ReadAsync(operation, id.Text).ConfigureAwait(false);
        SnapshotRestoring.RequireComplete(disk);
        RequireMade(id, disk.ProvisioningState);
        return new VersionSource
        {
            Kind = disk.IsSnapshot ? SourceKind.Snapshot : SourceKind.Disk,
            Id = id.Text,
            Name = id.Name,
            Region = Regions(disk.Location),
            OSType = disk.OSType,
            OSState = MachineTags.OSState(disk.Tag),
            HyperVGeneration = disk.HyperVGeneration,
            Architecture = disk.Architecture,
            SecurityType = disk.SecurityType,
            Plan = disk.Plan,
            LargestGB = disk.SizeGB,
            Tag = disk.Tag,
            Origin = disk.Origin,
            Key = StableHash.Of(16, id.Text, disk.UniqueId ?? string.Empty),
            GoesOnChanging = !disk.IsSnapshot,
        };
    }

    private static Task<JsonElement> ReadAsync(Operation operation, ResourceId id) =>
        new ResourceReader(id.ResourceType!, ErrorIds.ImageNotFound).ReadOneAsync(operation, id.Text);

    private static IReadOnlyList<string> Regions(string? location) => location is null ? [] : [LocationCatalog.Normalize(location)];

    /// <summary>Whether something is there to be used.</summary>
    /// <exception cref="ImageCmdletsException">ProvisioningFailed, ResourceBusy.</exception>
    public static void RequireMade(ResourceId id, string? state)
    {
        if (state is null or "Succeeded")
            return;

        throw state == "Failed"
            ? new ImageCmdletsException(ErrorIds.ProvisioningFailed, $"'{id.Name}' was never made: its state is Failed.", id.Text, "Make it anew, or pass another -Source.")
            : new ImageCmdletsException(ErrorIds.ResourceBusy, $"'{id.Name}' is in the state {state}.", id.Text);
    }
}
