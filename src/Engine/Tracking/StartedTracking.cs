using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Tracking;

/// <summary>Asks how far what this session began with -NoWait is, and what anybody has begun with one resource.</summary>
internal static class StartedTracking
{
    /// <summary>What this session began and is meant; a resource that was asked for and nobody knows of is looked at itself.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="ids">The resources asked for; none: all that the session began.</param>
    /// <param name="known">Those that other traces were found of.</param>
    /// <param name="mustExist">Whether an id of which there is nothing at all is an error; false: it is left out.</param>
    /// <exception cref="ImageCmdletsException">ResourceNotFound.</exception>
    public static async Task<IReadOnlyList<TrackedOperation>> FindAsync(Operation operation, IReadOnlyList<string> ids, IReadOnlyCollection<ResourceId> known, bool mustExist)
    {
        var found = new List<TrackedOperation>();
        var seen = new HashSet<ResourceId>(known);
        foreach ((ImageOperation started, string? address) in operation.Session.Started.All)
        {
            ResourceId id = ResourceId.TryParse(started.Id)!;
            bool isMeant = ids.Count == 0 || ids.Any(text => id.Equals(ResourceId.TryParse(text)));
            if (isMeant && seen.Add(id))
                found.Add(await OfStartedAsync(operation, id, started, address).ConfigureAwait(false));
        }

        foreach (ResourceId id in ids.Select(text => ResourceId.TryParse(text)!).Where(seen.Add))
        {
            if (await OfResourceAsync(operation, id, new ImageOperation(id.Text, "New", null)).ConfigureAwait(false) is { } resource)
                found.Add(resource);
            else if (mustExist)
                throw new ImageCmdletsException(ErrorIds.ResourceNotFound, $"There is no '{id.Name}' of type {id.ResourceType}, and nothing is under way to make it.", id.Text);
        }

        return found;
    }

    private static async Task<TrackedOperation> OfStartedAsync(Operation operation, ResourceId id, ImageOperation started, string? address)
    {
        if (address is not null && await AskAsync(operation, id, address).ConfigureAwait(false) is { } answer)
            return From(id, started, answer.State) with { Detail = answer.Detail };

        TrackedOperation found = From(id, started, TrackedOperation.Succeeded);
        bool isRemoval = started.Kind == ImageOperationKind.Remove;
        return await OfResourceAsync(operation, id, started).ConfigureAwait(false) switch
        {
            null when isRemoval => found,
            null => found with { State = TrackedOperation.Failed, Detail = $"'{id.Name}' is not there any more." },
            { State: TrackedOperation.InProgress } resource => resource,
            _ when isRemoval => found with { State = TrackedOperation.Failed, Detail = $"'{id.Name}' is still there." },
            { } resource => resource,
        };
    }

    // Null: Azure has forgotten the operation, or does not say; what it did is seen on the resource.
    private static async Task<(string State, string? Detail)?> AskAsync(Operation operation, ResourceId id, string address)
    {
        try
        {
            ArmAnswer answer = await operation.Arm.FollowAsync(address, id.Text, operation.CancellationToken).ConfigureAwait(false);
            return answer.Body.Text("status") switch
            {
                null => answer.Status == 202 ? (TrackedOperation.InProgress, null) : null,
                { } status when !ArmStates.IsEnd(status) => (TrackedOperation.InProgress, null),
                { } status when ArmStates.IsSuccess(status) => (TrackedOperation.Succeeded, null),
                _ => (TrackedOperation.Failed, ArmErrorReader.ReadFailedOperation(answer, id.Text).Message),
            };
        }
        catch (ArmOperationException exception) when (exception.Status is 403 or 404 or 410)
        {
            return null;
        }
    }

    private static async Task<TrackedOperation?> OfResourceAsync(Operation operation, ResourceId id, ImageOperation started)
    {
        ArmAnswer? answer = await operation.Arm.FindAsync(id.Text, ArmApiVersions.For(id.ResourceType!), operation.CancellationToken).ConfigureAwait(false);
        if (answer is null)
            return null;

        var seen = new SeenResource(id, answer.Body);
        return From(id, started, seen.Failure is not null ? TrackedOperation.Failed : seen.IsUnderWay ? TrackedOperation.InProgress : TrackedOperation.Succeeded) with
        {
            Location = seen.Location,
            Percent = seen.IsCopy ? seen.CompletionPercent : null,
            Start = started.StartTime ?? seen.TimeCreated,
            Parts = [seen],
            Detail = seen.Failure,
        };
    }

    private static TrackedOperation From(ResourceId id, ImageOperation started, string state) => new(id, started.Operation, started.Kind)
    {
        State = state,
        SourceId = started.SourceId,
        Location = started.Location,
        Start = started.StartTime,
        StopRefusal = state == TrackedOperation.InProgress ? $"Azure cannot cancel what it is doing with '{id.Name}'." : $"Nothing is under way with '{id.Name}'.",
    };
}
