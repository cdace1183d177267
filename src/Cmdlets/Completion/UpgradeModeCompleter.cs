namespace ImageCmdlets.Commands;

/// <summary>Proposes the upgrade modes of scale sets.</summary>
public sealed class UpgradeModeCompleter : FixedCompleter
{
    private protected override IReadOnlyList<string> Values(string commandName) => NewImageScaleSetCommand.UpgradeModes;
}
