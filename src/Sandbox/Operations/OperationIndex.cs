namespace ImageCmdlets.Sandbox.Operations;

/// <summary>
/// The operations that run, in the order in which they will end, and by their subject; and those that have ended, the oldest
/// first. An operation keeps its own place up to date.
/// </summary>
internal sealed class OperationIndex
{
    private readonly SortedSet<LongRunningOperation> _running = new(OperationOrder.Instance);
    private readonly Dictionary<string, List<LongRunningOperation>> _bySubject = new(StringComparer.OrdinalIgnoreCase);
    private readonly LinkedList<string> _ended = [];

    /// <summary>Ids of operations that have ended, the one that ended first in front.</summary>
    public IReadOnlyCollection<string> Ended => _ended;

    /// <summary>The operation that ends next; null when none runs.</summary>
    public LongRunningOperation? Next => _running.Min;

    /// <summary>What runs on a resource, in the order of its start.</summary>
    public IReadOnlyList<LongRunningOperation> On(string subjectId) =>
        _bySubject.TryGetValue(subjectId, out List<LongRunningOperation>? operations) ? operations : [];

    /// <summary>Takes an operation in.</summary>
    public void Add(LongRunningOperation operation)
    {
        if (operation.Status != OperationStatus.InProgress)
        {
            _ended.AddLast(operation.Id);
            return;
        }

        _running.Add(operation);
        if (!_bySubject.TryGetValue(operation.SubjectId, out List<LongRunningOperation>? operations))
            _bySubject.Add(operation.SubjectId, operations = []);
        operations.Add(operation);
        operations.Sort(static (left, right) => left.Sequence.CompareTo(right.Sequence));
    }

    /// <summary>Takes an operation out.</summary>
    public void Remove(LongRunningOperation operation)
    {
        if (operation.Status != OperationStatus.InProgress)
        {
            _ended.Remove(operation.Id);
            return;
        }

        _running.Remove(operation);
        if (!_bySubject.TryGetValue(operation.SubjectId, out List<LongRunningOperation>? operations)) return;
        operations.Remove(operation);
        if (operations.Count == 0) _bySubject.Remove(operation.SubjectId);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _running.Clear();
        _bySubject.Clear();
        _ended.Clear();
    }
}
