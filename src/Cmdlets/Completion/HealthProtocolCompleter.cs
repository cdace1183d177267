using ImageCmdlets.Engine.ScaleSets;

namespace ImageCmdlets.Commands;

/// <summary>Proposes what the health of machines can be asked for with.</summary>
public sealed class HealthProtocolCompleter : FixedCompleter
{
    private protected override IReadOnlyList<string> Values(string commandName) => ScaleSetUpgradeRules.Protocols;
}
