using System.Text;

namespace ImageCmdlets.Engine.Diagnosis;

/// <summary>Takes the lines of sysprep's logs, one by one, and gives the runs that they tell of.</summary>
/// <remarks>The logs grow from run to run. A line of equal signs and "Beginning of a new sysprep run" separate the runs in setupact.log;
/// setuperr.log, which repeats its errors, has no separators. Whatever is wrong with a log, nothing is thrown.</remarks>
internal sealed class SysprepLogParser(string? source)
{
    private const int LongestEntry = 8192;
    private const int MostRuns = 256;

    // A run takes minutes; errors that are further apart belong to different ones.
    private static readonly TimeSpan s_gap = TimeSpan.FromHours(1);

    private readonly List<SysprepRunBuilder> _runs = [];
    private readonly StringBuilder _loose = new();
    private readonly StringBuilder _tight = new();
    private SysprepLogEntry? _pending;
    private SysprepLogEntry? _rule;
    private long _line;
    private bool _hasLevel;
    private int _forgotten;
    private bool _isOnlyErrors = true;
    private bool _hasAfterRule;

    private SysprepRunBuilder? Current => _runs.Count > 0 ? _runs[_runs.Count - 1] : null;

    public void Add(string line)
    {
        _line++;
        if (SysprepLine.Read(line, _line, out bool hasLevel) is { } entry)
        {
            Flush(isLast: false);
            _pending = entry;
            _hasLevel = hasLevel;
            string text = entry.Text.Length <= LongestEntry ? entry.Text : entry.Text.Substring(0, LongestEntry);
            _loose.Append(text);
            _tight.Append(text);
        }
        else if (_pending is not null && _loose.Length < LongestEntry)
        {
            string text = line.Trim();
            _loose.Append(text.Length > 0 ? " " : string.Empty).Append(text);
            _tight.Append(text);
        }
    }

    /// <summary>The runs, in their order; call it once, after the last line.</summary>
    public IReadOnlyList<SysprepRun> Finish()
    {
        Flush(isLast: true);
        // A log that ends with the line of equal signs was cut while a run began: the run before it is not the last one.
        if (_rule is { } rule && !_hasAfterRule)
            Begin(rule.Time, hasBeginning: true);

        SysprepRunBuilder[] own = [.. _runs.Where(run => !run.IsWithin(_runs))];
        return [.. own.Select((run, index) => run.Build(_forgotten + index + 1, source))];
    }

    private void Flush(bool isLast)
    {
        if (_pending is null)
            return;

        SysprepLogEntry entry = _pending with { Text = _loose.ToString() };
        string? tight = _tight.Length == _loose.Length ? null : _tight.ToString();
        if (!_hasLevel)
            entry = entry with { Level = GuessLevel(entry.Text, tight) };
        _pending = null;
        _loose.Clear();
        _tight.Clear();
        if (entry.Text.StartsWith("=", StringComparison.Ordinal))
            Separate(entry);
        else
            Assign(entry, tight, isLast);
    }

    private static SysprepLogLevel GuessLevel(string loose, string? tight)
    {
        SysprepLogLevel level = SysprepLine.GuessLevel(loose);
        return tight is null || level != SysprepLogLevel.Information ? level : SysprepLine.GuessLevel(tight);
    }

    private void Separate(SysprepLogEntry entry)
    {
        _isOnlyErrors = false;
        bool isRule = entry.Text.Trim('=', ' ').Length == 0;
        if (!isRule)
        {
            _rule = null;
            Begin(entry.Time, hasBeginning: true);
        }
        else if (Current is not { HasBeginning: true, IsFresh: true })
        {
            _rule = entry;
            _hasAfterRule = false;
        }
    }

    private void Assign(SysprepLogEntry entry, string? tight, bool isLast)
    {
        _hasAfterRule = true;
        _isOnlyErrors &= entry.Level == SysprepLogLevel.Error;
        if (Current is { HasBeginning: true } current && entry.Time < current.Begin)
        {
            // setuperr.log behind setupact.log: an error from before the run is one of an older run.
            FindOlder(entry)?.Add(entry, tight, isLast);
            return;
        }

        if (Current is null || BeginsRun(entry, Current))
            Begin(entry.Time, hasBeginning: false);
        if (!IsEcho(entry))
            Current!.Add(entry, tight, isLast);
    }

    // The last error of a run can fall into the second in which the next one begins.
    private bool IsEcho(SysprepLogEntry entry) => entry.Level == SysprepLogLevel.Error
        && _runs.Exists(run => run.HasBeginning && !ReferenceEquals(run, Current) && run.Knows(entry));

    // Without separators, only what sysprep says last and a long silence tell where a run ends.
    private bool BeginsRun(SysprepLogEntry entry, SysprepRunBuilder current) =>
        _isOnlyErrors && !current.IsFresh && (current.HasGivenUp || entry.Time - current.End > s_gap);

    private SysprepRunBuilder? FindOlder(SysprepLogEntry entry) =>
        _runs.FindLast(run => run.Knows(entry)) ?? _runs.FindLast(run => run.Begin <= entry.Time);

    private void Begin(DateTime? time, bool hasBeginning)
    {
        _runs.Add(new SysprepRunBuilder(time, hasBeginning));
        if (_runs.Count <= MostRuns)
            return;

        _runs.RemoveAt(0);
        _forgotten++;
    }
}
