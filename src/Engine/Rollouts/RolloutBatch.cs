namespace ImageCmdlets.Engine.Rollouts;

/// <summary>Which machines are next.</summary>
internal static class RolloutBatch
{
    /// <summary>How many machines of a set are changed at once.</summary>
    public static int Size(int machines, int percent) => Math.Max(1, machines * percent / 100);

    /// <summary>What serves nobody has nothing to lose and goes first; then zone by zone, as Azure's own rolling upgrades go.</summary>
    public static IReadOnlyList<ImageScaleSetInstance> Choose(IEnumerable<ImageScaleSetInstance> pending, int size) =>
    [
        .. pending.OrderByDescending(RolloutMachine.IsUnhealthy).ThenBy(machine => machine.Zone.FirstOrDefault(), StringComparer.Ordinal)
            .ThenBy(machine => machine.InstanceId?.Length).ThenBy(machine => machine.InstanceId, StringComparer.Ordinal).Take(size),
    ];
}
