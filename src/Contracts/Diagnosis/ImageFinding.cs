namespace ImageCmdlets;

/// <summary>One thing that was found in a machine, on a disk, in a log or in an answer of Azure's: what it is, what shows it, and what
/// can be done about it.</summary>
/// <param name="RuleId">The rule that found it, such as <c>Windows.AppxPackage</c>, <c>Linux.MachineId</c> or
/// <c>Azure.QuotaExceeded</c>: a family and a name that stay the same from version to version.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
public sealed record ImageFinding(string RuleId, FindingSeverity Severity, string Message)
{
    /// <summary>What shows it, word for word: a line of a log, a value, a path. Never a secret.</summary>
    public string? Evidence { get; init; }

    /// <summary>Why it is so.</summary>
    public string? Cause { get; init; }

    /// <summary>What to do about it: a sentence, or a command where there is one.</summary>
    public string? Fix { get; init; }

    /// <summary>Where to read more: an address.</summary>
    public string? Reference { get; init; }

    /// <summary>Where it was found: a resource id, or a path.</summary>
    public string? Target { get; init; }

    /// <summary>Whether this module can mend it safely, in a way that can be taken back.</summary>
    public bool CanFix { get; init; }

    /// <summary>Whether this module has mended it in this run.</summary>
    public bool IsFixed { get; init; }

    public override string ToString() => $"{RuleId}: {Message}";
}
