using System.Text.Json;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Lineage;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Marketplace;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Vhds;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Sources;

/// <summary>Reads a source of any kind into the one view of all.</summary>
internal static class SourceReading
{
    private static readonly SourceResolver s_sources = new(ErrorIds.SourceNotFound,
        ResourceTypes.VirtualMachine, ResourceTypes.Image, ResourceTypes.Snapshot, ResourceTypes.Disk, ResourceTypes.GalleryImageVersion, ResourceTypes.GalleryImage);

    public static async Task<ImageSource> ReadAsync(Operation operation, GetImageSourceOptions options)
    {
        ImageSource source = await ReadAloneAsync(operation, options).ConfigureAwait(false);
        if (options.IncludeLineage && !options.IsFile)
            source = source with { Lineage = await LineageWalk.RunAsync(operation, source.Source).ConfigureAwait(false) };
        return source with
        {
            Urn = LineageWalk.UrnOf(source.Lineage) ?? MarketplaceOrigin.UrnOf(source.Kind == ImageSourceKind.MarketplaceImage ? source.Source : source.Origin) ?? LineageTags.Urn(source.Tag),
        };
    }

    private static async Task<ImageSource> ReadAloneAsync(Operation operation, GetImageSourceOptions options)
    {
        if (options.IsFile)
            return OfFile(LocalVhd.Read(options.Source));
        if (VhdAddress.Is(options.Source))
            return OfBlob(VhdAddress.Require(options.Source));
        if (SharedImageId.TryParse(options.Source) is { } shared)
            return await OfSharedAsync(operation, options, shared).ConfigureAwait(false);
        if (options.Source.IndexOf(':') >= 0)
            return await OfUrnAsync(operation, options, ImageUrn.Parse(options.Source)).ConfigureAwait(false);

        ResourceId id = await s_sources.ResolveAsync(operation, options.Source, options.SubscriptionId, options.ResourceGroupName).ConfigureAwait(false);
        if (id.Is(ResourceTypes.VirtualMachine))
            return await OfMachineAsync(operation, id).ConfigureAwait(false);
        if (id.Is(ResourceTypes.Image))
            return OfImage(await ImageService.ReadAsync(operation, id.Text).ConfigureAwait(false));
        return id.Is(ResourceTypes.Disk) || id.Is(ResourceTypes.Snapshot)
            ? OfDisk(await DiskReader.ReadAsync(operation, id.Text).ConfigureAwait(false))
            : await OfGalleryAsync(operation, id, options.Location).ConfigureAwait(false);
    }

    private static ImageSource OfFile(LocalVhd file) => new()
    {
        Source = file.FilePath,
        Name = Path.GetFileName(file.FilePath),
        Kind = ImageSourceKind.Vhd,
        Target = SourceTargets.OfFile(file.FilePath),
    };

    private static ImageSource OfBlob(Uri blob) => new()
    {
        Source = blob.AbsoluteUri,
        Name = Path.GetFileName(blob.AbsolutePath),
        Kind = ImageSourceKind.Vhd,
        Target = SourceTargets.OfBlob(blob.AbsoluteUri),
    };

    private static async Task<ImageSource> OfUrnAsync(Operation operation, GetImageSourceOptions options, ImageUrn urn)
    {
        (string subscription, string location) = await PlaceAsync(operation, options, $"Each region has a marketplace of its own, and none was named for '{urn}'.").ConfigureAwait(false);
        MarketplaceImage image = await new MarketplaceReader(subscription, location).ResolveAsync(operation, urn).ConfigureAwait(false);
        bool? isAccepted = image.Plan is null ? true : await MarketplaceTerms.AreAcceptedAsync(operation, subscription, image.Plan).ConfigureAwait(false);
        return new ImageSource
        {
            Source = image.Urn,
            Name = image.Urn,
            Kind = ImageSourceKind.MarketplaceImage,
            Location = location,
            Region = [location],
            OSType = image.OSType,
            OSState = "Generalized",
            HyperVGeneration = image.HyperVGeneration,
            SecurityType = image.SecurityType,
            Architecture = image.Architecture,
            Plan = image.Plan,
            OSDisk = new DiskReference { DiskSizeGB = image.DiskSizeGB },
            DataDisk = image.DataDisk,
            Target = SourceTargets.OfMarketplace(image, isAccepted != false),
        };
    }

    private static async Task<ImageSource> OfSharedAsync(Operation operation, GetImageSourceOptions options, SharedImageId id)
    {
        (string subscription, string location) = await PlaceAsync(operation, options, $"Shared images are known region by region, and none was named for '{id}'.").ConfigureAwait(false);
        SharedImage image = await new SharedImageReader(operation, subscription, location).ReadAsync(id).ConfigureAwait(false);
        bool? isAccepted = image.Plan is null ? true : await MarketplaceTerms.AreAcceptedAsync(operation, subscription, image.Plan).ConfigureAwait(false);
        return new ImageSource
        {
            Source = image.Id,
            Name = $"{image.DefinitionName} {image.Name}",
            Kind = ImageSourceKind.ImageVersion,
            Location = location,
            Region = [location],
            OSType = image.OSType,
            OSState = image.OSState,
            HyperVGeneration = image.HyperVGeneration,
            SecurityType = image.SecurityType,
            Architecture = image.Architecture,
            Plan = image.Plan,
            OSDisk = image.OSDisk,
            DataDisk = image.DataDisk,
            Target = SourceTargets.OfShared(image, isAccepted != false),
        };
    }

    // Where to ask for what each region knows by itself.
    private static async Task<(string SubscriptionId, string Location)> PlaceAsync(Operation operation, GetImageSourceOptions options, string missing)
    {
        string wanted = options.Location ?? throw new ImageCmdletsException(ErrorIds.InvalidArgument, missing, options.Source, "Pass -Location.");
        string subscription = options.SubscriptionId ?? operation.Session.SubscriptionId;
        return (subscription, await LocationCatalog.ResolveAsync(operation, subscription, wanted).ConfigureAwait(false));
    }

    private static async Task<ImageSource> OfMachineAsync(Operation operation, ResourceId id)
    {
        MachineAsSource machine = await MachineAsSource.ReadAsync(operation, id).ConfigureAwait(false);
        ImageVM vm = machine.VM;
        return new ImageSource
        {
            Source = vm.Id,
            Name = vm.Name,
            Kind = ImageSourceKind.VM,
            Location = vm.Location,
            Region = RegionsOf(vm.Location),
            ProvisioningState = vm.ProvisioningState,
            OSType = vm.OSType,
            OSState = vm.OSState ?? "Specialized",
            PowerState = vm.PowerState,
            HyperVGeneration = machine.HyperVGeneration,
            SecurityType = vm.SecurityType,
            Architecture = machine.Architecture,
            Plan = machine.Plan,
            OSDisk = vm.OSDisk,
            DataDisk = vm.DataDisk,
            Tag = vm.Tag,
            Origin = vm.Image,
            Target = SourceTargets.OfMachine(vm, machine.Architecture),
        };
    }

    private static ImageSource OfImage(CustomImage image) => new()
    {
        Source = image.Id,
        Name = image.Name,
        Kind = ImageSourceKind.CustomImage,
        Location = image.Location,
        Region = RegionsOf(image.Location),
        ProvisioningState = image.ProvisioningState,
        OSType = image.OSType,
        OSState = image.OSState,
        HyperVGeneration = image.HyperVGeneration,
        SecurityType = "Standard",
        Architecture = "x64",
        Plan = image.Plan,
        OSDisk = image.OSDisk,
        DataDisk = image.DataDisk,
        Tag = image.Tag,
        Origin = image.SourceId,
        Target = SourceTargets.OfImage(image),
    };

    private static ImageSource OfDisk(DiskFacts disk) => new()
    {
        Source = disk.Id.Text,
        Name = disk.Id.Name,
        Kind = disk.IsSnapshot ? ImageSourceKind.Snapshot : ImageSourceKind.Disk,
        Location = disk.Location,
        Region = RegionsOf(disk.Location),
        ProvisioningState = disk.ProvisioningState,
        OSType = disk.OSType,
        OSState = MachineTags.OSState(disk.Tag),
        HyperVGeneration = disk.HyperVGeneration,
        SecurityType = disk.SecurityType ?? "Standard",
        Architecture = disk.OSType is null ? null : disk.Architecture ?? "x64",
        Plan = disk.Plan,
        OSDisk = disk.OSType is null ? null : new DiskReference { SourceId = disk.Id.Text, DiskSizeGB = disk.SizeGB, StorageAccountType = disk.Sku },
        DataDisk = disk.OSType is null ? [new DiskReference { Lun = SnapshotTags.Lun(disk.Tag), SourceId = disk.Id.Text, DiskSizeGB = disk.SizeGB, StorageAccountType = disk.Sku }] : [],
        Tag = disk.Tag,
        Origin = disk.Origin,
        Target = disk.IsSnapshot ? SourceTargets.OfSnapshot(disk) : SourceTargets.OfDisk(disk),
    };

    private static async Task<ImageSource> OfGalleryAsync(Operation operation, ResourceId id, string? location)
    {
        ResourceId definitionId = id.Is(ResourceTypes.GalleryImage) ? id : GalleryIds.ParentOf(id);
        ImageDefinition definition = GalleryMapper.Definition(await GetAsync(operation, definitionId).ConfigureAwait(false));
        JsonElement item = id.Is(ResourceTypes.GalleryImageVersion)
            ? await GetAsync(operation, id).ConfigureAwait(false)
            : await LatestVersion.ReadAsync(operation, definitionId, location).ConfigureAwait(false);
        ImageVersion version = VersionMapper.Map(item);
        return new ImageSource
        {
            Source = version.Id,
            Name = $"{version.DefinitionName} {version.Name}",
            Kind = ImageSourceKind.ImageVersion,
            Location = version.Location,
            Region = [.. version.TargetRegion.Select(region => region.Location)],
            ProvisioningState = version.ProvisioningState,
            OSType = definition.OSType,
            OSState = definition.OSState,
            HyperVGeneration = definition.HyperVGeneration,
            SecurityType = definition.SecurityType,
            Architecture = definition.Architecture,
            Plan = definition.Plan,
            OSDisk = version.OSDisk,
            DataDisk = version.DataDisk,
            Tag = version.Tag,
            Origin = version.SourceId,
            Target = SourceTargets.OfVersion(definition, version),
        };
    }

    private static Task<JsonElement> GetAsync(Operation operation, ResourceId id) =>
        new ResourceReader(id.ResourceType!, ErrorIds.ImageNotFound).ReadOneAsync(operation, id.Text);

    private static IReadOnlyList<string> RegionsOf(string? location) => location is null ? [] : [LocationCatalog.Normalize(location)];
}
