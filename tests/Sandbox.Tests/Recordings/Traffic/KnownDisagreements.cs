namespace ImageCmdlets.Sandbox.Tests.Recordings.Traffic;

/// <summary>
/// Every point in which the sandbox knowingly answers otherwise than a recording. An entry that occurs more often or
/// less often than it says fails the test as one that is not listed does.
/// </summary>
internal static class KnownDisagreements
{
    private const string Untyped = "recorded in May 2018; in September the same api-version told the types of galleries and definitions";
    private const string EarlierInYear = "shown in September 2018 and before, not in November in the same api-version";
    private const string ChildTypes = "children have types since summer 2018 in every api-version; the sandbox decides by version";
    private const string OldAccelerated = "shown unasked in some recordings of the same api-version, not in others";
    private const string SlowGuest = "the recorded guest was still coming up when the client looked; here it has come up by then";
    private const string Before = "2015-07-01 knows no data actions, and shows a link that leads nowhere";
    private const string NoTap = "gone by December 2020 in versions that showed it in 2018";
    private const string RemovedPools = "shown unasked in August 2024, no longer in April 2025 in the same api-version";
    private const string OneAuthorization = "until February 2018 a provider told one application, from March 2018 on a list, in the same api-version";
    private const string Year2017 = "2017-12-01 in February 2018; the members are in the specification of 2017-03-30 already";

    public static IReadOnlyList<KnownDisagreement> All { get; } =
    [
        new("GalleryTests__Gallery_CRUD_Tests", "Galleries_*", "*type is too much", 10, Untyped),
        new("GalleryTests__GalleryImage_CRUD_Tests", "Galler*", "*type is too much", 9, Untyped),
        new("GalleryTests__GalleryImageVersion_CRUD_Tests", "NetworkInterfaces_*", "*isInUseWithService is missing", 3, EarlierInYear),
        new("ImageTests__TestImageOperations", "NetworkInterfaces_*", "*isInUseWithService is missing", 3, EarlierInYear),
        new("VMScenarioTests__TestVMScenarioOperations_ManagedDisks", "NetworkInterfaces_*", "*isInUseWithService is missing", 3, EarlierInYear),
        new("ImageTests__TestImageOperations", "NetworkInterfaces_*", "properties.ipConfigurations[0].type is missing", 3, ChildTypes),
        new("ImageTests__TestImageOperations", "VirtualNetworks_*", "properties.subnets[0].type is missing", 2, ChildTypes),
        new("ImageTests__TestImageOperations", "Subnets_Get", "type is missing", 1, ChildTypes),
        new("test_sig_image_version_cross_tenant", "NetworkInterfaces_Get", "properties.ipConfigurations[0].type is missing", 1, ChildTypes),
        new("y2020__test_vm_generalize", "NetworkInterfaces_Get", "properties.ipConfigurations[0].type is missing", 1, ChildTypes),
        new("test_gallery_e2e", "NetworkInterfaces_Get", "properties.enableAcceleratedNetworking is missing", 2, OldAccelerated),
        new("test_vm_create_state_modifications", "NetworkInterfaces_Get", "properties.enableAcceleratedNetworking is missing", 1, OldAccelerated),
        new("test_sig_image_version_cross_tenant", "NetworkInterfaces_Get", "properties.virtualNetworkTapProvisioningState is too much", 1, NoTap),
        new("y2020__test_vm_generalize", "NetworkInterfaces_Get", "properties.virtualNetworkTapProvisioningState is too much", 1, NoTap),
        new("test_image_copy", "Subnets_*", "properties.ipamPoolPrefixAllocations is too much", 3, RemovedPools),
        new("*ListWithPaging", "Permissions_ListForResource", "nextLink is missing", 1, Before),
        new("*ListWithPaging", "Permissions_ListForResource", "value[0].dataActions is too much", 1, Before),
        new("*ListWithPaging", "Permissions_ListForResource", "value[0].notDataActions is too much", 1, Before),
        new("ImageTests__TestImage", "Images_CreateOrUpdate", "*storageAccountType is too much", 1, Year2017),
        new("test_sig_image_version_cross_tenant", "VirtualMachines_Get", "properties.instanceView.statuses[0].*", 1, SlowGuest),
        new("test_vm_custom_image_name_conflict", "VirtualMachines_Get", "properties.instanceView.vmAgent.*", 1, SlowGuest),
        new("test_vm_custom_image_name_conflict", "VirtualMachines_Get", "properties.instanceView.computerName is too much", 1, SlowGuest),
        new("test_vm_custom_image_name_conflict", "VirtualMachines_Get", "properties.instanceView.os* is too much", 1, SlowGuest),
        new("*SetRunCommand", "VirtualMachines_Get", "resources[0].properties.provisioningState is \"Creating\" for \"Succeeded\"", 1, "the recorded command had ended when the client looked; here it still runs"),
        new("test_image_copy", "Deployments_Get", "properties.duration is too much", 1, "the recorded deployment had just begun when the client looked; here it has lasted a second"),
        new("test_image_copy", "Images_Get", "status 404 ResourceNotFound for 200", 1, "the copy was made by processes that no recorder watched"),
        new("ImageTests__TestImage", "Providers_Get", "authorization*", 1, OneAuthorization),
        new("VirtualMachineTests__TestVirtualMachinePlan", "Providers_Get", "authorization*", 1, OneAuthorization),
        new("test_vm_create_state_modifications", "Providers_Get", "*apiProfiles has 4 items for *", 1, "which profiles name which type of storage differs from type to type"),
        new("test_vm_image_show", "VirtualMachineImages_Get", "properties.features has 3 items for 2", 1, "an image of 2020 names fewer features than later versions of it; the catalogue knows them by SKU"),
        new("VMScenarioTests__*", "VirtualMachines_CreateOrUpdate", "status 201 for 409", 1, "the recorded subscription had no quota at all"),
        new("*ListWithPaging", "VirtualMachines_ListAll", "nextLink is missing", 1, "the second page of a list of machines that others had made"),
        new("*ListWithPaging", "DeploymentOperations_List", "value[1*].properties.provisioningState is \"Running\" for \"Succeeded\"", 2, "machines of one deployment are done at once here, one after the other in the recording"),
    ];
}
