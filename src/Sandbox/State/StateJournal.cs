using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.State;

/// <summary>
/// The file in which a sandbox lives on between processes. Each line is a JSON object: first the version, then what changed,
/// in order. A change is one line, so that a process that is killed in the middle of it leaves the whole change or none.
/// </summary>
/// <remarks>
/// The file belongs to one sandbox at a time. It is written anew, without the history, when most of it is history.
/// </remarks>
internal sealed class StateJournal : IDisposable
{
    private const int Version = 2;
    private const int RecordsPerLine = 500;
    private const long LeastHistory = 4 * 1024 * 1024;

    private readonly string _path;
    private readonly VirtualClock _clock;
    private readonly StateDifference _difference;
    private readonly DurableFile _file;
    private string _time = string.Empty;
    private long _compactAt;

    private StateJournal(string path, SandboxWorld world)
    {
        _path = path;
        _clock = world.Clock;
        _difference = new StateDifference(world.Parts);
        _file = new DurableFile(path);
    }

    /// <summary>Opens the file, made when there is none, and fills the world from it.</summary>
    /// <returns>The journal, and the virtual time of the last line; null when the file is new.</returns>
    /// <exception cref="InvalidDataException">The file is no state of a sandbox of this version.</exception>
    /// <exception cref="IOException">Another sandbox has the file open.</exception>
    public static (StateJournal Journal, DateTimeOffset? Time) Open(string path, SandboxWorld world)
    {
        var journal = new StateJournal(Path.GetFullPath(path), world);
        try
        {
            DateTimeOffset? time = journal.Load();
            journal._difference.Watch(true);
            if (time is null) journal.Rewrite();
            journal._compactAt = journal._file.Length + Math.Max(LeastHistory, journal._file.Length);
            return (journal, time);
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Writes what changed since the last call. It outlives the process from here on.</summary>
    public void Append()
    {
        string time = ArmTime.Format(_clock.GetUtcNow());
        if (_difference.Take() is { } change)
            _file.Append(Line(time, change));
        else if (time != _time)
            _file.Append(Line(time, string.Empty));
        _time = time;
        if (_file.Length > _compactAt) Rewrite();
    }

    /// <summary>Whether what is handed out is taken for changed. Not while a request only reads, and may go through everything.</summary>
    public bool Watches
    {
        set => _difference.Watch(value);
    }

    /// <summary>Waits until all that was written so far would outlive the machine's power too. Called outside the world's lock.</summary>
    public void Commit() => _file.Commit();

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private void Rewrite()
    {
        string time = ArmTime.Format(_clock.GetUtcNow());
        _file.Replace([Header(), .. _difference.All(RecordsPerLine).Select(change => Line(time, change)), Line(time, string.Empty)]);
        _compactAt = _file.Length + Math.Max(LeastHistory, _file.Length);
    }

    private static string Header() => new JsonObject { ["version"] = Version }.ToJsonString() + "\n";

    private static string Line(string time, string change) => $"{{\"time\":\"{time}\"{change}}}\n";

    private DateTimeOffset? Load()
    {
        DateTimeOffset? time = null;
        long end = 0;
        int number = 0;
        foreach ((string text, long after) in _file.ReadLines())
        {
            number++;
            try
            {
                JsonObject line = (JsonObject)JsonText.Parse(text)!;
                if (number > 1)
                    time = Apply(line);
                else if (line.Number("version") != Version)
                    throw new InvalidDataException($"'{_path}' was written by another version of the sandbox, or is not the state of one.");
                end = after;
            }
            catch (Exception cause) when (cause is JsonException or InvalidCastException or NullReferenceException
                                              or FormatException or ArgumentException)
            {
                throw new InvalidDataException($"'{_path}' is not the state of a sandbox: line {number} is damaged.", cause);
            }
        }

        if (number == 0 && _file.Length > 0) throw new InvalidDataException($"'{_path}' is not the state of a sandbox.");

        // What a killed process left of a line was never acknowledged.
        _file.Truncate(end);
        return time;
    }

    private DateTimeOffset Apply(JsonObject line)
    {
        _difference.Restore(line);
        _time = line.Text("time")!;
        return DateTimeOffset.Parse(_time, CultureInfo.InvariantCulture);
    }
}
