using Azure.ResourceManager;
using Azure.ResourceManager.Resources;

namespace ImageCmdlets.Engine.Arm;

/// <summary>The SDK's way to a resource group, from an id of this module; no request is made.</summary>
internal static class ArmClientExtensions
{
    public static ResourceGroupResource GroupOf(this ArmClient client, ResourceId id) =>
        client.GetResourceGroupResource(ResourceGroupResource.CreateResourceIdentifier(id.SubscriptionId, id.ResourceGroupName));
}
