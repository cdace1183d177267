using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>What is taken together: all disks that are asked for of one machine, or one disk.</summary>
internal sealed class SnapshotSet
{
    private readonly List<JsonElement> _taken = [];
    private int _unfinished;
    private bool _isIncomplete;

    public SnapshotSet(IReadOnlyList<SnapshotPlan> plans)
    {
        Members = [.. plans.Select(plan => new SnapshotMember(plan, this))];
        _unfinished = Members.Count;
    }

    public IReadOnlyList<SnapshotMember> Members { get; }

    /// <summary>Whether nothing is in the way of it.</summary>
    public bool IsAccepted { get; set; }

    /// <summary>Counts a member as ended; after the last of a whole set takes the marks off.</summary>
    /// <param name="operation">The member's branch.</param>
    /// <param name="taken">The snapshot; null where it failed.</param>
    public async Task EndAsync(Operation operation, JsonElement? taken)
    {
        lock (_taken)
        {
            if (taken is { } item)
                _taken.Add(item);
            else
                _isIncomplete = true;
            if (--_unfinished > 0)
                return;
        }

        // One mark that is left says that the run has not ended; so a stop in between loses nothing.
        IReadOnlyList<JsonElement> finished = _isIncomplete ? [] : _taken;
        foreach (JsonElement item in finished)
            await SnapshotMark.RemoveAsync(operation, ResourceId.TryParse(item.Text("id"))!).ConfigureAwait(false);
        foreach (JsonElement item in _taken)
            await operation.WriteAsync(SnapshotMapper.Map(item, isMarked: _isIncomplete)).ConfigureAwait(false);
    }
}
