namespace ImageCmdlets.Commands;

/// <summary>Proposes the orchestration modes of scale sets.</summary>
public sealed class OrchestrationModeCompleter : FixedCompleter
{
    private protected override IReadOnlyList<string> Values(string commandName) => NewImageScaleSetCommand.OrchestrationModes;
}
