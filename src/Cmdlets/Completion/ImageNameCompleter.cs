using System.Collections;

namespace ImageCmdlets.Commands;

/// <summary>Proposes the names of the managed images in the resource group already typed.</summary>
public sealed class ImageNameCompleter : CachedCompleter
{
    private protected override string? Question(ImageSession session, string commandName, IDictionary fakeBoundParameters) =>
        fakeBoundParameters["ResourceGroupName"] is string group
            ? $"/subscriptions/{fakeBoundParameters["SubscriptionId"] as string ?? session.SubscriptionId}/resourceGroups/{group}/providers/{ResourceTypes.Image}"
            : null;
}
