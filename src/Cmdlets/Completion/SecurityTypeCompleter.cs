namespace ImageCmdlets.Commands;

/// <summary>Proposes the security types that New-ImageVM makes.</summary>
public sealed class SecurityTypeCompleter : FixedCompleter
{
    private protected override IReadOnlyList<string> Values(string commandName) => MachineMakingCmdlet.SecurityTypes;
}
