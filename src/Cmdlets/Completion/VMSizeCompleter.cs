using System.Collections;

namespace ImageCmdlets.Commands;

/// <summary>Proposes the sizes of virtual machines in the region already typed.</summary>
public sealed class VMSizeCompleter : CachedCompleter
{
    private protected override string? Question(ImageSession session, string commandName, IDictionary fakeBoundParameters) =>
        fakeBoundParameters["Location"] is string location
            ? $"/subscriptions/{fakeBoundParameters["SubscriptionId"] as string ?? session.SubscriptionId}/providers/Microsoft.Compute/locations/{location}/vmSizes"
            : null;
}
