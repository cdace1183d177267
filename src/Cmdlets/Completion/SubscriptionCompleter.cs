using System.Collections;

namespace ImageCmdlets.Commands;

/// <summary>Proposes the ids of the subscriptions that the account sees.</summary>
public sealed class SubscriptionCompleter : CachedCompleter
{
    private protected override string? Question(ImageSession session, string commandName, IDictionary fakeBoundParameters) => "/subscriptions";
}
