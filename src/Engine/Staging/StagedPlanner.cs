using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Staging;

/// <summary>Finds the disks of machines and images of which snapshots are taken by way of disks made for them. Changes nothing.</summary>
internal static class StagedPlanner
{
    /// <summary>Whether a source has no disk of which a snapshot could be taken as it is, or not at the same moment as others.</summary>
    public static bool IsStaged(NewSnapshotOptions options, ResourceId source) => options.RestorePoint || IsImage(source);

    /// <summary>Refuses what does not go with the kind of the source.</summary>
    /// <exception cref="ImageCmdletsException">InvalidArgument.</exception>
    public static void RequireFit(NewSnapshotOptions options, ResourceId source)
    {
        if (options.Location is not null && !IsGallery(source))
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"'{source.Name}' is in one region only, and so are its snapshots.", options.Location,
                "Leave -Location out, and take the snapshots elsewhere with Copy-ImageSnapshot.");
        }

        if (options.RestorePoint && !source.Is(ResourceTypes.VirtualMachine))
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"'{source.Name}' is no virtual machine, and Azure makes restore points of nothing else.", source.Text, "Leave -RestorePoint out.");
    }

    /// <summary>The set to take, under the name that an unfinished run has given it where none was asked for.</summary>
    /// <exception cref="ImageCmdletsException">VMNotFound, ImageNotFound, DiskNotFound, RegionMismatch, OperationNotSupported,
    /// InvalidRequest.</exception>
    public static async Task<StagedSet> PlanAsync(Operation operation, NewSnapshotOptions options, ResourceId source)
    {
        StagedSet set = await PlanAnyAsync(operation, options, source).ConfigureAwait(false);
        return options.Name is null && await StagedPresence.FindNameAsync(operation, set).ConfigureAwait(false) is { } begun
            ? await PlanAnyAsync(operation, options with { Name = begun }, source).ConfigureAwait(false)
            : set;
    }

    private static Task<StagedSet> PlanAnyAsync(Operation operation, NewSnapshotOptions options, ResourceId source) =>
        source.Is(ResourceTypes.VirtualMachine) ? PlanMachineAsync(operation, options, source)
        : source.Is(ResourceTypes.Image) ? RefuseImageAsync(operation, source)
        : PlanVersionAsync(operation, options, source);

    private static async Task<StagedSet> PlanMachineAsync(Operation operation, NewSnapshotOptions options, ResourceId source)
    {
        JsonElement body = (await VMReader.GetAsync(operation, source.Text).ConfigureAwait(false)).Body;
        ImageVM vm = VMMapper.Map(body);
        string group = options.ResourceGroupName ?? source.ResourceGroupName!;
        string baseName = SnapshotNames.Base(operation, options.Name, source.Name);
        string? subnetId = await VMReader.SubnetAsync(operation, body).ConfigureAwait(false);
        var parts = new List<StagedPart>();
        DiskReference[] disks = [.. SnapshotPlanner.DisksOf(vm, options.OSDiskOnly)];
        foreach (DiskReference disk in disks)
        {
            DiskFacts facts = await DiskReader.ReadAsync(operation, SnapshotPlanner.ManagedIdOf(vm, disk)).ConfigureAwait(false);
            var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            SnapshotTags.Write(tags, vm.Id, string.Empty, disk.Lun);
            MachineTags.WriteDisk(tags, disk.Caching, facts);
            if (disk.Lun is null)
            {
                MachineTags.WriteMachine(tags, (body, vm), subnetId);
                MachineTags.WriteLuns(tags, disks.Select(one => one.Lun));
            }

            parts.Add(new StagedPart(IdOf(options, source, baseName, disk.Lun), disk.Lun, facts.Id.Text) { Pattern = facts, Tag = tags });
        }

        RestorePointRules.Require(options, vm, body, parts);
        string setId = SnapshotNames.SetId(operation, $"{vm.Id} {vm.VMId}", group, baseName);
        return new StagedSet(source, baseName, setId, parts)
        {
            Options = options,
            Location = vm.Location!,
            ImageId = source.Text,
            Excluded = options.OSDiskOnly ? [.. vm.DataDisk.Select(disk => SnapshotPlanner.ManagedIdOf(vm, disk))] : [],
            Point = new MachineRestorePoint(ResourceId.Of(source.SubscriptionId, group, ResourceTypes.RestorePointCollection, baseName)),
        };
    }

    /// <summary>Why no snapshots can be had of a managed image.</summary>
    public static ImageCmdletsException NoSnapshotsOf(CustomImage image) => new(ErrorIds.OperationNotSupported,
        $"Azure makes no disks of a managed image, and so no snapshots of '{image.Name}'.", image.Id,
        "Pass a version of the image in a gallery, or make a machine of the image with New-ImageVM and take the snapshots of that.");

    // A disk of a version can be had, one of a managed image cannot (Azure/azure-cli#6081).
    private static async Task<StagedSet> RefuseImageAsync(Operation operation, ResourceId source)
    {
        CustomImage image = await ImageService.ReadAsync(operation, source.Text).ConfigureAwait(false);
        throw NoSnapshotsOf(image);
    }

    private static async Task<StagedSet> PlanVersionAsync(Operation operation, NewSnapshotOptions options, ResourceId source)
    {
        ArmAnswer answer = await operation.Arm.GetAsync(source.Text, ArmApiVersions.Galleries, operation.CancellationToken).ConfigureAwait(false);
        string location = options.Location is { } wanted
            ? await LocationCatalog.ResolveAsync(operation, source.SubscriptionId, wanted).ConfigureAwait(false)
            : LocationCatalog.Of(answer.Body)!;
        if (answer.Body.Text("properties", "provisioningState") is "Failed" or "Creating" or "Deleting")
            throw new ImageCmdletsException(ErrorIds.ResourceBusy, $"The image version '{source.Name}' is in the state {answer.Body.Text("properties", "provisioningState")}.", source.Text);
        MachineSource image = await GalleryImageSource.ResolveAsync(operation, source, location).ConfigureAwait(false);
        int?[] luns = [null, .. image.DataDiskLun.OrderBy(lun => lun).Select(lun => (int?)lun)];
        return Plan(operation, options, source, (image.Reference, location), luns, !image.IsSpecialized);
    }

    private static StagedSet Plan(Operation operation, NewSnapshotOptions options, ResourceId source, (string Id, string Location) image, int?[] luns, bool isGeneralized)
    {
        // A version's own name is a number.
        string name = source.Is(ResourceTypes.GalleryImageVersion) ? $"{source.ParentName}-{source.Name}" : source.Name;
        string baseName = SnapshotNames.Base(operation, options.Name, name);
        var parts = new List<StagedPart>();
        foreach (int? lun in luns.Where(lun => lun is null || !options.OSDiskOnly))
        {
            var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            SnapshotTags.Write(tags, string.Empty, lun);
            if (lun is null && isGeneralized)
                MachineTags.WriteGeneralized(tags);
            parts.Add(new StagedPart(IdOf(options, source, baseName, lun), lun, image.Id) { Tag = tags });
        }

        return new StagedSet(source, baseName, SnapshotNames.SetId(operation, image.Id, options.ResourceGroupName ?? source.ResourceGroupName!, baseName), parts)
        {
            Options = options,
            Location = image.Location,
            ImageId = image.Id,
        };
    }

    private static ResourceId IdOf(NewSnapshotOptions options, ResourceId source, string baseName, int? lun) => ResourceId.Of(source.SubscriptionId,
        options.ResourceGroupName ?? source.ResourceGroupName!, ResourceTypes.Snapshot, options.OSDiskOnly ? baseName : SnapshotNames.WithPart(baseName, lun));

    private static bool IsImage(ResourceId source) => source.Is(ResourceTypes.Image) || IsGallery(source);

    private static bool IsGallery(ResourceId source) => source.Is(ResourceTypes.GalleryImageVersion) || source.Is(ResourceTypes.GalleryImage);
}
