namespace ImageCmdlets.Engine.ScaleSets;

/// <summary>What can be said against the upgrades of a scale set, and what watches its health, without asking Azure.</summary>
/// <remarks>Source: <c>RollingUpgradePolicy</c> of the specification; "Using Application Health extension with Virtual Machine Scale Sets" and "Orchestration
/// modes for Virtual Machine Scale Sets" of Azure's documentation.</remarks>
public static class ScaleSetUpgradeRules
{
    private const int LeastPercent = 5;
    private const int MostPercent = 100;
    private const int MostPort = 65535;
    private const string Rolling = "Rolling";

    /// <summary>What the Application Health extension can ask with.</summary>
    public static IReadOnlyList<string> Protocols { get; } = ["http", "https", "tcp"];

    /// <summary>All that is wrong, as InvalidArgument or InvalidResourceId.</summary>
    /// <param name="options">The set, of which the machine does not count.</param>
    public static IReadOnlyList<ImageCmdletsException> Problems(NewScaleSetOptions options)
    {
        bool isFlexible = Same(options.OrchestrationMode, ScaleSetDefinition.Flexible);
        ImageCmdletsException?[] found =
        [
            isFlexible && !Same(options.UpgradeMode, "Manual")
                ? Wrong(nameof(options.UpgradeMode), $"A flexible scale set has the upgrade mode Manual, not {options.UpgradeMode}.", "Leave -UpgradeMode out, or pass -OrchestrationMode Uniform.")
                : null,
            Same(options.UpgradeMode, Rolling) && !ScaleSetHealth.IsWanted(options)
                ? Wrong(nameof(options.UpgradeMode), "Rolling upgrades want to know which machines are healthy, and nothing watches them.",
                    "Pass -HealthProtocol and -HealthPort, or the probe of a load balancer with -HealthProbeId.")
                : null,
            .. Policy(options),
            .. Health(options.Health, isFlexible),
        ];
        return [.. found.OfType<ImageCmdletsException>()];
    }

    private static IEnumerable<ImageCmdletsException?> Policy(NewScaleSetOptions options)
    {
        if (options.RollingPolicy is not { } policy)
            return [];

        return
        [
            Same(options.UpgradeMode, Rolling) ? null : Wrong(nameof(options.UpgradeMode), $"Only rolling upgrades go in batches, not those of the mode {options.UpgradeMode}.",
                "Pass -UpgradeMode Rolling too, or leave the sizes of batches and the pause out."),
            Percent(nameof(policy.MaxBatchPercent), policy.MaxBatchPercent, LeastPercent),
            Percent(nameof(policy.MaxUnhealthyPercent), policy.MaxUnhealthyPercent, LeastPercent),
            Percent(nameof(policy.MaxUnhealthyUpgradedPercent), policy.MaxUnhealthyUpgradedPercent, 0),
            // PowerShell takes a bare number for ten millionths of a second.
            policy.PauseBetweenBatches < TimeSpan.Zero || policy.PauseBetweenBatches.Ticks % TimeSpan.TicksPerSecond != 0
                ? Wrong(nameof(policy.PauseBetweenBatches), $"A pause does not take {policy.PauseBetweenBatches}.", "Pass a time span of whole seconds with -PauseBetweenBatches, such as 00:00:30.")
                : null,
        ];
    }

    private static IEnumerable<ImageCmdletsException?> Health(ScaleSetHealthOptions? health, bool isFlexible)
    {
        if (health is null)
            return [];

        if (health.ProbeId is { } probe)
        {
            return
            [
                health.Protocol is null && health.Port is null && health.Path is null ? null : Wrong("HealthProbeId", "One thing watches the health of a scale set, a probe or the extension, not both.",
                    "Pass -HealthProbeId, or -HealthProtocol with -HealthPort and -HealthPath."),
                isFlexible ? Wrong("HealthProbeId", "A load balancer's probe does not watch the health of a flexible scale set.", "Pass -HealthProtocol and -HealthPort, or -OrchestrationMode Uniform.") : null,
                ResourceId.TryParse(probe)?.Is(ResourceTypes.LoadBalancerProbe) == true ? null : new ImageCmdletsException(ErrorIds.InvalidResourceId,
                    $"'{probe}' is not the id of a load balancer's probe.", probe, "Pass the id of a probe of a load balancer that is there."),
            ];
        }

        bool isTcp = Same(health.Protocol, "tcp");
        return
        [
            health.Protocol is null ? Wrong("HealthProtocol", "It is not said how the health of the machines is asked for.", $"Pass {string.Join(", ", Protocols)} with -HealthProtocol.")
                : !Protocols.Contains(health.Protocol, StringComparer.OrdinalIgnoreCase) ? Wrong("HealthProtocol", $"The health of machines is not asked for with '{health.Protocol}'.", $"Pass one of {string.Join(", ", Protocols)} with -HealthProtocol.")
                : null,
            health.Port is < 1 or > MostPort ? Wrong("HealthPort", $"{health.Port} is no port.", $"Pass 1 to {MostPort} with -HealthPort.") : null,
            isTcp && health.Port is null ? Wrong("HealthPort", "It is not said which port answers while a machine is healthy.", "Pass -HealthPort.") : null,
            isTcp && health.Path is not null ? Wrong("HealthPath", "There is no path with tcp.", "Leave -HealthPath out, or pass http or https with -HealthProtocol.") : null,
            health.Path is { } path && path[0] != '/' ? Wrong("HealthPath", $"'{path}' is no path of a web server.", $"Pass '/{path}' with -HealthPath.") : null,
        ];
    }

    private static ImageCmdletsException? Percent(string parameter, int value, int least) => value >= least && value <= MostPercent
        ? null
        : Wrong(parameter, $"{value} % is not possible for -{parameter}.", $"Pass {least} to {MostPercent} with -{parameter}.");

    private static ImageCmdletsException Wrong(string parameter, string message, string advice) => new(ErrorIds.InvalidArgument, message, parameter, advice);

    private static bool Same(string? a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
