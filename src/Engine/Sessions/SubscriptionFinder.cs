using System.Text.Json;
using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>Finds the subscription of a session: the one named, else the first enabled one by name.</summary>
internal static class SubscriptionFinder
{
    public static async Task<SubscriptionInfo> FindAsync(ArmGateway arm, string? wanted, IOperationSink sink, CancellationToken cancellationToken)
    {
        if (wanted is not null)
        {
            ArmAnswer answer = await arm.GetAsync("/subscriptions/" + Uri.EscapeDataString(wanted), ArmApiVersions.Subscriptions, cancellationToken).ConfigureAwait(false);
            return Read(answer.Body) ?? throw NoneFound(wanted);
        }

        var found = new List<SubscriptionInfo>();
        await arm.ListAsync("/subscriptions", ArmApiVersions.Subscriptions, item =>
        {
            if (item.Text("state") is null or "Enabled" && Read(item) is { } subscription)
                found.Add(subscription);
            return Task.CompletedTask;
        }, cancellationToken).ConfigureAwait(false);

        SubscriptionInfo first = found.OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault() ?? throw NoneFound(null);
        if (found.Count > 1)
            sink.Verbose($"The account has {found.Count} subscriptions; the session uses '{first.Name}' ({first.Id}).");
        return first;
    }

    private static SubscriptionInfo? Read(JsonElement item) =>
        item.Text("subscriptionId") is { } id ? new SubscriptionInfo(id, item.Text("displayName"), item.Text("tenantId")) : null;

    private static ImageCmdletsException NoneFound(string? wanted) => new(ErrorIds.SubscriptionNotFound,
        wanted is null ? "This account sees no enabled subscription." : $"The subscription '{wanted}' was not found.", wanted);
}
