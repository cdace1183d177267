using System.Globalization;
using System.Text.RegularExpressions;

namespace ImageCmdlets.Engine.Diagnosis;

/// <summary>Gathers what the entries of one run tell, and judges it.</summary>
internal sealed class SysprepRunBuilder(DateTime? begin, bool hasBeginning)
{
    private const int MostErrors = 500;
    private const int MostFindings = 50;
    private const int MostKeys = 20000;

    private static readonly Regex s_option = new(
        "Found supported command line option '(?<option>[^']+)'|Sysprep mode \\[(?<mode>[^\\]]+)\\]", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(20));

    private readonly List<string> _options = [];
    private readonly List<SysprepLogEntry> _errors = [];
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly SysprepFindings _findings = new(MostFindings);
    private int _noise;
    private int _errorCount;
    private DateTime? _end = begin;
    private SysprepPhase _phase;
    private bool _hasEntries;
    private bool _isOnlyErrors = true;
    private bool _hasSucceeded;
    private bool _hasClosed;

    /// <summary>The guest's time at its first entry.</summary>
    public DateTime? Begin { get; private set; } = begin;

    /// <summary>The guest's time at its latest entry.</summary>
    public DateTime? End => _end;

    /// <summary>Whether the log has the line with which it began.</summary>
    public bool HasBeginning => hasBeginning;

    /// <summary>Whether nothing but its beginning is there yet.</summary>
    public bool IsFresh => !_hasEntries;

    /// <summary>Whether sysprep has said its last word, which is that it gives up.</summary>
    public bool HasGivenUp { get; private set; }

    /// <summary>Whether this very error was seen before: setuperr.log repeats what setupact.log says.</summary>
    public bool Knows(SysprepLogEntry entry) => _keys.Contains(KeyOf(entry));

    /// <summary>Whether every error of this run is an error of the other, too.</summary>
    public bool IsWithin(IEnumerable<SysprepRunBuilder> others) => !hasBeginning && _isOnlyErrors && _keys.Count > 0
        && _keys.All(key => others.Any(other => !ReferenceEquals(other, this) && other._keys.Contains(key)));

    /// <param name="entry">An entry of this run.</param>
    /// <param name="tight">Its text with wrapped lines joined without a space: some are wrapped inside a word.</param>
    /// <param name="mayBeCut">Whether the log ends with it, perhaps in the middle.</param>
    public void Add(SysprepLogEntry entry, string? tight = null, bool mayBeCut = false)
    {
        _hasEntries = true;
        Begin ??= entry.Time;
        if (entry.Time > _end || _end is null)
            _end = entry.Time ?? _end;
        if (entry.Level == SysprepLogLevel.Information)
        {
            _isOnlyErrors = false;
            ReadProgress(entry.Text);
        }
        else
        {
            AddComplaint(entry, tight, mayBeCut);
        }
    }

    public SysprepRun Build(int number, string? source)
    {
        SysprepOutcome outcome = Judge();
        ImageFinding? cause = outcome == SysprepOutcome.Succeeded ? null : _findings.RootCause(source);
        return new SysprepRun
        {
            Source = source,
            Number = number,
            StartTime = Begin,
            EndTime = _end,
            Option = _options,
            Outcome = outcome,
            Phase = _phase,
            RootCause = cause,
            Finding = _findings.All(cause, source, isUnfinished: outcome == SysprepOutcome.Incomplete),
            NoiseCount = _noise,
            ErrorCount = _errorCount,
            Error = _errors,
        };
    }

    private void AddComplaint(SysprepLogEntry entry, string? tight, bool mayBeCut)
    {
        if (_keys.Contains(KeyOf(entry)))
            return;

        if (_keys.Count < MostKeys)
            _keys.Add(KeyOf(entry));
        bool isNoise = RuleCatalog.IsNoise(entry.Text) || (tight is not null && RuleCatalog.IsNoise(tight)) || (mayBeCut && RuleCatalog.IsBeginningOfNoise(entry.Text));
        if (isNoise)
        {
            _noise += entry.Level == SysprepLogLevel.Error ? 1 : 0;
            return;
        }

        _findings.Add(entry, tight);
        HasGivenUp |= SysprepProgress.IsLastWord(entry.Text);
        _phase = Later(SysprepProgress.PhaseOf(entry.Text));
        if (entry.Level == SysprepLogLevel.Error && ++_errorCount <= MostErrors)
            _errors.Add(entry);
        if (entry.Level == SysprepLogLevel.Warning)
            _isOnlyErrors = false;
    }

    private void ReadProgress(string text)
    {
        _hasSucceeded |= SysprepProgress.IsSuccess(text);
        _hasClosed |= SysprepProgress.IsEnd(text);
        _phase = _hasSucceeded ? SysprepPhase.Finished : Later(SysprepProgress.PhaseOf(text));
        if (s_option.Match(text) is not { Success: true } match)
            return;

        string option = match.Groups["option"] is { Success: true } found ? found.Value : "MODE:" + match.Groups["mode"].Value;
        if (!_options.Contains(option, StringComparer.OrdinalIgnoreCase))
            _options.Add(option);
    }

    private SysprepPhase Later(SysprepPhase phase) => phase > _phase ? phase : _phase;

    private SysprepOutcome Judge()
    {
        if (_hasSucceeded && !_findings.HasHalted)
            return SysprepOutcome.Succeeded;
        if (_findings.HasHalted || _findings.HasKnownError)
            return SysprepOutcome.Failed;
        if (_hasClosed)
            return _findings.IsEmpty ? SysprepOutcome.Unknown : SysprepOutcome.Failed;

        return _hasEntries && _isOnlyErrors ? SysprepOutcome.Unknown : SysprepOutcome.Incomplete;
    }

    private static string KeyOf(SysprepLogEntry entry) =>
        string.Concat(entry.Time?.ToString("s", CultureInfo.InvariantCulture), "|", entry.Text);
}
