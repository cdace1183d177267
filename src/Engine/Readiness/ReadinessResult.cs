using ImageCmdlets.Engine.Generalization;

namespace ImageCmdlets.Engine.Readiness;

/// <summary>Puts together what the checks of one machine came to.</summary>
internal sealed class ReadinessResult(Machine machine)
{
    private readonly List<ReadinessCheck> _checks = [];
    private readonly List<ReadinessEvidence> _evidence = [];
    private bool _isIncomplete;
    private int _omitted;

    /// <summary>A check, why it was not made (or null), and what it found.</summary>
    public void Add(ReadinessCheckName check, string? reason, IEnumerable<ReadinessEvidence> evidence)
    {
        ReadinessEvidence[] found = [.. evidence];
        _evidence.AddRange(found);
        _isIncomplete |= reason is not null && ReadinessChecks.CanFail(check);
        ReadinessCheckState state = found.Select(item => item.Severity).DefaultIfEmpty(FindingSeverity.Information).Max() switch
        {
            FindingSeverity.Error => ReadinessCheckState.Failed,
            FindingSeverity.Warning => ReadinessCheckState.Warning,
            _ => reason is null ? ReadinessCheckState.Passed : ReadinessCheckState.Skipped,
        };
        _checks.Add(new ReadinessCheck(check, state, reason));
    }

    /// <summary>What the guest said, or why it said nothing.</summary>
    public void AddGuest(IReadOnlyList<ReadinessCheckName> wanted, GuestReadiness guest)
    {
        if (guest.Evidence is { } silence)
            _evidence.Add(silence);
        _omitted = guest.Report?.OmittedCount ?? 0;
        foreach (ReadinessCheckName check in wanted)
        {
            string? reason = guest.Reason;
            if (guest.Report is { } report)
                reason = report.Check.TryGetValue(check, out string? why) ? why : "The guest does not tell.";
            Add(check, reason, guest.Report?.Evidence.Where(item => item.Check == check) ?? []);
        }
    }

    public ImageReadiness Build(TimeSpan elapsed)
    {
        ImageFinding[] findings = [.. _evidence.OrderByDescending(item => item.Severity).Select(item => ReadinessCatalog.Find(item, machine.Id))];
        return new ImageReadiness(machine.Id)
        {
            IsReady = IsReady(findings),
            Location = machine.VM.Location,
            Tag = machine.VM.Tag,
            ProvisioningState = machine.VM.ProvisioningState,
            OSType = machine.VM.OSType,
            PowerState = machine.VM.PowerState,
            Finding = findings,
            Check = _checks,
            OmittedCount = _omitted,
            Elapsed = elapsed,
        };
    }

    // What was not looked at is neither ready nor not.
    private bool? IsReady(ImageFinding[] findings)
    {
        if (findings.Any(finding => finding.Severity == FindingSeverity.Error))
            return false;

        return _isIncomplete || _checks.All(check => check.State == ReadinessCheckState.Skipped) ? null : true;
    }
}
