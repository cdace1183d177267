using System.Collections;

namespace ImageCmdlets.Commands;

/// <summary>Proposes the names of galleries, in the resource group already typed.</summary>
public sealed class GalleryNameCompleter : CachedCompleter
{
    private protected override string? Question(ImageSession session, string commandName, IDictionary fakeBoundParameters)
    {
        string scope = "/subscriptions/" + (fakeBoundParameters["SubscriptionId"] as string ?? session.SubscriptionId);
        if ((fakeBoundParameters["ResourceGroupName"] ?? fakeBoundParameters["TargetResourceGroupName"]) is string group)
            scope += "/resourceGroups/" + group;
        return $"{scope}/providers/{ResourceTypes.Gallery}";
    }
}
