namespace ImageCmdlets.Tests.Specification;

/// <summary>All places where recorded answers of Azure, or its own examples, differ from its specification. Nothing else excuses a violation.</summary>
public static class KnownDifferences
{
    /// <summary>Those that Microsoft's own examples show: they give values where the document says that there are objects.</summary>
    public static IReadOnlyList<KnownDifference> OfExamples { get; } =
    [
        new("Deployments_WhatIf", "result", "/before", "type", "PostDeploymentWhatIfOnManagementGroup", "the value that a property had, whatever its type"),
        new("Deployments_WhatIf", "result", "/after", "type", "PostDeploymentWhatIfOnManagementGroup", "the value that a property will have, whatever its type"),
    ];

    /// <summary>Those that recorded traffic shows.</summary>
    public static IReadOnlyList<KnownDifference> Recorded { get; } =
    [
        new("DeploymentOperations_", "answer 200", "/properties/trackingId", "unknown", "VirtualMachineTests__TestVirtualMachineListWithPaging",
            "an operation of a deployment shows by which id its provider knows it"),
        new("Providers_", "answer 200", "/authorizations", "unknown", "test_shared_gallery",
            "a provider shows the applications that act for it"),
        new("Snapshots_", string.Empty, "/properties/encryptionSettings", "unknown", "DiskRPTests__TestSnapshot",
            "until 2018-06-01 encryption was one setting, not a collection"),
        new("VirtualMachineImages_Get", "answer 200", "/properties/osDiskImage/sizeInBytes", "unknown", "test_shared_gallery",
            "the size of a marketplace image's disk is shown"),
        new("VirtualMachineImages_Get", "answer 200", "/properties/osDiskImage/sizeInGb", "unknown", "test_vm_image_terms",
            "the size of a marketplace image's disk is shown"),
        new("VirtualMachineImages_Get", "answer 200", "/properties/replicaType", "unknown", "test_shared_gallery",
            "how a marketplace image is replicated is shown"),
        new("VirtualMachineImages_List", "answer 200", "/*/properties", "unknown", "test_vm_image_list_skus",
            "an item of a list of images, when expanded, has the properties of the image"),
        new("VirtualMachines_RunCommand", "result", "", "type", "VirtualMachineRunCommandTests__TestVirtualMachineSetRunCommand",
            "until 2018-06-01 the result of a run command was the list itself"),
        new("GallerySharingProfile_Update", "answer 202", "", "body", "test_shared_gallery",
            "sharing is accepted without a body"),
        new("SharedGalleries_Get", "answer 200", "/properties", "unknown", "test_shared_gallery",
            "a shared gallery shows what its owner says of it"),
        new("RoleAssignments_", "answer ", "/properties/description", "null", "test_gallery_e2e",
            "what is not set is null"),
        new("RoleAssignments_", "answer ", "/properties/condition", "null", "test_gallery_e2e",
            "what is not set is null"),
        new("RoleAssignments_", "answer ", "/properties/conditionVersion", "null", "test_gallery_e2e",
            "what is not set is null"),
        new("RoleAssignments_", "answer ", "/properties/createdBy", "null", "test_gallery_e2e",
            "who made an assignment is null until it is read again"),
        new("RoleAssignments_", "answer ", "/properties/delegatedManagedIdentityResourceId", "null", "test_gallery_e2e",
            "what is not set is null"),
        new("RoleDefinitions_", "answer 20", "/properties/createdBy", "null", "test_gallery_e2e",
            "nobody made a built-in role"),
        new("RoleDefinitions_", "answer 20", "/properties/updatedBy", "null", "test_gallery_e2e",
            "nobody changed a built-in role"),
    ];

    /// <summary>The list.</summary>
    public static IReadOnlyList<KnownDifference> All { get; } = [.. OfExamples, .. Recorded];
}
