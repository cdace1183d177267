namespace ImageCmdlets.Commands;

/// <summary>Proposes the names of availability zones; a region has all of them or none.</summary>
public sealed class ZoneCompleter : FixedCompleter
{
    private static readonly string[] s_zones = ["1", "2", "3"];

    private protected override IReadOnlyList<string> Values(string commandName) => s_zones;
}
