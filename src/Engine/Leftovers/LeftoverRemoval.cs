using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Tracking;

namespace ImageCmdlets.Engine.Leftovers;

/// <summary>Removes leftovers one after the other. Before what belongs together everything is looked at again, and before each removal the
/// thing itself: what somebody has begun to use in the meantime stays.</summary>
internal sealed class LeftoverRemoval(Operation operation, ImageLeftoverQuery query)
{
    private IReadOnlyList<Leftover> _now = [];
    private string? _kit;

    public Task RunAsync(IReadOnlyList<string> ids) => ForEachAsync(ids, RemoveAsync);

    public Task ExplainAsync(IReadOnlyList<string> ids) => ForEachAsync(ids, async id =>
    {
        if (await RequireAsync(id).ConfigureAwait(false) is null)
            throw new ImageCmdletsException(ErrorIds.ResourceNotFound, $"There is no '{id.Name}'.", id.Text);
    });

    private async Task ForEachAsync(IReadOnlyList<string> ids, Func<ResourceId, Task> work)
    {
        using var progress = new StepProgress(operation, ids[0], "Removing leftovers");
        for (int i = 0; i < ids.Count; i++)
        {
            try
            {
                ResourceId id = ResourceId.TryParse(ids[i]) is { ResourceGroupName: not null } parsed ? parsed
                    : throw new ImageCmdletsException(ErrorIds.InvalidResourceId, $"'{ids[i]}' is not the id of a resource or resource group.", ids[i]);
                progress.Begin(id.Name, 100 * i / ids.Count);
                await work(id).ConfigureAwait(false);
            }
            catch (ImageCmdletsException exception)
            {
                await operation.ErrorAsync(exception).ConfigureAwait(false);
            }
        }
    }

    private async Task RemoveAsync(ResourceId id)
    {
        if (await RequireAsync(id).ConfigureAwait(false) is not { } leftover)
            return;

        if (id.ResourceType is null)
            await RequireEmptyAsync(leftover).ConfigureAwait(false);
        bool isRemoved = await TemporaryRemoval.RemoveAsync(operation, leftover.Resource.Id, now => RequireSame(leftover, now)).ConfigureAwait(false);
        operation.Verbose(isRemoved ? $"'{id.Name}', left by {leftover.Maker}, is removed." : $"'{id.Name}' is gone already.");
    }

    // Null: it is gone.
    private async Task<Leftover?> RequireAsync(ResourceId id)
    {
        if (await FindAsync(id).ConfigureAwait(false) is { } leftover)
        {
            Require(leftover);
            return leftover;
        }

        return await IsGoneAsync(id).ConfigureAwait(false) ? null
            : throw new ImageCmdletsException(ErrorIds.NotALeftover, $"'{id.Name}' carries no marks of a leftover, or somebody needs it.", id.Text);
    }

    private async Task<Leftover?> FindAsync(ResourceId id)
    {
        Leftover? known = Of(id);
        if (known is not null && known.Kit == _kit)
            return known;

        _now = await LeftoverFinder.FindAsync(operation, query with { Id = [], Maker = [], ResourceGroupName = null, OlderThan = null }).ConfigureAwait(false);
        known = Of(id);
        _kit = known?.Kit;
        return known;
    }

    private Leftover? Of(ResourceId id) => _now.FirstOrDefault(leftover => leftover.Resource.Id.Equals(id));

    private static void Require(Leftover leftover)
    {
        if (leftover.InUse is not { } use)
            return;

        ResourceId id = leftover.Resource.Id;
        throw leftover.IsLocked
            ? new ImageCmdletsException(ErrorIds.ResourceLocked, $"'{id.Name}' stays. {use}", id.Text)
            : new ImageCmdletsException(ErrorIds.ResourceInUse, $"'{id.Name}' stays. {use}", id.Text,
                leftover.IsOnlyAccessed ? "Pass -RevokeAccess where nobody copies it any more: its access is revoked first." : null);
    }

    private void RequireSame(Leftover leftover, SeenResource now)
    {
        SeenResource before = leftover.Resource;
        bool isOther = now.Body.Time("properties", "timeCreated") is { } time && before.Body.Time("properties", "timeCreated") is { } known && time != known;
        if (isOther || !HasSameTags(before, now))
            throw new ImageCmdletsException(ErrorIds.NotALeftover, $"'{now.Id.Name}' is not what was found: somebody has made it anew, or tagged it.", now.Id.Text);
        if (now.ManagedBy is { } owner && before.ManagedBy is null)
            throw new ImageCmdletsException(ErrorIds.ResourceInUse, $"'{now.Id.Name}' was attached to '{ResourceId.TryParse(owner)?.Name}' meanwhile, and stays.", now.Id.Text);
        if (now.IsAccessed && !query.RevokeAccess)
            throw new ImageCmdletsException(ErrorIds.ResourceInUse, $"Somebody was given access to '{now.Id.Name}' meanwhile, and it stays.", now.Id.Text);
    }

    private static bool HasSameTags(SeenResource before, SeenResource now) =>
        before.Tag.Count == now.Tag.Count && before.Tag.All(tag => now.Tag.TryGetValue(tag.Key, out string? value) && value == tag.Value);

    // A group goes with all that is in it, so nothing may be.
    private async Task RequireEmptyAsync(Leftover group)
    {
        ResourceSurvey survey = await ResourceSurvey.ReadAsync(operation, group.Resource.Id.SubscriptionId, null).ConfigureAwait(false);
        string[] left = [.. survey.In(group.Resource.Id.Name).Select(resource => resource.Id.Name).OrderBy(name => name, StringComparer.OrdinalIgnoreCase)];
        if (left.Length > 0)
            throw new ImageCmdletsException(ErrorIds.ResourceInUse, $"The resource group '{group.Resource.Id.Name}' stays: {left.Length} resource(s) are in it, such as '{left[0]}'.", group.Resource.Id.Text);
    }

    private async Task<bool> IsGoneAsync(ResourceId id) =>
        await operation.Arm.FindAsync(id.Text, ArmApiVersions.For(id.ResourceType ?? string.Empty), operation.CancellationToken).ConfigureAwait(false) is null;
}
