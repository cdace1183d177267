using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Identity;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.State;

/// <summary>
/// The file in which a sandbox lives on between processes. Each line is a JSON object: first the version, then what changed,
/// in order. A change is one line, so that a process that is killed in the middle of it leaves the whole change or none.
/// </summary>
/// <remarks>
/// The file belongs to one sandbox at a time. When most of it is history, a file without the history is written beside it, a
/// little with each change, and takes its place when it is whole: no request waits for all of it.
/// </remarks>
internal sealed class StateJournal : IDisposable
{
    private const int Version = 3;
    private const int RecordsPerChange = 100;
    private const long LeastHistory = 4 * 1024 * 1024;

    private readonly VirtualClock _clock;
    private readonly SeededIds _ids;
    private readonly StateDifference _difference;
    private readonly DurableFile _file;
    private IEnumerator<string>? _rewriting;
    private string _time = string.Empty;
    private long _compactAt;

    private StateJournal(string path, SandboxWorld world)
    {
        _clock = world.Clock;
        _ids = world.Ids;
        _difference = new StateDifference(world.Parts);
        _file = new DurableFile(path);
    }

    /// <summary>Opens the file, made when there is none, and fills the world from it.</summary>
    /// <returns>The journal, and the virtual time of the last line; null when the file is new.</returns>
    /// <exception cref="InvalidDataException">The file is no state of a sandbox of this version.</exception>
    /// <exception cref="IOException">Another sandbox has the file open.</exception>
    public static (StateJournal Journal, DateTimeOffset? Time) Open(string path, SandboxWorld world)
    {
        string full = Path.GetFullPath(path);
        var journal = new StateJournal(full, world);
        try
        {
            DateTimeOffset? time = journal.Load(full, world);
            journal._difference.Watch(true);
            if (time is null) journal.Begin();
            return (journal, time);
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Writes what changed since the last call. It outlives the process from here on.</summary>
    /// <exception cref="IOException">It cannot be written now; it is with the next call.</exception>
    public void Append()
    {
        string time = ArmTime.Format(_clock.GetUtcNow());
        if (Take() is { } change)
            _file.Append(Line(time, change));
        else if (time != _time)
            _file.Append(Line(time, string.Empty));
        _time = time;
        Rewrite(time);
    }

    /// <summary>
    /// As <see cref="Append"/>, for what happens by itself: after a restart it happens again, so that nobody has to be refused when
    /// it cannot be written now.
    /// </summary>
    public void TryAppend()
    {
        try
        {
            Append();
        }
        catch (IOException)
        {
            // It is written before the next change, which is refused if that fails too.
        }
    }

    /// <summary>Writes what could not be written before.</summary>
    /// <exception cref="IOException">It still cannot.</exception>
    public void CatchUp() => _file.CatchUp();

    /// <summary>Whether what is handed out is taken for changed. Not while a request only reads, and may go through everything.</summary>
    public bool Watches
    {
        set => _difference.Watch(value);
    }

    /// <summary>Waits until all that was written so far would outlive the machine's power too. Called outside the world's lock.</summary>
    public void Commit() => _file.Commit();

    /// <inheritdoc />
    public void Dispose()
    {
        _rewriting?.Dispose();
        _file.Dispose();
        _difference.Dispose();
    }

    private string? Take()
    {
        try
        {
            return _difference.Take();
        }
        catch (IOException)
        {
            // No room for pages.
            _difference.Retry();
            throw;
        }
    }

    // A record that is copied later than it changed is copied as it is then; one that changes later is in both files by its change.
    private void Rewrite(string time)
    {
        if (_rewriting is null)
        {
            if (_file.Length <= _compactAt || _file.HasSuccessor) return;
            _file.BeginSuccessor();
            _file.AppendToSuccessor(Header());
            _rewriting = _difference.All(RecordsPerChange).GetEnumerator();
        }

        if (_rewriting.MoveNext())
        {
            _file.AppendToSuccessor(Line(time, _rewriting.Current));
            return;
        }

        _rewriting.Dispose();
        _rewriting = null;
        _file.AppendToSuccessor(Line(time, string.Empty));
        ExpectHistory(_file.CompleteSuccessor() ?? _file.Length);
    }

    // As much history as there is else, for then copying costs no more than writing did.
    private void ExpectHistory(long withoutHistory) => _compactAt = withoutHistory + Math.Max(LeastHistory, withoutHistory);

    // One write: a process that is killed before its end has not begun.
    private void Begin()
    {
        _file.Truncate(0);
        _file.Append(Header() + Line(ArmTime.Format(_clock.GetUtcNow()), _difference.TakeAll()));
        ExpectHistory(_file.Length);
    }

    private string Header() => new JsonObject { ["version"] = Version, ["seed"] = _ids.Seed }.ToJsonString() + "\n";

    private static string Line(string time, string change) => $"{{\"time\":\"{time}\"{change}}}\n";

    private DateTimeOffset? Load(string path, SandboxWorld world)
    {
        var load = new StateLoad(path, Version, world.Parts, _difference);
        long end = 0;
        foreach ((ArraySegment<byte> line, long after) in _file.ReadLines())
        {
            load.Read(line);
            end = after;
        }

        if (end == 0 && _file.Length > 0) throw new InvalidDataException($"'{path}' is not the state of a sandbox.");

        // What a killed process left of a line was never acknowledged.
        _file.Truncate(end);
        DateTimeOffset? time = load.Finish();
        if (load.Seed is { } seed) _ids.Seed = seed;
        ExpectHistory(load.Length);
        return time;
    }
}
