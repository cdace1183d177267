using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Staging;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>Finds the disks that are meant and the names their snapshots get. Changes nothing.</summary>
internal static class SnapshotPlanner
{
    private static readonly SourceResolver s_sources = new(ErrorIds.VMNotFound,
        ResourceTypes.VirtualMachine, ResourceTypes.Disk, ResourceTypes.Image, ResourceTypes.GalleryImageVersion, ResourceTypes.GalleryImage);

    /// <summary>The snapshots to take. A source that cannot be read is reported where there are others.</summary>
    public static async Task<SnapshotPlans> PlanAsync(Operation operation, IReadOnlyList<NewSnapshotOptions> items)
    {
        var sets = new SnapshotSet?[items.Count];
        var staged = new StagedSet?[items.Count];
        int[] indexes = [.. Enumerable.Range(0, items.Count)];
        await operation.ForEachItemAsync(indexes, async (index, branch) =>
        {
            NewSnapshotOptions options = items[index];
            ResourceId source = await s_sources.ResolveAsync(branch, options.Source, options.SubscriptionId, options.ResourceGroupName).ConfigureAwait(false);
            StagedPlanner.RequireFit(options, source);
            if (StagedPlanner.IsStaged(options, source))
                staged[index] = await StagedPlanner.PlanAsync(branch, options, source).ConfigureAwait(false);
            else
                sets[index] = new SnapshotSet(await PlanOneAsync(branch, options, source).ConfigureAwait(false));
        }).ConfigureAwait(false);
        var plans = new SnapshotPlans([.. sets.OfType<SnapshotSet>()], [.. staged.OfType<StagedSet>()]);
        CheckNames(plans.Ids);
        await CheckGroupsAsync(operation, plans.Ids, items).ConfigureAwait(false);
        return plans;
    }

    private static async Task<IReadOnlyList<SnapshotPlan>> PlanOneAsync(Operation operation, NewSnapshotOptions options, ResourceId source) => source.Is(ResourceTypes.Disk)
        ? [await PlanDiskAsync(operation, options, source).ConfigureAwait(false)]
        : await PlanMachineAsync(operation, options, source).ConfigureAwait(false);

    private static async Task<SnapshotPlan> PlanDiskAsync(Operation operation, NewSnapshotOptions options, ResourceId source)
    {
        DiskFacts disk = await DiskReader.ReadAsync(operation, source.Text).ConfigureAwait(false);
        return Plan(options, source, disk, SnapshotNames.Base(operation, options.Name, source.Name), new Dictionary<string, string>());
    }

    private static async Task<IReadOnlyList<SnapshotPlan>> PlanMachineAsync(Operation operation, NewSnapshotOptions options, ResourceId source)
    {
        ArmAnswer answer = await VMReader.GetAsync(operation, source.Text).ConfigureAwait(false);
        ImageVM vm = VMMapper.Map(answer.Body);
        DiskReference[] disks = [.. DisksOf(vm, options.OSDiskOnly)];
        WarnOfMovingDisks(operation, vm, disks);
        string baseName = SnapshotNames.Base(operation, options.Name, source.Name);
        string setId = SnapshotNames.SetId(operation, $"{vm.Id} {vm.VMId}", options.ResourceGroupName ?? source.ResourceGroupName!, baseName);
        string? subnetId = await VMReader.SubnetAsync(operation, answer.Body).ConfigureAwait(false);
        var plans = new List<SnapshotPlan>();
        foreach (DiskReference disk in disks)
        {
            DiskFacts facts = await DiskReader.ReadAsync(operation, ManagedIdOf(vm, disk)).ConfigureAwait(false);
            var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            SnapshotTags.Write(tags, vm.Id, setId, disk.Lun);
            MachineTags.WriteDisk(tags, disk.Caching, facts);
            if (disk.Lun is null)
            {
                MachineTags.WriteMachine(tags, (answer.Body, vm), subnetId);
                MachineTags.WriteLuns(tags, disks.Select(one => one.Lun));
            }

            plans.Add(Plan(options, source, facts, options.OSDiskOnly ? baseName : SnapshotNames.WithPart(baseName, disk.Lun), tags));
        }

        return plans;
    }

    private static SnapshotPlan Plan(NewSnapshotOptions options, ResourceId source, DiskFacts disk, string name, Dictionary<string, string> ownTags)
    {
        // The module's own last: what they say of machine and set must stay true whatever the user's tags are.
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> tag in (options.Tag ?? new Dictionary<string, string>()).Concat(ownTags))
            tags[tag.Key] = tag.Value;
        SnapshotMark.Write(tags);
        ResourceId id = ResourceId.Of(source.SubscriptionId, options.ResourceGroupName ?? source.ResourceGroupName!, ResourceTypes.Snapshot, name);
        return new SnapshotPlan(id, new SnapshotContent
        {
            SourceId = disk.Id.Text,
            Location = disk.Location,
            Incremental = !options.Full,
            Sku = options.Sku,
            Tag = tags,
        }, disk);
    }

    /// <summary>The disks of a machine that are wanted, the OS disk first.</summary>
    public static IEnumerable<DiskReference> DisksOf(ImageVM vm, bool onlyOS) =>
        (vm.OSDisk is null ? [] : new[] { vm.OSDisk }).Concat(onlyOS ? [] : vm.DataDisk.OrderBy(disk => disk.Lun));

    /// <exception cref="ImageCmdletsException">InvalidRequest: it is a blob.</exception>
    public static string ManagedIdOf(ImageVM vm, DiskReference disk) => ResourceId.TryParse(disk.SourceId) is { } id
        ? id.Text
        : throw new ImageCmdletsException(ErrorIds.InvalidRequest, $"The disk '{disk}' of '{vm.Name}' is a VHD blob; only managed disks have snapshots.", vm.Id,
            "Convert the machine to managed disks first.");

    // Each disk is taken at a moment of its own; only a machine that stands still has them agree.
    private static void WarnOfMovingDisks(Operation operation, ImageVM vm, DiskReference[] disks)
    {
        if (disks.Length > 1 && vm.PowerState == "Running")
            operation.Warning($"'{vm.Name}' is running: its {disks.Length} disks are taken one by one and may not agree with each other. Stop-ImageVM it first where they must.");
    }

    private static void CheckNames(IReadOnlyList<ResourceId> ids)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (ResourceId id in ids)
        {
            ResourceNames.Require(ResourceTypes.Snapshot, id.Name);
            if (!seen.Add(id.Text))
            {
                throw new ImageCmdletsException(ErrorIds.InvalidArgument,
                    $"Two snapshots would get the name '{id.Name}' in the resource group '{id.ResourceGroupName}'.", id.Text,
                    "Leave -Name out: then each is named after its source and the time.");
            }
        }
    }

    // The sources' own groups exist: they have just been read there.
    private static async Task CheckGroupsAsync(Operation operation, IReadOnlyList<ResourceId> ids, IReadOnlyList<NewSnapshotOptions> items)
    {
        if (items.All(item => item.ResourceGroupName is null))
            return;

        foreach (IGrouping<string, ResourceId> group in ids.GroupBy(id => $"{id.SubscriptionId}/{id.ResourceGroupName}", StringComparer.OrdinalIgnoreCase))
            await ResourceGroups.RequireAsync(operation, group.First().SubscriptionId, group.First().ResourceGroupName!).ConfigureAwait(false);
    }
}
