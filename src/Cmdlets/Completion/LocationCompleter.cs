using System.Collections;

namespace ImageCmdlets.Commands;

/// <summary>Proposes the regions of the subscription.</summary>
public sealed class LocationCompleter : CachedCompleter
{
    private protected override string? Question(ImageSession session, string commandName, IDictionary fakeBoundParameters) =>
        $"/subscriptions/{fakeBoundParameters["SubscriptionId"] as string ?? session.SubscriptionId}/locations";
}
