namespace ImageCmdlets.Sandbox;

/// <summary>What makes sense as a fault.</summary>
public static class SandboxFaultRules
{
    /// <summary>The rule that a fault breaks, because it could never strike or says nothing; null when it is a good one.</summary>
    public static string? FirstBroken(SandboxFault fault)
    {
        if (fault is null) throw new ArgumentNullException(nameof(fault));
        return fault switch
        {
            { Probability: not (>= 0 and <= 1) } => "Probability lies between 0 and 1",
            { Skip: < 0 } => "Skip is not negative",
            { Count: <= 0 } => "Count is positive",
            { Status: not (>= 400 and <= 599) } => "Status lies between 400 and 599",
            { Delay.Ticks: < 0 } => "Delay is not negative",
            _ when fault.Headers.Any(static header => header.Value.StartsWith("-", StringComparison.Ordinal)) => "RetryAfterSeconds is not negative",
            { Delay.Ticks: 0, Effect: SandboxFaultEffect.SlowAnswer or SandboxFaultEffect.SlowOperation or SandboxFaultEffect.CopyStall } =>
                $"{fault.Effect} needs a Delay",
            _ => null,
        };
    }
}
