using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Resources;

/// <summary>Reads the resources of one type that a query means, one by one as they come.</summary>
/// <param name="resourceType">Such as <c>Microsoft.Compute/images</c>.</param>
/// <param name="notFoundId">The ErrorId when the one resource meant does not exist.</param>
internal sealed class ResourceReader(string resourceType, string notFoundId)
{
    private readonly string _apiVersion = ArmApiVersions.For(resourceType);

    /// <summary>Hands on every resource that fits.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="query">Which are meant.</param>
    /// <param name="onItem">Told each resource as Azure sends it.</param>
    /// <param name="expand">A <c>$expand</c> for a single GET; lists do not take it.</param>
    /// <exception cref="ImageCmdletsException">The id is of another type, or the one resource meant does not exist.</exception>
    public async Task ReadAsync(Operation operation, ResourceQuery query, Func<JsonElement, Task> onItem, string? expand = null)
    {
        string? id = query.Id ?? IdOf(operation, query);
        if (id is not null)
        {
            await onItem(await ReadOneAsync(operation, id, expand).ConfigureAwait(false)).ConfigureAwait(false);
            return;
        }

        var pattern = new NamePattern(query.Name);
        var group = new NamePattern(query.ResourceGroupName);
        bool found = false;
        string path = ListPath(operation, query);
        await operation.Arm.ListAsync(path, _apiVersion, item =>
        {
            if (!pattern.Fits(item.Text("name")) || (group.IsWildcard && !group.Fits(ResourceId.TryParse(item.Text("id"))?.ResourceGroupName)))
                return Task.CompletedTask;

            found = true;
            return onItem(item);
        }, operation.CancellationToken).ConfigureAwait(false);

        if (!found && !pattern.IsWildcard && (query.ResourceGroupName is null || !group.IsWildcard))
            throw NotFound(query.Name!, $"the subscription '{query.SubscriptionId ?? operation.Session.SubscriptionId}'");
    }

    /// <summary>One resource by its id.</summary>
    public async Task<JsonElement> ReadOneAsync(Operation operation, string id, string? expand = null)
    {
        ResourceId parsed = RequireId(id);
        string? query = expand is null ? null : "$expand=" + expand;
        ArmAnswer answer = await operation.Arm.GetAsync(parsed.Text, _apiVersion, operation.CancellationToken, query).ConfigureAwait(false);
        return answer.Body.ValueKind == JsonValueKind.Object && answer.Body.Text("id") is not null
            ? answer.Body
            : throw new ImageCmdletsException(ErrorIds.InvalidResponse, $"Azure's answer about '{parsed.Name}' has no id.", id);
    }

    /// <summary>The parsed id, if it is one of this type.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId.</exception>
    public ResourceId RequireId(string id)
    {
        ResourceId? parsed = ResourceId.TryParse(id);
        return parsed is not null && parsed.Is(resourceType)
            ? parsed
            : throw new ImageCmdletsException(ErrorIds.InvalidResourceId, $"'{id}' is not the id of a resource of type {resourceType}.", id,
                $"Pass an id of the form {ResourceId.FormOf(resourceType)}.");
    }

    private string? IdOf(Operation operation, ResourceQuery query) =>
        query.ResourceGroupName is { } group && !NamePattern.HasWildcard(group) && query.Name is { } name && !NamePattern.HasWildcard(name)
            ? ResourceId.Of(query.SubscriptionId ?? operation.Session.SubscriptionId, group, resourceType, name).Text
            : null;

    private string ListPath(Operation operation, ResourceQuery query)
    {
        string scope = "/subscriptions/" + Uri.EscapeDataString(query.SubscriptionId ?? operation.Session.SubscriptionId);

        // Only the subscription's list can be looked through for groups that fit a pattern.
        if (query.ResourceGroupName is { } group && !NamePattern.HasWildcard(group))
            scope += "/resourceGroups/" + Uri.EscapeDataString(group);
        return $"{scope}/providers/{resourceType}";
    }

    private ImageCmdletsException NotFound(string name, string where) =>
        new(notFoundId, $"There is no resource '{name}' of type {resourceType} in {where}.", name);
}
