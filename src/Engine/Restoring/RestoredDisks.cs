using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Restoring;

/// <summary>The disks that are made of the snapshots. Their tags say what a run that was interrupted has to know: for which machine
/// and place they are, whether it ran before, and what it was.</summary>
/// <param name="operation">The running command.</param>
/// <param name="plan">What is restored where.</param>
/// <param name="nameEnd">What their names end with; null: the time, as disks of an earlier restoration may be there.</param>
internal sealed class RestoredDisks(Operation operation, RestorePlan plan, string? nameEnd = null)
{
    public const string OperationName = "Restore-ImageSnapshot";

    private const string RestartTag = "imagecmdlets-restart";
    private const int LongestVMName = 54; // 80 with "-lun63-" and the time
    private readonly Dictionary<string, DiskFacts> _disks = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<DiskFacts> _others = [];
    private readonly DiskTemporaries _temporaries = new(operation, disk => AreFor(disk.Tag, plan.VMId) && disk.ManagedBy is null);

    /// <summary>What the machine was, where it is not there now; null where nothing was recorded.</summary>
    public JsonObject? Record { get; private set; }

    /// <summary>Whether the machine is to run in the end.</summary>
    public bool IsToRestart { get; private set; }

    /// <summary>Whether there is one for each place.</summary>
    public bool AreAll => plan.Members.All(member => _disks.ContainsKey(member.Step));

    /// <summary>Whether an earlier run, or another one, has made any.</summary>
    public bool WereThere { get; private set; }

    /// <summary>What stands at each place in the end.</summary>
    public ResourceId this[RestoreMember member] => _disks[member.Step].Id;

    /// <summary>Whether a disk is one of these.</summary>
    public bool Has(RestoreMember member, string? diskId) =>
        _disks.TryGetValue(member.Step, out DiskFacts? disk) && string.Equals(disk.Id.Text, diskId, StringComparison.OrdinalIgnoreCase);

    /// <summary>Finds what an earlier run of this restoration has made.</summary>
    /// <param name="vm">The machine as it is; null where it is gone.</param>
    public async Task FindAsync(JsonElement? vm)
    {
        foreach (DiskFacts disk in await DiskReader.ListAsync(operation, ResourceId.OfGroup(plan.VMId.SubscriptionId, plan.VMId.ResourceGroupName!).Text, ResourceTypes.Disk, IsOurs).ConfigureAwait(false))
            Note(disk);
        WereThere = _disks.Count > 0;
        if (vm is { } machine && _disks.Count > 0)
            await FindFinishedAsync(machine).ConfigureAwait(false);
    }

    /// <summary>Makes those that are missing.</summary>
    /// <param name="present">The disks that they take the place of, by step: they get the same kind, size, zone and tags.</param>
    /// <param name="isRunning">Whether the machine runs now.</param>
    /// <param name="record">What the machine is, where it is going to be removed.</param>
    public async Task MakeAsync(IReadOnlyDictionary<string, DiskFacts> present, bool isRunning, JsonObject? record)
    {
        IsToRestart |= isRunning;
        Record ??= record;
        string end = nameEnd ?? operation.Clock.UtcNow.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        string vm = plan.VMId.Name.Length <= LongestVMName ? plan.VMId.Name : plan.VMId.Name.Substring(0, LongestVMName);
        RestoreMember[] missing = [.. plan.Members.Where(member => !_disks.ContainsKey(member.Step))];
        await operation.ForEachAsync(missing, async (member, branch) =>
        {
            ResourceId id = ResourceId.Of(plan.VMId.SubscriptionId, plan.VMId.ResourceGroupName!, ResourceTypes.Disk, $"{vm}-{member.Step}-{end}");
            present.TryGetValue(member.Step, out DiskFacts? before);
            ArmAnswer begun = await _temporaries.BeginAsync(branch, id, () => DiskWriter.BeginAsync(branch, id, Content(member, before))).ConfigureAwait(false);
            await branch.Poller.WaitAsync(begun, id.Text, null, branch.CancellationToken).ConfigureAwait(false);
            DiskFacts made = await DiskReader.ReadAsync(branch, id.Text).ConfigureAwait(false);
            lock (_disks)
            {
                _disks[member.Step] = made;
            }
        }).ConfigureAwait(false);
    }

    /// <summary>Takes this module's tags off, and removes what an earlier restoration, from other snapshots, has left.</summary>
    public async Task FinishAsync()
    {
        foreach (DiskFacts other in _others)
        {
            operation.Verbose($"'{other.Id.Name}', which an interrupted restoration left, is removed.");
            await ResourceRemoval.RemoveIfThereAsync(operation, other.Id.Text).ConfigureAwait(false);
        }

        // The OS disk last: it has the record, and the mark by which a run that is interrupted now goes on.
        foreach (RestoreMember member in plan.Members.Reverse())
            await CleanTagsAsync(_disks[member.Step]).ConfigureAwait(false);
    }

    /// <summary>Removes what this run has made and nothing uses. What cannot be removed is said in a warning.</summary>
    public Task RemoveMadeAsync() => _temporaries.RemoveOwnAsync();

    private static bool AreFor(IReadOnlyDictionary<string, string> tags, ResourceId vm) =>
        OperationTags.IsMadeFor(tags, OperationName, vm.Text) && tags.ContainsKey(OperationTags.UnfinishedTag);

    private bool IsOurs(IReadOnlyDictionary<string, string> tags) => AreFor(tags, plan.VMId);

    private void Note(DiskFacts disk)
    {
        Record ??= VMRecord.Unpack(disk.Tag);
        IsToRestart |= disk.Tag.ContainsKey(RestartTag);
        if (plan.Members.FirstOrDefault(member => IsOf(member, disk)) is { } found)
            _disks[found.Step] = disk;
        else if (disk.ManagedBy is null)
            _others.Add(disk);
    }

    // All disks are exchanged at once, and then their tags are taken off one after the other: where one is in its place, so are those
    // that do not carry a tag any more.
    private async Task FindFinishedAsync(JsonElement vm)
    {
        if (plan.Members.Any(member => _disks.ContainsKey(member.Step) && !Has(member, VMMapper.DiskAt(vm, member.Lun))))
            return;

        foreach (RestoreMember member in plan.Members.Where(member => !_disks.ContainsKey(member.Step)).ToArray())
        {
            DiskFacts? present = ResourceId.TryParse(VMMapper.DiskAt(vm, member.Lun)) is { } id ? await DiskReader.FindAsync(operation, id).ConfigureAwait(false) : null;
            if (present?.SourceUniqueId is { } source && source == member.Snapshot.UniqueId)
                _disks[member.Step] = present;
        }
    }

    private static bool IsOf(RestoreMember member, DiskFacts disk) => disk.IsUsable
        && disk.Tag.TryGetValue(OperationTags.StepTag, out string? step) && step == member.Step
        && disk.SourceUniqueId is not null && disk.SourceUniqueId == member.Snapshot.UniqueId;

    private DiskContent Content(RestoreMember member, DiskFacts? before)
    {
        Dictionary<string, string> tags = OperationTags.CarriedOver(before?.Tag ?? new Dictionary<string, string>(), null);
        foreach (KeyValuePair<string, string> tag in Own(member))
            tags[tag.Key] = tag.Value;
        return DiskContent.Like(before, member.Snapshot, tags);
    }

    private Dictionary<string, string> Own(RestoreMember member)
    {
        Dictionary<string, string> tags = OperationTags.For(OperationName, member.Step, plan.VMId.Text);
        tags[OperationTags.UnfinishedTag] = OperationName;
        if (IsToRestart)
            tags[RestartTag] = "true";
        if (member.Lun is null && Record is not null)
        {
            foreach (KeyValuePair<string, string> tag in VMRecord.Pack(Record, plan.VMId))
                tags[tag.Key] = tag.Value;
        }

        return tags;
    }

    // A tag that stays does no harm to the disk, so a failure is only warned of.
    private async Task CleanTagsAsync(DiskFacts disk)
    {
        DiskFacts now = await DiskReader.ReadAsync(operation, disk.Id.Text).ConfigureAwait(false);
        KeyValuePair<string, string>[] tags = [.. now.Tag.Where(tag => tag.Key.StartsWith(OperationTags.Prefix, StringComparison.OrdinalIgnoreCase))];
        if (tags.Length == 0)
            return;

        try
        {
            await ResourceTags.RemoveAsync(operation, disk.Id.Text, tags).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception)
        {
            operation.Warning($"'{plan.VMId.Name}' is restored, but the tags '{OperationTags.Prefix}*' of its disk '{disk.Id.Name}' could not be removed: {exception.Message}");
        }
    }
}
