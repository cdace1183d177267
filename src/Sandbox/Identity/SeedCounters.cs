using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.State;

namespace ImageCmdlets.Sandbox.Identity;

/// <summary>
/// Counts how many ids were made for each purpose, of a bounded number of purposes. Those that were counted first are forgotten
/// first; every purpose that is new then begins at the highest number that was ever forgotten, so that one that comes back gets
/// other ids than before.
/// </summary>
/// <param name="most">Purposes that are counted at a time.</param>
internal sealed class SeedCounters(int most)
{
    private const string FloorKey = "floor";

    private readonly Dictionary<Guid, (int Count, long Place)> _counters = [];
    private readonly SortedDictionary<long, Guid> _places = [];
    private long _next;
    private int _floor;

    /// <summary>Keys of the records that say all this.</summary>
    public IEnumerable<string> Keys => [.. _floor > 0 ? [FloorKey] : Array.Empty<string>(), .. _counters.Keys.Select(KeyOf)];

    /// <summary>The number of the next id for a purpose, from 0.</summary>
    /// <param name="purpose">Hash of the purpose.</param>
    /// <param name="changed">Where the keys of changed records are noted.</param>
    public int Next(Guid purpose, ChangedKeys changed)
    {
        if (!_counters.TryGetValue(purpose, out (int Count, long Place) counter))
        {
            if (_counters.Count >= most) ForgetFirst(changed);
            counter = (_floor, _next++);
            _places[counter.Place] = purpose;
        }

        _counters[purpose] = (counter.Count + 1, counter.Place);
        if (changed.Watched) changed.Note(KeyOf(purpose));
        return counter.Count;
    }

    /// <summary>The record of a key: count and place of a purpose.</summary>
    public JsonNode? Record(string key)
    {
        if (key == FloorKey) return _floor > 0 ? _floor : null;
        return _counters.TryGetValue(Guid.ParseExact(key, "N"), out (int Count, long Place) counter)
            ? new JsonArray(counter.Count, counter.Place)
            : null;
    }

    /// <summary>Puts a record back.</summary>
    public void Restore(string key, JsonNode? record)
    {
        if (key == FloorKey)
        {
            _floor = record?.GetValue<int>() ?? 0;
            return;
        }

        var purpose = Guid.ParseExact(key, "N");
        Remove(purpose);
        if (record is null) return;
        (int count, long place) = (record[0]!.GetValue<int>(), record[1]!.GetValue<long>());
        _counters[purpose] = (count, place);
        _places[place] = purpose;
        _next = Math.Max(_next, place + 1);
    }

    private void ForgetFirst(ChangedKeys changed)
    {
        Guid first = _places.First().Value;
        int count = _counters[first].Count;
        Remove(first);
        if (changed.Watched) changed.Note(KeyOf(first));
        if (count <= _floor) return;
        _floor = count;
        changed.Note(FloorKey);
    }

    private void Remove(Guid purpose)
    {
        if (!_counters.TryGetValue(purpose, out (int Count, long Place) counter)) return;
        _places.Remove(counter.Place);
        _counters.Remove(purpose);
    }

    private static string KeyOf(Guid purpose) => purpose.ToString("N");
}
