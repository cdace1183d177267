using System.Collections;

namespace ImageCmdlets.Commands;

/// <summary>Proposes the resource groups of the subscription.</summary>
public sealed class ResourceGroupCompleter : CachedCompleter
{
    private protected override string? Question(ImageSession session, string commandName, IDictionary fakeBoundParameters) =>
        $"/subscriptions/{fakeBoundParameters["SubscriptionId"] as string ?? session.SubscriptionId}/resourcegroups";
}
