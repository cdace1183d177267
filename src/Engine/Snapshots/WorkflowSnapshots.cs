using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>The snapshots of all disks of one machine that a workflow takes on its way. They carry its tags, and the mark of what is
/// unfinished until the workflow has come to its end: so a run that goes on finds them.</summary>
/// <param name="operation">The running command.</param>
/// <param name="vm">The machine.</param>
/// <param name="madeBy">The cmdlet.</param>
/// <param name="step">What they are to it.</param>
internal sealed class WorkflowSnapshots(Operation operation, ResourceId vm, string madeBy, string step)
{
    private readonly List<DiskFacts> _found = [];

    /// <summary>The snapshots, the OS disk's first.</summary>
    public IReadOnlyList<DiskFacts> All => [.. _found.OrderBy(snapshot => SnapshotTags.Lun(snapshot.Tag) ?? -1)];

    /// <summary>What the names of all begin with; null before there are any.</summary>
    public string? BaseName => _found.Count == 0 ? null : BaseOf(_found[0]);

    /// <summary>Whether they were taken so recently that they still stand for the machine as it is.</summary>
    public bool AreYoungerThan(TimeSpan age) =>
        _found.Count > 0 && _found.TrueForAll(snapshot => snapshot.TimeCreated is { } time && operation.Clock.UtcNow - time <= age);

    /// <summary>Those that were found of sets that nobody can go on with: the OS disk's is gone or going.</summary>
    public IReadOnlyList<ResourceId> Remains { get; private set; } = [];

    /// <summary>Finds those of an earlier run of the same workflow that has not ended.</summary>
    /// <param name="osDisk">The machine's OS disk as it is now: others are of a disk that it no longer has. Null: any disk, but one of
    /// the set must be of it, because its removal is where the removal of a set begins.</param>
    public async Task FindAsync(DiskFacts? osDisk)
    {
        string group = ResourceId.OfGroup(vm.SubscriptionId, vm.ResourceGroupName!).Text;
        IReadOnlyList<DiskFacts> found = await DiskReader.ListAsync(operation, group, ResourceTypes.Snapshot, IsOurs).ConfigureAwait(false);
        _found.Clear();
        IGrouping<string, DiskFacts>[] sets = [.. found.GroupBy(BaseOf, StringComparer.OrdinalIgnoreCase).OrderBy(set => set.Key, StringComparer.OrdinalIgnoreCase)];
        Remains = [.. sets.Where(set => !set.Any(IsOfSystem)).SelectMany(set => set).Select(snapshot => snapshot.Id)];
        if (sets.LastOrDefault(set => osDisk is null ? set.Any(IsOfSystem) : IsOf(set, osDisk)) is { } last)
            _found.AddRange(last);
    }

    /// <summary>Finds the last whole set that any run of the same workflow took of this disk, also of one that has ended.</summary>
    public async Task FindEndedAsync(DiskFacts osDisk)
    {
        string group = ResourceId.OfGroup(vm.SubscriptionId, vm.ResourceGroupName!).Text;
        IReadOnlyList<DiskFacts> found = await DiskReader.ListAsync(operation, group, ResourceTypes.Snapshot, IsOfWorkflow).ConfigureAwait(false);
        _found.Clear();
        if (found.GroupBy(BaseOf, StringComparer.OrdinalIgnoreCase).OrderBy(set => set.Max(snapshot => snapshot.TimeCreated))
            .LastOrDefault(set => set.Any(IsOfSystem) && IsOf(set, osDisk)) is { } last)
        {
            _found.AddRange(last);
        }
    }

    /// <summary>Takes them; what is there already of the same set is gone on with.</summary>
    /// <param name="name">What the names of new ones begin with; null: the machine's name and the time.</param>
    public async Task TakeAsync(string? name)
    {
        Dictionary<string, string> tags = OperationTags.For(madeBy, step, vm.Text);
        var options = new NewSnapshotOptions { Source = vm.Text, Name = BaseName ?? name, Tag = tags };
        IReadOnlyList<SnapshotSet> sets = (await SnapshotPlanner.PlanAsync(operation, [options]).ConfigureAwait(false)).Sets;
        await SnapshotPresence.CheckAsync(operation, sets[0]).ConfigureAwait(false);
        await operation.ForEachAsync(sets[0].Members, async (member, branch) =>
        {
            SnapshotPlan plan = member.Plan;
            ArmAnswer begun = member.Begun ?? await SnapshotWriter.BeginAsync(branch, plan.Id, plan.Content).ConfigureAwait(false);
            await branch.Poller.WaitAsync(begun, plan.Id.Text, null, branch.CancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        ResourceId[] ids = [.. sets[0].Members.Select(member => member.Plan.Id)];
        await SnapshotCompletion.WaitAsync(operation, ids, null).ConfigureAwait(false);
        _found.Clear();
        foreach (ResourceId id in ids)
            _found.Add(await DiskReader.ReadAsync(operation, id.Text).ConfigureAwait(false));
    }

    /// <summary>Hands them over to the user: the workflow has ended, and they stay.</summary>
    public async Task ReleaseAsync()
    {
        foreach (DiskFacts snapshot in _found.Where(snapshot => SnapshotMark.IsOn(snapshot.Tag)))
            await SnapshotMark.RemoveAsync(operation, snapshot.Id).ConfigureAwait(false);
    }

    private bool IsOurs(IReadOnlyDictionary<string, string> tags) => IsOfWorkflow(tags) && SnapshotMark.IsOn(tags);

    private bool IsOfWorkflow(IReadOnlyDictionary<string, string> tags) =>
        OperationTags.IsMadeFor(tags, madeBy, vm.Text) && tags.TryGetValue(OperationTags.StepTag, out string? own) && own == step;

    private static bool IsOfSystem(DiskFacts snapshot) => SnapshotTags.Lun(snapshot.Tag) is null && snapshot.ProvisioningState != "Deleting";

    private static bool IsOf(IEnumerable<DiskFacts> set, DiskFacts osDisk) =>
        set.All(snapshot => SnapshotTags.Lun(snapshot.Tag) is not null || (snapshot.SourceUniqueId is not null && snapshot.SourceUniqueId == osDisk.UniqueId));

    private static string BaseOf(DiskFacts snapshot) => snapshot.Id.Name.Substring(0, snapshot.Id.Name.LastIndexOf('-'));
}
