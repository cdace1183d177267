using System.Globalization;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>Finds the disks that are meant and the names their snapshots get. Changes nothing.</summary>
internal static class SnapshotPlanner
{
    private const int LongestName = 80;
    private const int SetIdDigits = 12;
    private static readonly SourceResolver s_sources = new(ErrorIds.VMNotFound, ResourceTypes.VirtualMachine, ResourceTypes.Disk);

    /// <summary>The snapshots to take. A source that cannot be read is reported where there are others.</summary>
    public static async Task<IReadOnlyList<SnapshotSet>> PlanAsync(Operation operation, IReadOnlyList<NewSnapshotOptions> items)
    {
        var plans = new IReadOnlyList<SnapshotPlan>[items.Count];
        int[] indexes = [.. Enumerable.Range(0, items.Count)];
        await operation.ForEachItemAsync(indexes, async (index, branch) =>
            plans[index] = await PlanOneAsync(branch, items[index]).ConfigureAwait(false)).ConfigureAwait(false);
        SnapshotPlan[] all = [.. plans.Where(plan => plan is not null).SelectMany(plan => plan)];
        CheckNames(all);
        await CheckGroupsAsync(operation, all, items).ConfigureAwait(false);
        return [.. plans.Where(plan => plan is not null).Select(plan => new SnapshotSet(plan))];
    }

    private static async Task<IReadOnlyList<SnapshotPlan>> PlanOneAsync(Operation operation, NewSnapshotOptions options)
    {
        ResourceId source = await s_sources.ResolveAsync(operation, options.Source, options.SubscriptionId, options.ResourceGroupName).ConfigureAwait(false);
        return source.Is(ResourceTypes.Disk)
            ? [await PlanDiskAsync(operation, options, source).ConfigureAwait(false)]
            : await PlanMachineAsync(operation, options, source).ConfigureAwait(false);
    }

    private static async Task<SnapshotPlan> PlanDiskAsync(Operation operation, NewSnapshotOptions options, ResourceId source)
    {
        DiskFacts disk = await DiskReader.ReadAsync(operation, source.Text).ConfigureAwait(false);
        return Plan(options, source, disk, BaseName(operation, options, source), new Dictionary<string, string>());
    }

    private static async Task<IReadOnlyList<SnapshotPlan>> PlanMachineAsync(Operation operation, NewSnapshotOptions options, ResourceId source)
    {
        ArmAnswer answer = await VMReader.GetAsync(operation, source.Text).ConfigureAwait(false);
        ImageVM vm = VMMapper.Map(answer.Body);
        DiskReference[] disks = [.. DisksOf(vm, options.OSDiskOnly)];
        WarnOfMovingDisks(operation, vm, disks);
        string baseName = BaseName(operation, options, source);
        string setId = SetIdOf(operation, vm, options.ResourceGroupName ?? source.ResourceGroupName!, baseName);
        var plans = new List<SnapshotPlan>();
        foreach (DiskReference disk in disks)
        {
            DiskFacts facts = await DiskReader.ReadAsync(operation, ManagedIdOf(vm, disk)).ConfigureAwait(false);
            var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            SnapshotTags.Write(tags, vm.Id, setId, disk.Lun);
            plans.Add(Plan(options, source, facts, options.OSDiskOnly ? baseName : WithPart(baseName, disk), tags));
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

    // Another one for every run; two that begin at once, with the same names in the same group, take the same set.
    private static string SetIdOf(Operation operation, ImageVM vm, string group, string baseName) => StableHash.Of(SetIdDigits, vm.Id, vm.VMId ?? string.Empty,
        group.ToUpperInvariant(), baseName.ToUpperInvariant(), operation.Clock.UtcNow.UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture));

    private static IEnumerable<DiskReference> DisksOf(ImageVM vm, bool onlyOS) =>
        (vm.OSDisk is null ? [] : new[] { vm.OSDisk }).Concat(onlyOS ? [] : vm.DataDisk.OrderBy(disk => disk.Lun));

    private static string ManagedIdOf(ImageVM vm, DiskReference disk) => ResourceId.TryParse(disk.SourceId) is { } id
        ? id.Text
        : throw new ImageCmdletsException(ErrorIds.InvalidRequest, $"The disk '{disk}' of '{vm.Name}' is a VHD blob; only managed disks have snapshots.", vm.Id,
            "Convert the machine to managed disks first.");

    // Each disk is taken at a moment of its own; only a machine that stands still has them agree.
    private static void WarnOfMovingDisks(Operation operation, ImageVM vm, DiskReference[] disks)
    {
        if (disks.Length > 1 && vm.PowerState == "Running")
            operation.Warning($"'{vm.Name}' is running: its {disks.Length} disks are taken one by one and may not agree with each other. Stop-ImageVM it first where they must.");
    }

    private static string BaseName(Operation operation, NewSnapshotOptions options, ResourceId source)
    {
        if (options.Name is not null)
            return options.Name;

        string time = operation.Clock.UtcNow.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        const int part = 6; // "-lun63"
        int longest = LongestName - part - time.Length - 1;
        string head = source.Name.Length <= longest ? source.Name : source.Name.Substring(0, longest);
        return $"{head}-{time}";
    }

    private static string WithPart(string name, DiskReference disk) =>
        disk.Lun is { } lun ? $"{name}-lun{lun.ToString(CultureInfo.InvariantCulture)}" : name + "-os";

    private static void CheckNames(IReadOnlyList<SnapshotPlan> plans)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (SnapshotPlan plan in plans)
        {
            ResourceNames.Require(ResourceTypes.Snapshot, plan.Id.Name);
            if (!seen.Add(plan.Id.Text))
            {
                throw new ImageCmdletsException(ErrorIds.InvalidArgument,
                    $"Two snapshots would get the name '{plan.Id.Name}' in the resource group '{plan.Id.ResourceGroupName}'.", plan.Id.Text,
                    "Leave -Name out: then each is named after its source and the time.");
            }
        }
    }

    // The sources' own groups exist: they have just been read there.
    private static async Task CheckGroupsAsync(Operation operation, IReadOnlyList<SnapshotPlan> plans, IReadOnlyList<NewSnapshotOptions> items)
    {
        if (items.All(item => item.ResourceGroupName is null))
            return;

        foreach (IGrouping<string, ResourceId> group in plans.Select(plan => plan.Id).GroupBy(id => $"{id.SubscriptionId}/{id.ResourceGroupName}", StringComparer.OrdinalIgnoreCase))
            await ResourceGroups.RequireAsync(operation, group.First().SubscriptionId, group.First().ResourceGroupName!).ConfigureAwait(false);
    }
}
