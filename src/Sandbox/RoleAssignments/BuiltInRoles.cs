namespace ImageCmdlets.Sandbox.RoleAssignments;

/// <summary>The built-in roles that work with images needs, with the actions that Microsoft publishes for them.</summary>
internal static class BuiltInRoles
{
    private const string Reads = "*/read";

    // What nearly every role for one service may do beside it.
    private static readonly string[] s_common =
    [
        "Microsoft.Authorization/*/read", "Microsoft.Insights/alertRules/*", "Microsoft.Resources/deployments/*",
        "Microsoft.Resources/subscriptions/resourceGroups/read", "Microsoft.Support/*",
    ];

    public static RoleDefinition Owner { get; } = new(
        "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
        "Owner",
        "Grants full access to manage all resources, including the ability to assign roles in Azure RBAC.",
        ["*"]);

    public static IReadOnlyList<RoleDefinition> All { get; } =
    [
        Owner,
        new("b24988ac-6180-42a0-ab88-20f7382dd24c", "Contributor",
            "Grants full access to manage all resources, but does not allow you to assign roles in Azure RBAC, manage assignments in Azure Blueprints, or share image galleries.",
            ["*"])
        {
            NotActions =
            [
                "Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write", "Microsoft.Authorization/elevateAccess/Action",
                "Microsoft.Blueprint/blueprintAssignments/write", "Microsoft.Blueprint/blueprintAssignments/delete",
                "Microsoft.Compute/galleries/share/action", "Microsoft.Purview/consents/write", "Microsoft.Purview/consents/delete",
            ],
        },
        new("acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader", "View all resources, but does not allow you to make any changes.", [Reads]),
        new("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator", "Lets you manage user access to Azure resources.",
            [Reads, "Microsoft.Authorization/*", "Microsoft.Support/*"]),
        new("9980e02c-c2be-4d73-94e8-173b1dc7cf3c", "Virtual Machine Contributor",
            "Lets you manage virtual machines, but not access to them, and not the virtual network or storage account they're connected to.",
            [
                .. s_common, "Microsoft.Compute/availabilitySets/*", "Microsoft.Compute/locations/*", "Microsoft.Compute/virtualMachines/*",
                "Microsoft.Compute/virtualMachineScaleSets/*", "Microsoft.Compute/cloudServices/*", "Microsoft.Compute/disks/write",
                "Microsoft.Compute/disks/read", "Microsoft.Compute/disks/delete", "Microsoft.Network/networkInterfaces/*",
                "Microsoft.Network/networkSecurityGroups/join/action", "Microsoft.Network/networkSecurityGroups/read",
                "Microsoft.Network/publicIPAddresses/join/action", "Microsoft.Network/publicIPAddresses/read",
                "Microsoft.Network/virtualNetworks/read", "Microsoft.Network/virtualNetworks/subnets/join/action",
                "Microsoft.Network/locations/*", "Microsoft.Storage/storageAccounts/listKeys/action", "Microsoft.Storage/storageAccounts/read",
            ]),
        new("4d97b98b-1f4f-4787-a291-c67834d212e7", "Network Contributor", "Lets you manage networks, but not access to them.",
            [.. s_common, "Microsoft.Network/*"]),
        new("17d1049b-9a84-46fb-8f53-869881c3d3ab", "Storage Account Contributor",
            "Lets you manage storage accounts, including accessing storage account keys which provide full access to storage account data.",
            [.. s_common, "Microsoft.Storage/storageAccounts/*"]),
        new("7efff54f-a5b4-42b5-a1c5-5411624893ce", "Disk Snapshot Contributor", "Provides permission to backup vault to manage disk snapshots.",
            [
                "Microsoft.Authorization/*/read", "Microsoft.Resources/subscriptions/resourceGroups/read",
                "Microsoft.Compute/snapshots/delete", "Microsoft.Compute/snapshots/read", "Microsoft.Compute/snapshots/write",
                "Microsoft.Compute/snapshots/beginGetAccess/action", "Microsoft.Compute/snapshots/endGetAccess/action", "Microsoft.Compute/disks/beginGetAccess/action",
                "Microsoft.Storage/storageAccounts/listkeys/action", "Microsoft.Storage/storageAccounts/write", "Microsoft.Storage/storageAccounts/read",
                "Microsoft.Storage/storageAccounts/delete",
            ]),
        new("3e5e47e6-65f7-47ef-90b5-e5dd4d455f24", "Disk Backup Reader", "Provides permission to backup vault to perform disk backup.",
            ["Microsoft.Authorization/*/read", "Microsoft.Compute/disks/read", "Microsoft.Compute/disks/beginGetAccess/action"]),
        new("4a9ae827-6dc8-4573-8ac7-8239d42aa03f", "Tag Contributor", "Lets you manage tags on entities, without providing access to the entities themselves.",
            [
                .. s_common, "Microsoft.Resources/subscriptions/resourceGroups/resources/read", "Microsoft.Resources/subscriptions/resources/read", "Microsoft.Resources/tags/*",
            ]),
        new("cf7c76d2-98a3-4358-a134-615aa78bf44d", "Compute Gallery Image Reader", "This is the role for reading gallery images.",
            ["Microsoft.Compute/galleries/images/read", "Microsoft.Compute/galleries/images/versions/read"]),
        new("85a2d0d9-2eba-4c9c-b355-11c2cc0788ab", "Compute Gallery Artifacts Publisher", "This is the role for publishing gallery artifacts.",
            [
                .. s_common, "Microsoft.Compute/galleries/images/*", "Microsoft.Compute/galleries/read", "Microsoft.Compute/locations/*",
                "Microsoft.Compute/images/*", "Microsoft.Compute/disks/*", "Microsoft.Compute/snapshots/*",
                "Microsoft.Compute/virtualMachines/read", "Microsoft.Storage/storageAccounts/listKeys/action",
            ]),
        new("1ef6a3be-d0ac-425d-8c01-acb62866290b", "Compute Gallery Sharing Admin",
            "This role allows user to share gallery to another subscription/tenant or share it to the public.",
            [.. s_common, "Microsoft.Compute/galleries/share/action"]),
        new("ba92f5b4-2d11-453d-a403-e96b0029c9fe", "Storage Blob Data Contributor", "Allows for read, write and delete access to Azure Storage blob containers and data",
            ["Microsoft.Storage/storageAccounts/blobServices/containers/*"])
        {
            DataActions = ["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*"],
        },
    ];

    /// <summary>The role of a definition's id, whatever its scope; null when there is none.</summary>
    public static RoleDefinition? Find(string? id) => id is null
        ? null
        : All.FirstOrDefault(role => id.EndsWith(role.Id, StringComparison.OrdinalIgnoreCase));
}
