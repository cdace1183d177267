using System.Text.Json;
using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>Finds the subscription of a session: the one named, else the first enabled one by name.</summary>
internal static class SubscriptionFinder
{
    private const int MostNamed = 5;

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

        SubscriptionInfo[] sorted = [.. found.OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase)];
        SubscriptionInfo first = sorted.FirstOrDefault() ?? throw NoneFound(null);
        if (sorted.Length > 1)
        {
            string others = string.Join(", ", sorted.Skip(1).Take(MostNamed).Select(s => $"'{s.Name}' ({s.Id})")) + (sorted.Length - 1 > MostNamed ? ", \u2026" : string.Empty);
            sink.Warning($"The account has {sorted.Length} subscriptions and none was chosen: the session uses '{first.Name}' ({first.Id}). Pass -SubscriptionId to Connect-ImageSession for another: {others}.");
        }

        return first;
    }

    private static SubscriptionInfo? Read(JsonElement item) =>
        item.Text("subscriptionId") is { } id ? new SubscriptionInfo(id, item.Text("displayName"), item.Text("tenantId")) : null;

    private static ImageCmdletsException NoneFound(string? wanted) => new(ErrorIds.SubscriptionNotFound,
        wanted is null ? "This account sees no enabled subscription." : $"The subscription '{wanted}' was not found.", wanted);
}
