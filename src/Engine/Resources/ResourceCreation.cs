using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Resources;

/// <summary>When a resource was created, which Azure Resource Manager knows of those too that do not say it themselves.</summary>
/// <remarks>Source: <c>Resources_ListByResourceGroup</c> with <c>$expand=createdTime</c>.</remarks>
internal static class ResourceCreation
{
    // The list follows what happens with some delay.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    /// <summary>Reads it; waits where the list does not have the resource yet.</summary>
    /// <exception cref="ImageCmdletsException">ResourceBusy: the list does not show it.</exception>
    public static async Task<DateTimeOffset> ReadAsync(Operation operation, ResourceId id)
    {
        Watched<DateTimeOffset?> watched = await Watch.UntilAsync(operation, () => FindAsync(operation, id), time => time is not null, s_limit, null).ConfigureAwait(false);
        return watched.Last ?? throw new ImageCmdletsException(ErrorIds.ResourceBusy,
            $"Azure Resource Manager's list of resources does not show '{id.Name}' yet, and nothing else tells when it was made.", id.Text);
    }

    private static async Task<DateTimeOffset?> FindAsync(Operation operation, ResourceId id)
    {
        DateTimeOffset? created = null;
        string filter = Uri.EscapeDataString($"resourceType eq '{id.ResourceType}' and name eq '{id.Name}'");
        await operation.Arm.ListAsync($"/subscriptions/{id.SubscriptionId}/resourceGroups/{id.ResourceGroupName}/resources", ArmApiVersions.Resources, item =>
        {
            if (ResourceId.TryParse(item.Text("id"))?.Equals(id) == true)
                created = item.Time("createdTime");
            return Task.CompletedTask;
        }, operation.CancellationToken, $"$filter={filter}&$expand=createdTime").ConfigureAwait(false);
        return created;
    }
}
