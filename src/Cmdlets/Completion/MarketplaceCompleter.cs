using System.Collections;

namespace ImageCmdlets.Commands;

/// <summary>The base of completers for the parts of a URN: the names below what was already typed, in the region already typed.</summary>
public abstract class MarketplaceCompleter : CachedCompleter
{
    private static readonly string[] s_collections = ["publishers", "artifacttypes/vmimage/offers", "skus"];
    private static readonly string[] s_parameters = ["Publisher", "Offer"];

    /// <summary>How many parts have to be typed before.</summary>
    private protected abstract int Level { get; }

    private protected override string? Question(ImageSession session, string commandName, IDictionary fakeBoundParameters)
    {
        if (fakeBoundParameters["Location"] is not string location)
            return null;

        string path = $"/subscriptions/{fakeBoundParameters["SubscriptionId"] as string ?? session.SubscriptionId}/providers/Microsoft.Compute/locations/{location}";
        for (int i = 0; i < Level; i++)
        {
            if (fakeBoundParameters[s_parameters[i]] is not string name || NamePattern.HasWildcard(name))
                return null;

            path += $"/{s_collections[i]}/{Uri.EscapeDataString(name)}";
        }

        return $"{path}/{s_collections[Level]}";
    }
}
