using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.Marketplace;

/// <summary>Refusals about marketplace images, plans and their terms.</summary>
internal static class MarketplaceErrors
{
    /// <summary>Recorded in 2017 and 2022.</summary>
    public static ArmException PublisherNotFound(string publisher) =>
        ComputeErrors.NotFound($"Publisher: {publisher} was not found.");

    /// <summary>Offer, SKU or version wrong; pasted by users of vagrant-azure and of the Azure CLI.</summary>
    public static ArmException ImageNotFound() => ComputeErrors.NotFound("Artifact: VMImage was not found.");

    /// <summary>Type or version of an extension wrong; an assumption after the answer about images.</summary>
    public static ArmException ExtensionNotFound() => ComputeErrors.NotFound("Artifact: VMExtension was not found.");

    /// <summary>A machine's image reference that means nothing; pasted by users of Packer and Terraform, 404.</summary>
    public static ArmException PlatformImageNotFound(string urn) => ComputeErrors.Refuse(
        404,
        "PlatformImageNotFound",
        $"The platform image '{urn}' is not available. Verify that all fields in the storage profile are correct. For more " +
        "details about storage profile information, please refer to https://aka.ms/storageprofile",
        "imageReference");

    /// <summary>Recorded: azps VirtualMachineTests.TestVirtualMachinePlan.</summary>
    public static ArmException OfferNotFound(string publisher, string offer) => NotPurchased(
        $"User failed validation to purchase resources. Error message: 'Offer with PublisherId: {publisher} and OfferId: " +
        $"{offer} not found. If this offer has been created recently, please allow upto 30 minutes for this offer to be " +
        "available for Purchase. If error persists, contact support.'");

    /// <summary>Recorded: azps VirtualMachineTests.TestVirtualMachinePlan2.</summary>
    public static ArmException TermsNotAccepted() => NotPurchased(
        "User failed validation to purchase resources. Error message: 'Legal terms have not been accepted for this item on " +
        "this subscription. To accept legal terms using PowerShell, please use Get-AzureRmMarketplaceTerms and " +
        "Set-AzureRmMarketplaceTerms API(https://go.microsoft.com/fwlink/?linkid=862451) or deploy via the Azure portal to " +
        "accept the terms'");

    // Purchases are the front end's affair.
    private static ArmException NotPurchased(string message) =>
        new(400, new ArmError("ResourcePurchaseValidationFailed", message)) { FromGateway = true };

    /// <summary>Assumption: no recording of an unknown plan or of a wrong signature.</summary>
    public static ArmException BadAgreement(string message) => ComputeErrors.Refuse(400, "BadRequest", message, null);
}
