namespace ImageCmdlets.Sandbox.Tests.Recordings.Traffic;

/// <summary>
/// Every point in which the sandbox knowingly answers otherwise than a recording. An entry that no longer occurs fails the
/// test as one that is not listed does.
/// </summary>
internal static class KnownDisagreements
{
    private const string Untyped = "recorded in May 2018; in September the same api-version told the types of galleries and definitions";
    private const string EarlierInYear = "shown in September 2018 and before, not in November in the same api-version";
    private const string CompletedModel = "the sandbox shows the model of a flexible set as it was sent, Azure completes it";
    private const string ChildTypes = "children have types since summer 2018 in every api-version; the sandbox decides by version";
    private const string OldAccelerated = "shown unasked in some recordings of the same api-version, not in others";
    private const string RemovedPools = "shown unasked in August 2024, no longer in April 2025 in the same api-version";
    private const string Timing = "a moment that lasts longer or shorter here: guests do not come up to the second as recorded";
    private const string StaleChildren = "in 2018 a gallery could be deleted at once after its definition; since then the end takes 10 to 20 s to be known";
    private const string OneAuthorization = "until February 2018 a provider told one application, from March 2018 on a list, in the same api-version";
    private const string Year2017 = "2017-12-01 in February 2018; the members are in the specification of 2017-03-30 already";

    public static IReadOnlyList<KnownDisagreement> All { get; } =
    [
        new("GalleryTests__Gallery_CRUD_Tests", "Galleries_*", "*type is too much", Untyped),
        new("GalleryTests__GalleryImage_CRUD_Tests", "Galler*", "*type is too much", Untyped),
        new("test_vm_custom_image", "Deployments_Get", "properties.outputs.vmss.value.*", CompletedModel),
        new("*", "NetworkInterfaces_*", "*isInUseWithService is missing", EarlierInYear),
        new("*", "*", "*type is missing", ChildTypes),
        new("*", "NetworkInterfaces_Get", "properties.enableAcceleratedNetworking is missing", OldAccelerated),
        new("*", "NetworkInterfaces_Get", "properties.virtualNetworkTapProvisioningState is too much", "gone by December 2020 in versions that showed it in 2018"),
        new("test_image_copy", "Subnets_*", "properties.ipamPoolPrefixAllocations is too much", RemovedPools),
        new("*ListWithPaging", "Permissions_ListForResource", "*", "2015-07-01 knows no data actions, and shows a link that leads nowhere"),
        new("ImageTests__TestImage", "Images_CreateOrUpdate", "*storageAccountType is too much", Year2017),
        new("*", "VirtualMachines_Get", "*instanceView*", Timing),
        new("*SetRunCommand", "VirtualMachines_Get", "resources[*].properties.provisioningState is \"Creating\" for \"Succeeded\"", Timing),
        new("test_image_copy", "Deployments_Get", "properties.duration is too much", Timing),
        new("GalleryTests__GalleryImageVersion_CRUD_Tests", "Galleries_Delete", "status 409 * for 202", StaleChildren),
        new("GalleryTests__GalleryImageVersion_CRUD_Tests", "capsOperations_Get", "the operation was not begun here", StaleChildren),
        new("test_image_copy", "Images_Get", "status 404 ResourceNotFound for 200", "the copy was made by processes that no recorder watched"),
        new("ImageTests__TestImage", "Providers_Get", "authorization*", OneAuthorization),
        new("VirtualMachineTests__TestVirtualMachinePlan", "Providers_Get", "authorization*", OneAuthorization),
        new("test_vm_create_state_modifications", "Providers_Get", "*apiProfiles has * items for *", "which profiles name which type of storage differs from type to type"),
        new("test_vm_image_show", "VirtualMachineImages_Get", "properties.features has 3 items for 2", "an image of 2020 names fewer features than later versions of it; the catalogue knows them by SKU"),
        new("VMScenarioTests__*", "VirtualMachines_CreateOrUpdate", "status 201 for 409", "the recorded subscription had no quota at all"),
        new("VMOperationalTests__TestVMOperations", "VirtualMachines_Get", "*osDisk.diskSizeGB is too much", "the size of a disk made of an uploaded image was not shown in 2018"),
        new("*ListWithPaging", "VirtualMachines_ListAll", "nextLink is missing", "the second page of a list of machines that others had made"),
        new("*ListWithPaging", "DeploymentOperations_List", "*provisioningState is \"Running\" for \"Succeeded\"", Timing),
    ];
}
