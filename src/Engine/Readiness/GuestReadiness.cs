namespace ImageCmdlets.Engine.Readiness;

/// <summary>What asking the guest came to: a report, or the reason why there is none.</summary>
internal sealed record GuestReadiness
{
    public GuestReadinessReport? Report { get; private init; }

    /// <summary>Why the guest's checks were not made.</summary>
    public string? Reason { get; private init; }

    /// <summary>What stands against the machine because the guest could not be asked; null when that was nobody's wish, or is told
    /// otherwise.</summary>
    public ReadinessEvidence? Evidence { get; private init; }

    public static GuestReadiness Of(GuestReadinessReport report) => new() { Report = report };

    /// <summary>The guest was not asked, and that is no finding.</summary>
    public static GuestReadiness NotAsked(string reason) => new() { Reason = reason };

    /// <summary>The guest could not be asked, or did not answer.</summary>
    public static GuestReadiness Silent(string ruleId, string reason) => new()
    {
        Reason = reason,
        Evidence = new ReadinessEvidence(ReadinessCheckName.State, ruleId, FindingSeverity.Error, reason),
    };
}
