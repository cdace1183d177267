using System.Collections;

namespace ImageCmdlets.Sandbox;

/// <summary>The faults of a sandbox; a test may add to it while requests run.</summary>
internal sealed class FaultList : IList<SandboxFault>, IReadOnlyList<SandboxFault>
{
    private readonly object _gate = new();
    private SandboxFault[] _faults = [];

    public int Count => _faults.Length;

    public bool IsReadOnly => false;

    public SandboxFault this[int index]
    {
        get => _faults[index];
        set => Change(list => list[index] = value);
    }

    public void Add(SandboxFault item) => Change(list => list.Add(item));

    public void Clear() => Change(static list => list.Clear());

    public bool Contains(SandboxFault item) => _faults.Contains(item);

    public void CopyTo(SandboxFault[] array, int arrayIndex) => _faults.CopyTo(array, arrayIndex);

    public int IndexOf(SandboxFault item) => Array.IndexOf(_faults, item);

    public void Insert(int index, SandboxFault item) => Change(list => list.Insert(index, item));

    public bool Remove(SandboxFault item)
    {
        bool removed = false;
        Change(list => removed = list.Remove(item));
        return removed;
    }

    public void RemoveAt(int index) => Change(list => list.RemoveAt(index));

    public IEnumerator<SandboxFault> GetEnumerator() => ((IEnumerable<SandboxFault>)_faults).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Readers see the old or the new list, never one in between.
    private void Change(Action<List<SandboxFault>> change)
    {
        lock (_gate)
        {
            var list = new List<SandboxFault>(_faults);
            change(list);
            _faults = [.. list];
        }
    }
}
