using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Staging;

/// <summary>A restore point of a machine, in a collection of its own: all disks as they were in one moment.</summary>
/// <remarks>Source: <c>RestorePointCollections_CreateOrUpdate</c>, <c>RestorePoints_Create</c>, <c>RestorePoints_Get</c>; a collection goes
/// with its points (<c>RestorePointCollections_Delete</c>).</remarks>
/// <param name="collectionId">The collection.</param>
internal sealed class MachineRestorePoint(ResourceId collectionId)
{
    private const string Unknown = "Unknown";
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(12);
    private readonly Dictionary<string, string> _disks = new(StringComparer.OrdinalIgnoreCase);
    private bool _isBegun;

    public ResourceId CollectionId => collectionId;

    public string PointId => $"{collectionId.Text}/restorePoints/{collectionId.Name}";

    /// <summary>How far the disks agree, as Azure says.</summary>
    public string Consistency { get; private set; } = Unknown;

    /// <summary>The collection as it is; null where there is none.</summary>
    public static async Task<JsonElement?> FindAsync(Operation operation, ResourceId collection) =>
        (await operation.Arm.FindAsync(collection.Text, ArmApiVersions.Compute, operation.CancellationToken).ConfigureAwait(false))?.Body;

    /// <summary>Makes what is missing of it, and reads it.</summary>
    public async Task MakeAsync(Operation operation, StagedSet set, StepProgress progress)
    {
        if (await FindAsync(operation, collectionId).ConfigureAwait(false) is null)
        {
            JsonObject body = ArmBody.Of(set.Location, StagingTags.Of(set, "RestorePoint"), new JsonObject { ["source"] = new JsonObject { ["id"] = set.Source.Text } });
            await operation.Arm.SendAsync(RequestMethod.Put, collectionId.Text, ArmApiVersions.Compute, body, operation.CancellationToken).ConfigureAwait(false);
            _isBegun = true;
        }

        ArmAnswer point = await FindUsableAsync(operation).ConfigureAwait(false) ?? await BeginAsync(operation, set).ConfigureAwait(false);
        await operation.Poller.WaitAsync(point, PointId, progress.Waiting, operation.CancellationToken).ConfigureAwait(false);
        Watched<JsonElement> end = await Watch.UntilAsync(operation, () => ReadAsync(operation), IsComplete, s_longest, progress.Waiting).ConfigureAwait(false);
        if (!end.Reached)
            throw new ImageCmdletsException(ErrorIds.OperationTimedOut, $"The disks of the restore point '{collectionId.Name}' were not there within {s_longest.TotalHours:0} hours.", PointId);
        Learn(end.Last);
    }

    /// <summary>The id of what was on a disk.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResponse: the point has nothing of it.</exception>
    public string DiskOf(StagedPart part) => _disks.TryGetValue(part.Origin, out string? id)
        ? id
        : throw new ImageCmdletsException(ErrorIds.InvalidResponse, $"The restore point '{collectionId.Name}' has nothing of the disk '{ResourceId.TryParse(part.Origin)?.Name}'.", PointId);

    /// <summary>Leaves it to the user.</summary>
    public async Task KeepAsync(Operation operation)
    {
        if (await FindAsync(operation, collectionId).ConfigureAwait(false) is not { } found)
            return;

        KeyValuePair<string, string>[] tags = [.. found.Map("tags").Where(tag => tag.Key.StartsWith(OperationTags.Prefix, StringComparison.OrdinalIgnoreCase))];
        if (tags.Length > 0)
            await ResourceTags.RemoveAsync(operation, collectionId.Text, tags).ConfigureAwait(false);
    }

    /// <summary>Removes it, if it is of this command; what another run began only where that is said. A failure is warned of.</summary>
    public async Task RemoveAsync(Operation operation, string source, bool onlyOwn)
    {
        try
        {
            if (await FindAsync(operation, collectionId).ConfigureAwait(false) is not { } found || !StagingTags.AreFor(found.Map("tags"), source))
                return;

            if (onlyOwn && !_isBegun)
                operation.Warning($"The restore point '{collectionId.Name}' is left: another run of this command began it and may need it. Where none runs, the same command goes on with it.");
            else
                await ResourceRemoval.RemoveIfThereAsync(operation, collectionId.Text).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception)
        {
            operation.Warning($"The restore point collection '{collectionId.Text}' is left behind, because it could not be removed: {exception.Message}");
        }
    }

    private async Task<ArmAnswer?> FindUsableAsync(Operation operation)
    {
        ArmAnswer? found = await operation.Arm.FindAsync(PointId, ArmApiVersions.Compute, operation.CancellationToken).ConfigureAwait(false);
        if (found?.Body.Text("properties", "provisioningState") is not ("Failed" or "Canceled" or "Deleting"))
            return found;

        await ResourceRemoval.RemoveIfThereAsync(operation, PointId).ConfigureAwait(false);
        return null;
    }

    // A point cannot be written twice: where another run was first, or the answer to our own was lost, what is there is what was asked for.
    private async Task<ArmAnswer> BeginAsync(Operation operation, StagedSet set)
    {
        var properties = new JsonObject();
        if (set.Options.CrashConsistent)
            properties["consistencyMode"] = "CrashConsistent";
        if (set.Excluded.Count > 0)
            properties["excludeDisks"] = new JsonArray([.. set.Excluded.Select(id => (JsonNode)new JsonObject { ["id"] = id })]);
        try
        {
            return await operation.Arm.SendAsync(RequestMethod.Put, PointId, ArmApiVersions.Compute, new JsonObject { ["properties"] = properties }, operation.CancellationToken).ConfigureAwait(false);
        }
        catch (ImageCmdletsException)
        {
            if (await FindUsableAsync(operation).ConfigureAwait(false) is { } there)
                return there;
            throw;
        }
    }

    private async Task<JsonElement> ReadAsync(Operation operation) =>
        (await operation.Arm.GetAsync(PointId, ArmApiVersions.Compute, operation.CancellationToken, "$expand=instanceView").ConfigureAwait(false)).Body;

    // The bytes of the fastest disks arrive behind the point's own end.
    private static bool IsComplete(JsonElement point) =>
        point.Items("properties", "instanceView", "diskRestorePoints").All(disk => disk.Number("replicationStatus", "completionPercent") is null or >= 100);

    private void Learn(JsonElement point)
    {
        Consistency = point.Text("properties", "consistencyMode") ?? Unknown;
        JsonElement storage = point.Find("properties", "sourceMetadata", "storageProfile") ?? default;
        foreach (JsonElement disk in storage.Items("dataDisks").Append(storage.Find("osDisk") ?? default))
        {
            if (disk.Text("managedDisk", "id") is { } id && disk.Text("diskRestorePoint", "id") is { } kept)
                _disks[id] = kept;
        }
    }
}
