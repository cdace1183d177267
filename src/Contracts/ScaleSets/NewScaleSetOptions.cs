namespace ImageCmdlets;

/// <summary>The scale set to make. Defaults are those of <c>az vmss create</c>, but for the load balancer: none is made.</summary>
public sealed record NewScaleSetOptions
{
    /// <summary>The set's place and name, and what each of its machines is; its zone, computer name and public address do not count.</summary>
    public required NewVMOptions Machine { get; init; }

    /// <summary>How many machines the set has.</summary>
    public int Capacity { get; init; } = 2;

    /// <summary><c>Flexible</c> or <c>Uniform</c>.</summary>
    public string OrchestrationMode { get; init; } = "Flexible";

    /// <summary><c>Manual</c>, or for a uniform set <c>Automatic</c> or <c>Rolling</c>.</summary>
    public string UpgradeMode { get; init; } = "Manual";

    /// <summary>How rolling upgrades go; null: as Azure has it. Only with <c>Rolling</c>.</summary>
    public RollingPolicyOptions? RollingPolicy { get; init; }

    /// <summary>What watches the health of the machines, which rolling upgrades want; null: nothing.</summary>
    public ScaleSetHealthOptions? Health { get; init; }

    /// <summary>The zones over which Azure spreads the machines; none: no zone.</summary>
    public IReadOnlyList<string> Zone { get; init; } = [];

    /// <summary>Its place, and none of its secrets.</summary>
    public override string ToString() => Machine.ToString();
}
