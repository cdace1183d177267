namespace ImageCmdlets.Engine.Diagnosis;

/// <summary>What the errors and warnings of one run mean.</summary>
internal sealed class SysprepFindings(int most)
{
    private const string Halted = "Windows.SysprepHalted";
    private const string Unfinished = "Windows.SysprepUnfinished";

    private readonly List<(RuleMatch Match, SysprepLogEntry Entry)> _known = [];
    private readonly List<SysprepLogEntry> _unknown = [];

    /// <summary>Whether sysprep said that it gives up.</summary>
    public bool HasHalted { get; private set; }

    /// <summary>Whether an error is known to stop sysprep.</summary>
    public bool HasKnownError => _known.Any(IsCauseAndError);

    public bool IsEmpty => _known.Count == 0 && _unknown.Count == 0;

    /// <summary>An error or a warning that is no noise.</summary>
    public void Add(SysprepLogEntry entry, string? tight)
    {
        RuleMatch? match = RuleCatalog.FindByText(RuleCatalog.Windows, entry.Text) ?? (tight is null ? null : RuleCatalog.FindByText(RuleCatalog.Windows, tight));
        HasHalted |= match?.Rule.Id == Halted;
        if (match is not null)
            AddKnown(match, entry);
        else if (entry.Level == SysprepLogLevel.Error && _unknown.Count < most)
            _unknown.Add(entry);
    }

    /// <summary>The first error that a rule knows; else the first that is more than an echo; else what the echoes say.</summary>
    public ImageFinding? RootCause(string? source)
    {
        if (FirstKnown(IsCauseAndError) is { } error)
            return Find(error, source);
        if (_unknown.Count == 0 && FirstKnown(item => item.Match.Rule.Kind == RuleKind.Cause) is { } warning)
            return Find(warning, source);
        if (_unknown.Count > 0)
            return FindUnknown(_unknown[0], source);

        // The provider that failed says more than that sysprep gave up.
        return FirstKnown(item => item.Match.Rule.Id != Halted) is { } provider ? Find(provider, source)
            : FirstKnown(_ => true) is { } echo ? Find(echo, source)
            : null;
    }

    /// <summary>Every finding, the root cause first.</summary>
    public IReadOnlyList<ImageFinding> All(ImageFinding? cause, string? source, bool isUnfinished)
    {
        List<ImageFinding> all = [.. _known.OrderBy(item => item.Match.Rule.Kind).Select(item => Find(item, source)), .. _unknown.Select(entry => FindUnknown(entry, source))];
        if (isUnfinished && RuleCatalog.FindById(Unfinished) is { } rule)
            all.Add(rule.Find(target: source));
        if (cause is not null)
        {
            all.Remove(cause);
            all.Insert(0, cause);
        }

        return all;
    }

    private void AddKnown(RuleMatch match, SysprepLogEntry entry)
    {
        // Sysprep says the same of a package several times; several packages are several findings.
        ImageFinding finding = match.Find();
        if (_known.Count < most && !_known.Any(item => item.Match.Find() == finding))
            _known.Add((match, entry));
    }

    private (RuleMatch Match, SysprepLogEntry Entry)? FirstKnown(Func<(RuleMatch Match, SysprepLogEntry Entry), bool> fits)
    {
        foreach ((RuleMatch Match, SysprepLogEntry Entry) item in _known)
        {
            if (fits(item))
                return item;
        }

        return null;
    }

    private static bool IsCauseAndError((RuleMatch Match, SysprepLogEntry Entry) item) =>
        item.Match.Rule is { Kind: RuleKind.Cause, Severity: FindingSeverity.Error };

    private static ImageFinding Find((RuleMatch Match, SysprepLogEntry Entry) item, string? source) => item.Match.Find(item.Entry.Text, source);

    private static ImageFinding FindUnknown(SysprepLogEntry entry, string? source) => UnknownFinding.Of(entry.Text, source);
}
