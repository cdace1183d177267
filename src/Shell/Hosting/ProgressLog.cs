using System.Management.Automation;

namespace ImageCmdlets.Shell.Hosting;

/// <summary>
/// Writes progress as plain lines for a file or a build log: the first record of each activity, then at most one record of
/// it in five seconds.
/// </summary>
public sealed class ProgressLog : ProgressDisplay
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    private readonly TextWriter _log;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<(long Source, int Activity), long> _writtenAt = [];

    /// <summary>Writes to <paramref name="log"/>, keeping the pause by <paramref name="time"/>.</summary>
    public ProgressLog(TextWriter log, TimeProvider time)
    {
        _log = log;
        _time = time;
    }

    /// <inheritdoc/>
    public override void Report(long sourceId, ProgressRecord record)
    {
        lock (_lock)
        {
            var key = (sourceId, record.ActivityId);
            if (record.RecordType == ProgressRecordType.Completed)
            {
                _writtenAt.Remove(key);
                return;
            }

            if (_writtenAt.TryGetValue(key, out long last) && _time.GetElapsedTime(last) < s_pause)
                return;

            _log.WriteLine(Describe(record));
            _writtenAt[key] = _time.GetTimestamp();
        }
    }

    /// <inheritdoc/>
    public override void Hide()
    {
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        lock (_lock)
            _writtenAt.Clear();
    }
}
