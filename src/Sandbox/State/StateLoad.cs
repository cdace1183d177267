using System.Globalization;
using System.Text.Json;

namespace ImageCmdlets.Sandbox.State;

/// <summary>
/// Fills a world from the lines of its file. Of each record that stands alone only the last is read: most of a long file is
/// about what came later.
/// </summary>
internal sealed class StateLoad(string path, int version, IReadOnlyList<IStatePart> parts, StateDifference difference)
{
    private readonly Dictionary<string, IStatePart> _parts = parts.ToDictionary(static part => part.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, (byte[] Record, int Line)>> _last = parts.ToDictionary(
        static part => part.Name, static _ => new Dictionary<string, (byte[], int)>(StringComparer.OrdinalIgnoreCase), StringComparer.Ordinal);

    private int _number;
    private string? _time;

    /// <summary>Bytes of the records that were put into the world.</summary>
    public long Length { get; private set; }

    /// <summary>Seed of the world's ids; null before the first line.</summary>
    public int? Seed { get; private set; }

    /// <summary>Reads one line after the other.</summary>
    /// <exception cref="InvalidDataException">The line is none of a state of this version.</exception>
    public void Read(ArraySegment<byte> bytes)
    {
        _number++;
        Guard(_number, () =>
        {
            var line = new StateLine(bytes);
            if (_number == 1)
            {
                if (line.Version != version)
                    throw new InvalidDataException($"'{path}' was written by another version of the sandbox, or is not the state of one.");
                Seed = line.Seed ?? throw new FormatException("A world without a seed.");
                return;
            }

            _time = line.Time ?? throw new FormatException("A line without a time.");
            foreach ((string part, string key, byte[]? record) in line.Records) Take(_parts[part], key, record);
        });
    }

    /// <summary>Puts the rest into the world. Called once, after the last line.</summary>
    /// <returns>Virtual time of the last line; null when there is no more than a first one.</returns>
    /// <exception cref="InvalidDataException">A record is none.</exception>
    public DateTimeOffset? Finish()
    {
        DateTimeOffset? time = null;
        if (_time is not null) Guard(_number, () => time = DateTimeOffset.Parse(_time, CultureInfo.InvariantCulture));
        foreach (IStatePart part in parts)
        {
            foreach (KeyValuePair<string, (byte[] Record, int Line)> last in _last[part.Name])
                Guard(last.Value.Line, () => Restore(part, last.Key, last.Value.Record));
            _last[part.Name].Clear();
        }

        return time;
    }

    private void Take(IStatePart part, string key, byte[]? record)
    {
        if (record is not null && part.RecordsStandAlone)
        {
            _last[part.Name][key] = (record, _number);
            return;
        }

        _last[part.Name].Remove(key);
        Restore(part, key, record);
    }

    private void Restore(IStatePart part, string key, byte[]? record)
    {
        part.Restore(key, record);
        difference.Known(part, key, record is not null);
        Length += record?.Length ?? 0;
    }

    private void Guard(int number, Action read)
    {
        try
        {
            read();
        }
        catch (Exception cause) when (cause is JsonException or InvalidCastException or InvalidOperationException or NullReferenceException
                                          or FormatException or ArgumentException or KeyNotFoundException)
        {
            throw new InvalidDataException($"'{path}' is not the state of a sandbox: line {number} is damaged.", cause);
        }
    }
}
