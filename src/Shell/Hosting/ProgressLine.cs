using System.Management.Automation;

namespace ImageCmdlets.Shell.Hosting;

/// <summary>Draws the newest record in one line of a terminal, over the one before.</summary>
public sealed class ProgressLine : ProgressDisplay
{
    private const string EraseLine = "\r\u001b[K";
    private const int BarLength = 20;
    private static readonly TimeSpan s_shortestPause = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter _terminal;
    private readonly Func<int> _width;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly List<(long Source, ProgressRecord Record)> _active = [];
    private long? _drawnAt;
    private bool _visible;

    /// <summary>Draws on <paramref name="terminal"/>, in lines of at most <paramref name="width"/> columns.</summary>
    public ProgressLine(TextWriter terminal, Func<int> width, TimeProvider time)
    {
        _terminal = terminal;
        _width = width;
        _time = time;
    }

    /// <inheritdoc/>
    public override void Report(long sourceId, ProgressRecord record)
    {
        lock (_lock)
        {
            bool known = _active.RemoveAll(one => one.Source == sourceId && one.Record.ActivityId == record.ActivityId) > 0;
            if (record.RecordType == ProgressRecordType.Completed)
            {
                if (known)
                    DrawNewest();
                return;
            }

            _active.Add((sourceId, record));
            if (!known || !_visible || _drawnAt is not { } last || _time.GetElapsedTime(last) >= s_shortestPause)
                DrawNewest();
        }
    }

    /// <inheritdoc/>
    public override void Hide()
    {
        lock (_lock)
            Erase();
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        lock (_lock)
        {
            _active.Clear();
            Erase();
        }
    }

    private void DrawNewest()
    {
        if (_active.Count == 0)
        {
            Erase();
            return;
        }

        ProgressRecord newest = _active[^1].Record;
        string line = Bar(newest) + Describe(newest) + (_active.Count > 1 ? $" (+{_active.Count - 1} more)" : "");
        int room = Math.Max(1, _width() - 1);
        _terminal.Write(EraseLine + (line.Length <= room ? line : line[..(room - 1)] + '…'));
        _drawnAt = _time.GetTimestamp();
        _visible = true;
    }

    private void Erase()
    {
        if (_visible)
            _terminal.Write(EraseLine);
        _visible = false;
    }

    private static string Bar(ProgressRecord record)
    {
        if (record.PercentComplete < 0)
            return "";

        int filled = Math.Min(record.PercentComplete, 100) * BarLength / 100;
        return $"[{new string('#', filled)}{new string('.', BarLength - filled)}] ";
    }
}
