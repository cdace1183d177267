using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Cloning;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Lineage;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Images;

/// <summary>Reads the source of an image and works out what the image is to be. Changes nothing.</summary>
internal static class ImagePlanner
{
    private static readonly SourceResolver s_sources = new(ErrorIds.VMNotFound, ResourceTypes.VirtualMachine, ResourceTypes.Disk, ResourceTypes.Snapshot);
    private static readonly SourceResolver s_dataDisks = new(ErrorIds.DiskNotFound, ResourceTypes.Disk, ResourceTypes.Snapshot);

    public static async Task<ImagePlan> PlanAsync(Operation operation, NewImageOptions options)
    {
        if (options.IsFile)
            return await VhdPlanner.PlanAsync(operation, options).ConfigureAwait(false);
        if (VhdAddress.Is(options.Source))
            return await PlanBlobAsync(operation, options).ConfigureAwait(false);

        ResourceId source = await s_sources.ResolveAsync(operation, options.Source, options.SubscriptionId, options.ResourceGroupName).ConfigureAwait(false);
        ResourceId id = ResourceId.Of(options.SubscriptionId ?? source.SubscriptionId, options.ResourceGroupName ?? source.ResourceGroupName!,
            ResourceTypes.Image, options.Name ?? source.Name + "-image");
        ResourceNames.Require(ResourceTypes.Image, id.Name);
        return source.Is(ResourceTypes.VirtualMachine)
            ? await PlanMachineAsync(operation, options, id, source).ConfigureAwait(false)
            : await PlanDiskAsync(operation, options, id, source).ConfigureAwait(false);
    }

    private static async Task<ImagePlan> PlanMachineAsync(Operation operation, NewImageOptions options, ResourceId id, ResourceId source)
    {
        RefuseForMachine(options);
        ArmAnswer answer = await VMReader.GetAsync(operation, source.Text).ConfigureAwait(false);
        ImageVM vm = VMMapper.Map(answer.Body);
        ResourceId? cloned = MachineClone.SourceOf(vm.Tag);
        if (options.Name is null && cloned is not null)
            id = ResourceId.Of(id.SubscriptionId, id.ResourceGroupName!, ResourceTypes.Image, cloned.Name + "-image");
        DiskFacts? disk = ResourceId.TryParse(vm.OSDisk?.SourceId) is { } diskId ? await DiskReader.FindAsync(operation, diskId).ConfigureAwait(false) : null;
        ImageRules.RequirePlain(vm.Name, vm.Id, vm.SecurityType, disk?.Architecture);
        ImageRules.RequireRegion(vm.Name, vm.Id, vm.Location, options.Location);
        ImageRules.OSType(vm.Name, vm.Id, vm.OSType, options.OSType);
        string? generation = ImageRules.Generation(vm.Name, vm.Id, vm.HyperVGeneration ?? disk?.HyperVGeneration, options.HyperVGeneration);
        ImageRules.RequireGeneralized(vm);
        Dictionary<string, string> tags = TagsOf(options, vm.Tag, vm.Plan ?? disk?.Plan);
        await LineageNotes.WriteAsync(operation, tags, vm.Tag, vm.Image).ConfigureAwait(false);
        return new ImagePlan(id, new ImageContent
        {
            Location = vm.Location!,
            VMId = source.Text,
            HyperVGeneration = generation,
            ZoneResilient = options.ZoneResilient ?? ResilienceOf(disk?.Sku ?? vm.OSDisk?.StorageAccountType),
            Tag = tags,
        })
        {
            SourceId = [.. new[] { vm.OSDisk! }.Concat(vm.DataDisk.OrderBy(data => data.Lun)).Select(data => data.SourceId!)],
            CloneOf = cloned,
            KeepsClone = options.KeepClone,
        };
    }

    private static async Task<ImagePlan> PlanDiskAsync(Operation operation, NewImageOptions options, ResourceId id, ResourceId source)
    {
        DiskFacts disk = await DiskReader.ReadAsync(operation, source.Text).ConfigureAwait(false);
        ImageRules.RequirePlain(source.Name, source.Text, disk.SecurityType, disk.Architecture);
        ImageRules.RequireRegion(source.Name, source.Text, disk.Location, options.Location);
        ImageRules.RequireStill(disk);
        Dictionary<string, string> tags = TagsOf(options, disk.Tag, disk.Plan);
        await LineageNotes.WriteAsync(operation, tags, disk.Tag, disk.Origin).ConfigureAwait(false);
        var content = new ImageContent
        {
            Location = disk.Location,
            OSType = ImageRules.OSType(source.Name, source.Text, disk.OSType, options.OSType),
            HyperVGeneration = ImageRules.Generation(source.Name, source.Text, disk.HyperVGeneration, options.HyperVGeneration) ?? "V1",
            ZoneResilient = options.ZoneResilient ?? ResilienceOf(disk.Sku),
            OSDisk = new DiskReference { SourceId = source.Text, Caching = options.Caching, StorageAccountType = options.StorageAccountType ?? StorageTypeOf(disk) },
            DataDisk = await DataDisksAsync(operation, options, disk.Location).ConfigureAwait(false),
            Tag = tags,
        };
        return OfDisks(id, content);
    }

    private static async Task<ImagePlan> PlanBlobAsync(Operation operation, NewImageOptions options)
    {
        Uri blob = VhdAddress.Require(options.Source);
        string file = Path.GetFileNameWithoutExtension(blob.AbsolutePath);
        ResourceId id = VhdPlanner.ImageId(operation, options, file, blob.AbsoluteUri);
        string system = ImageRules.OSType(file + ".vhd", blob.AbsoluteUri, null, options.OSType);
        string location = await VhdPlanner.LocationAsync(operation, options, id).ConfigureAwait(false);
        return OfDisks(id, new ImageContent
        {
            Location = location,
            OSType = system,
            HyperVGeneration = ImageRules.Generation(file, blob.AbsoluteUri, null, options.HyperVGeneration) ?? "V1",
            ZoneResilient = options.ZoneResilient,
            OSDisk = new DiskReference { SourceId = blob.AbsoluteUri, Caching = options.Caching, StorageAccountType = options.StorageAccountType },
            DataDisk = await DataDisksAsync(operation, options, location).ConfigureAwait(false),
            Tag = TagsOf(options, new Dictionary<string, string>(), null),
        });
    }

    private static async Task<IReadOnlyList<DiskReference>> DataDisksAsync(Operation operation, NewImageOptions options, string location)
    {
        var disks = new List<DiskReference>();
        foreach (string source in options.DataDiskSource)
        {
            if (VhdAddress.Is(source))
            {
                disks.Add(new DiskReference { SourceId = VhdAddress.Require(source).AbsoluteUri, StorageAccountType = options.StorageAccountType });
                continue;
            }

            ResourceId id = await s_dataDisks.ResolveAsync(operation, source, options.SubscriptionId, options.ResourceGroupName).ConfigureAwait(false);
            DiskFacts disk = await DiskReader.ReadAsync(operation, id.Text).ConfigureAwait(false);
            ImageRules.RequireRegion(disk.Id.Name, disk.Id.Text, disk.Location, location);
            ImageRules.RequireStill(disk);
            disks.Add(new DiskReference { Lun = SnapshotTags.Lun(disk.Tag), SourceId = disk.Id.Text, StorageAccountType = options.StorageAccountType ?? StorageTypeOf(disk) });
        }

        return DataDiskLuns.Assign(operation, disks);
    }

    private static ImagePlan OfDisks(ResourceId id, ImageContent content) => new(id, content)
    {
        SourceId = [.. new[] { content.OSDisk! }.Concat(content.DataDisk).Select(disk => disk.SourceId!)],
    };

    // Azure takes these from the machine and refuses to be told otherwise.
    private static void RefuseForMachine(NewImageOptions options)
    {
        string? named = options.Caching is not null ? "-Caching" : options.StorageAccountType is not null ? "-StorageAccountType" : options.DataDiskSource.Count > 0 ? "-DataDiskSource" : null;
        if (named is not null)
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"{named} goes with a disk, snapshot or VHD; a virtual machine brings its own disks as they are.", named, $"Leave {named} out, or pass the id of the OS disk as -Source.");
    }

    private static bool? ResilienceOf(string? sku) => sku?.EndsWith("_ZRS", StringComparison.OrdinalIgnoreCase) == true ? true : null;

    // The storage type of a snapshot says where the snapshot lies, not what its disk was.
    private static string? StorageTypeOf(DiskFacts disk) => disk.IsSnapshot ? null : disk.Sku;

    private static Dictionary<string, string> TagsOf(NewImageOptions options, IReadOnlyDictionary<string, string> source, PurchasePlan? plan)
    {
        Dictionary<string, string> tags = OperationTags.CarriedOver(source, options.Tag);
        PlanTags.Write(tags, plan);
        return tags;
    }
}
