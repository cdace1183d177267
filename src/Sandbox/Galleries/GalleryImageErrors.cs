using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>Refusals of image definitions; texts of the article "Troubleshoot shared image galleries".</summary>
internal static class GalleryImageErrors
{
    /// <summary>A publisher, offer or SKU of its own making.</summary>
    public static ArmException AssetName(string property, int longest) => ComputeErrors.InvalidParameter(
        $"Asset name {property} is not valid. It cannot be empty. Allowed characters are uppercase or lowercase letters, " +
        "digits, hyphen(-), period (.), underscore (_). Names are not allowed to end with period(.). The length of the name " +
        $"cannot exceed {longest} characters.",
        property);

    public static ArmException MinimumAboveMaximum(string property) => ComputeErrors.InvalidParameter(
        $"The minimum value of {property} must not be greater than the maximum value of {property}.", property);

    public static ArmException IdentifierTaken(string image, string publisher, string offer, string sku) =>
        ComputeErrors.Conflict(
        $"Gallery image: {image} identified by (publisher:{publisher}, offer:{offer}, sku:{sku}) already exists. Choose a " +
        "different publisher, offer, sku combination.");
}
