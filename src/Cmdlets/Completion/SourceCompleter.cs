using System.Collections;

namespace ImageCmdlets.Commands;

/// <summary>Proposes names for <c>-Source</c> in the resource group already typed: without a group a name means nothing there.</summary>
public sealed class SourceCompleter : CachedCompleter
{
    private protected override string? Question(ImageSession session, string commandName, IDictionary fakeBoundParameters)
    {
        if (fakeBoundParameters["ResourceGroupName"] is not string group)
            return null;

        string type = commandName.StartsWith("Restore-", StringComparison.OrdinalIgnoreCase) ? ResourceTypes.Snapshot : ResourceTypes.VirtualMachine;
        return $"/subscriptions/{fakeBoundParameters["SubscriptionId"] as string ?? session.SubscriptionId}/resourceGroups/{group}/providers/{type}";
    }
}
