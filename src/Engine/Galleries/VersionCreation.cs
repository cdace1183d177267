using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Makes one image version, goes on with the one that the same command began, or finds that it has been made.</summary>
/// <remarks>Azure has no condition for a write of galleries. Two runs that want the same number are told apart by the answer: 201 to the one that has
/// it, 409 to the other as long as the first is at work, which is minutes; the mark in the tags says whose a version is.</remarks>
internal sealed class VersionCreation(Operation operation, VersionPlan plan, RunOptions run)
{
    // Longer than anybody waits to run a stopped command again; what such a source holds then is another thing.
    private static readonly TimeSpan s_sameSource = TimeSpan.FromHours(1);
    private const int MostCollisions = 100;
    private bool _hasTold;

    /// <summary>Sees to the version.</summary>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists; what Azure refused; why nothing was made.</exception>
    public async Task<VersionOutcome> RunAsync()
    {
        (ResourceId id, ArmAnswer begun, bool isOurs) = await BeginAsync().ConfigureAwait(false);
        if (run.NoWait)
            return new VersionOutcome(id) { Started = begun };

        using var progress = new VersionProgress(operation, id, $"Making version {id.Name} of {plan.Definition.Name}");
        (ImageVersion version, ImageCmdletsException? reason) = await VersionWait.RunAsync(operation, id, isOurs ? begun : null, progress).ConfigureAwait(false);
        return version.ProvisioningState == "Failed"
            ? await FailAsync(id, version, reason).ConfigureAwait(false)
            : new VersionOutcome(id) { Version = await FinishAsync(id, version).ConfigureAwait(false) };
    }

    private async Task<(ResourceId Id, ArmAnswer Begun, bool IsOurs)> BeginAsync()
    {
        for (int attempt = 1; ; attempt++)
        {
            (ResourceId id, JsonElement? there) = await ChooseAsync().ConfigureAwait(false);
            if (there is { } found && found.Text("properties", "provisioningState") is not "Failed")
                return (id, await ReadAsync(id).ConfigureAwait(false), false);

            try
            {
                ArmAnswer begun = await GalleryWriter.BeginVersionAsync(operation, id, plan.Content, isOnce: true).ConfigureAwait(false);
                if (VersionTags.IsUnfinished(begun.Body.Map("tags"), plan.Key))
                    return (id, begun, true);
            }
            catch (ImageCmdletsException exception) when (attempt < MostCollisions && exception.ErrorId is ErrorIds.ResourceBusy or ErrorIds.ConcurrentUpdate or ErrorIds.PropertyNotChangeable)
            {
                // Where there is no such version the source is what something goes on with.
                if (await operation.Arm.FindAsync(id.Text, ArmApiVersions.Galleries, operation.CancellationToken).ConfigureAwait(false) is null)
                    throw;
                operation.Verbose($"Another run was first at version {id.Name} of '{plan.Definition.Name}': {exception.Message}");
            }
        }
    }

    private Task<(ResourceId Id, JsonElement? There)> ChooseAsync() => plan.Version is { } version ? FindNamedAsync(GalleryIds.Version(plan.Definition, version.ToString())) : FindNextAsync();

    private async Task<(ResourceId Id, JsonElement? There)> FindNamedAsync(ResourceId id)
    {
        ArmAnswer? found = await operation.Arm.FindAsync(id.Text, ArmApiVersions.Galleries, operation.CancellationToken).ConfigureAwait(false);
        if (found is null)
            return (id, null);

        ImageVersion there = VersionMapper.Map(found.Body);
        bool isOurs = VersionTags.IsUnfinished(there.Tag, plan.Key);
        if (!isOurs && !IsSame(there))
        {
            throw new ImageCmdletsException(ErrorIds.ResourceAlreadyExists, $"The image definition '{plan.Definition.Name}' has a version {id.Name} already, and it is not what is wanted.", id.Text,
                "Pass another -Version, or leave it out for the next number; Set-ImageReplication changes the regions of a version.");
        }

        if (!isOurs && there.ProvisioningState == "Succeeded")
            operation.Warning($"Version {id.Name} of '{plan.Definition.Name}' is there already, made of '{plan.Source.Name}', and is given as it is.");
        return (id, found.Body);
    }

    private bool IsSame(ImageVersion there) => string.Equals(there.SourceId, plan.SourceId, StringComparison.OrdinalIgnoreCase)
        && plan.Content.TargetRegion.All(wanted => there.TargetRegion.Any(region => region.Location == wanted.Location));

    private async Task<(ResourceId Id, JsonElement? There)> FindNextAsync()
    {
        var walk = new GalleryWalk(operation, new GalleryQuery());
        List<JsonElement> present = await walk.ListVersionsAsync(plan.Definition).ConfigureAwait(false);
        JsonElement[] unfinished = [.. present.Where(IsToGoOn).OrderByDescending(version => VersionNumber.TryParse(version.Text("name"))).Take(1)];
        if (unfinished.Length > 0)
        {
            ResourceId own = GalleryIds.Version(plan.Definition, unfinished[0].Text("name")!);
            operation.Verbose($"Version {own.Name} of '{plan.Definition.Name}' was begun of '{plan.Source.Name}' and not finished: it is gone on with.");
            return (own, unfinished[0]);
        }

        TellOfTheSame(present);
        if (plan.KeepsDeleted)
            present.AddRange(await walk.ListSoftDeletedAsync(plan.Definition).ConfigureAwait(false));
        Version next = VersionNumber.Next(present.Select(version => VersionNumber.TryParse(version.Text("name"))).OfType<Version>(), plan.Increment, plan.Major, operation.Clock.UtcNow);
        return (GalleryIds.Version(plan.Definition, next.ToString()), null);
    }

    // A run whose output was lost is often run again: the same bytes twice are paid for twice. What a machine or disk holds may be another thing by now.
    private void TellOfTheSame(IReadOnlyList<JsonElement> present)
    {
        if (_hasTold || plan.Source.GoesOnChanging || present.OrderByDescending(version => VersionNumber.TryParse(version.Text("name"))).FirstOrDefault() is not { ValueKind: JsonValueKind.Object } newest)
            return;

        ImageVersion there = VersionMapper.Map(newest);
        if (there.ProvisioningState != "Succeeded" || !string.Equals(there.SourceId, plan.SourceId, StringComparison.OrdinalIgnoreCase) || there.PublishedDate < plan.Source.CreatedOn)
            return;

        _hasTold = true;
        operation.Warning($"Version {there.Name} of '{plan.Definition.Name}', the newest, was made of '{plan.Source.Name}' already; another is made. Pass -Version {there.Name} to get that one as it is.");
    }

    private bool IsToGoOn(JsonElement version)
    {
        if (!VersionTags.IsUnfinished(version.Map("tags"), plan.Key) || version.Text("properties", "provisioningState") == "Deleting")
            return false;

        DateTimeOffset? published = version.Time("properties", "publishingProfile", "publishedDate");
        return !plan.Source.GoesOnChanging || published is null || operation.Clock.UtcNow - published < s_sameSource;
    }

    private async Task<ArmAnswer> ReadAsync(ResourceId id) => await operation.Arm.GetAsync(id.Text, ArmApiVersions.Galleries, operation.CancellationToken).ConfigureAwait(false);

    private async Task<ImageVersion> FinishAsync(ResourceId id, ImageVersion version)
    {
        if (VersionTags.IsUnfinished(version.Tag, plan.Key))
        {
            try
            {
                await ResourceTags.RemoveAsync(operation, id.Text, [VersionTags.Unfinished(plan.Key)]).ConfigureAwait(false);
                version = await VersionService.ReadAsync(operation, id).ConfigureAwait(false);
            }
            catch (ImageCmdletsException exception)
            {
                operation.Warning($"Version {id.Name} of '{plan.Definition.Name}' is finished, but its tag '{OperationTags.UnfinishedTag}' could not be removed; remove it, or the same command will give this version again: {exception.Message}");
            }
        }

        return version;
    }

    // What did not get into every region stays, to be gone on with; of what was never made nothing is left.
    private async Task<VersionOutcome> FailAsync(ResourceId id, ImageVersion version, ImageCmdletsException? reason)
    {
        IReadOnlyList<ImageCmdletsException> failures = VersionWait.FailuresOf(version, reason);
        bool isMade = version.TargetRegion.Any(region => region.State == "Completed");
        if (!isMade && VersionTags.IsUnfinished(version.Tag, plan.Key))
            await ResourceRemoval.RemoveIfThereAsync(operation, id.Text).ConfigureAwait(false);
        return isMade ? new VersionOutcome(id) { Version = version, Failure = failures } : throw failures[0];
    }
}
