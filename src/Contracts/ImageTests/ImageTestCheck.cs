namespace ImageCmdlets;

/// <summary>One thing that was looked at on one machine of a test.</summary>
/// <param name="Name"><c>Provisioning</c>, <c>Agent</c>, <c>MachineId</c>, <c>Sid</c>, <c>HostName</c>, <c>HostKey</c>, <c>Script</c>, or the user's own name for it.</param>
/// <param name="VM">The name of the machine.</param>
/// <param name="State">What it came to.</param>
/// <param name="Evidence">What was seen; the end of it where it is long.</param>
/// <param name="Fix">What to do about it; null where there is nothing to do.</param>
public sealed record ImageTestCheck(string Name, string VM, ImageTestState State, string? Evidence, string? Fix = null)
{
    /// <summary>What the user's script ended with; null for other checks.</summary>
    public int? ExitCode { get; init; }

    /// <summary>What the user's script printed, the last 4,096 bytes; null for other checks.</summary>
    public string? Output { get; init; }

    /// <summary>What the console of a machine that failed showed last; null where nothing is known of it.</summary>
    public string? SerialLog { get; init; }

    public override string ToString() => $"{Name} on {VM}: {State}";
}
