namespace ImageCmdlets.Engine.Access;

/// <summary>Which built-in role to ask for.</summary>
/// <remarks>Source: "Azure built-in roles". Tests compare it with the roles of the sandbox.</remarks>
internal static class RoleAdvice
{
    // The smaller role stands before the larger; what none of them has, Contributor has.
    private static readonly (string Role, string[] Actions)[] s_roles =
    [
        ("Compute Gallery Image Reader", ["Microsoft.Compute/galleries/images/read", "Microsoft.Compute/galleries/images/versions/read"]),
        ("Compute Gallery Sharing Admin", ["Microsoft.Compute/galleries/share/action"]),
        ("Disk Backup Reader", ["Microsoft.Compute/disks/read", "Microsoft.Compute/disks/beginGetAccess/action"]),
        ("Reader", ["*/read"]),
        ("Disk Snapshot Contributor", ["Microsoft.Compute/snapshots/*"]),
        ("Tag Contributor", ["Microsoft.Resources/tags/*"]),
        ("User Access Administrator", ["Microsoft.Authorization/*"]),
        ("Network Contributor", ["Microsoft.Network/*"]),
        ("Virtual Machine Contributor", ["Microsoft.Compute/virtualMachines/*"]),
        ("Compute Gallery Artifacts Publisher", ["Microsoft.Compute/galleries/images/*", "Microsoft.Compute/images/*", "Microsoft.Compute/disks/*"]),
    ];

    /// <summary>The smallest role with an action.</summary>
    public static string For(string action) => s_roles.FirstOrDefault(role => role.Actions.Any(pattern => PermissionSet.Fits(pattern, action))).Role ?? "Contributor";
}
