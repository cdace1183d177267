namespace ImageCmdlets.Commands;

/// <summary>Proposes the built-in roles that are about images.</summary>
public sealed class RoleCompleter : FixedCompleter
{
    private static readonly string[] s_roles =
    [
        "Reader", "Compute Gallery Image Reader", "Compute Gallery Artifacts Publisher", "Compute Gallery Sharing Admin", "Contributor", "Owner", "Virtual Machine Contributor",
    ];

    private protected override IReadOnlyList<string> Values(string commandName) => [.. s_roles.Select(role => role.IndexOf(' ') < 0 ? role : $"'{role}'")];
}
