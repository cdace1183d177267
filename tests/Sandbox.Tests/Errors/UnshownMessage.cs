namespace ImageCmdlets.Sandbox.Tests.Errors;

/// <summary>A row of Microsoft's tables of error messages that no text of the sandbox has word for word.</summary>
/// <param name="Excerpt">What only this row says.</param>
/// <param name="Reason">Why not.</param>
internal sealed record UnshownMessage(string Excerpt, string Reason)
{
    /// <summary>Only a fault of Azure's own shows it: one that is asked of the sandbox does.</summary>
    public const string Fault = "shown by a fault only";

    /// <summary>How many requests a source bears is told nowhere: a fault that is asked of the sandbox shows it.</summary>
    public const string SourceFault = "shown by a fault of a gallery's version only";

    private const string Parts = "put together of parts that are shared with other refusals";
    private const string Newer = "the text that users quote since is shown";

    public static IReadOnlyList<UnshownMessage> All { get; } =
    [
        new("Allocation failed.", Fault),
        new("One or more errors occurred while preparing VM disks.", Fault),
        new("Make sure the image has been properly prepared (generalized).", Fault),
        new("OS Provisioning failed for VM", Fault),
        new("due to ongoing platform update", Fault),
        new("The subscription is not authorized.", Fault),
        new("Too many redeployment requests", Fault),
        new("The VM may still start successfully.", Fault),
        new("since VM has extension", Fault),
        new("is not supported on Resource", "no operation of the sandbox is for blob disks only, but for capture and conversion, which have texts of their own"),
        new("is not available in the current region. Find out more", Newer),
        new("from a non Marketplace image does not need Plan", Newer),
        new("from Marketplace image requires Plan information", Newer),
        new("The entity name 'galleryName' is invalid", Parts),
        new("is not available for resource type 'Microsoft.Compute/galleries'", Parts),
        new("Can not delete resource before nested resources are deleted.", Newer),
        new("Changing property 'galleryImage.properties.", Parts),
        new("Changing property 'galleryImageVersion.properties.", Parts),
        new(".source.id' is invalid. Expect fully qualified resource Id", Parts),
        new("than the parent gallery image Hypervisor generation", Parts),
        new("than the parent gallery image OS type generation", Parts),
        new("Too many requests on source", SourceFault),
        new("The client has permission to perform action 'Microsoft.Compute/galleries/images/versions/read'", Parts),
        new("Parameter 'osProfile' is not allowed.", Parts),
        new("Required parameter 'osProfile' is missing (null).", Parts),
        new("than the parent gallery image plan", Parts),
        new("The value of parameter imageReference is invalid.", Parts),
    ];
}
