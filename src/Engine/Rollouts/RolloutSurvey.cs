using System.Collections.Concurrent;
using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Lineage;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Usage;

namespace ImageCmdlets.Engine.Rollouts;

/// <summary>Finds what bad versions of one image definition concern, and says what is to become of it. Changes nothing.</summary>
/// <param name="operation">The running command.</param>
/// <param name="definition">The definition.</param>
/// <param name="bad">The bad versions of it.</param>
/// <param name="options">What is asked for.</param>
/// <param name="onFailure">Takes what could not be looked at.</param>
internal sealed class RolloutSurvey(Operation operation, ResourceId definition, IReadOnlyList<ResourceId> bad, UndoRolloutOptions options,
    Func<Operation, ImageCmdletsException, Task> onFailure)
{
    private readonly HashSet<string> _bad = new(bad.Select(version => version.Text), StringComparer.OrdinalIgnoreCase);

    /// <summary>The rows: first the versions, then what followed them, what runs them, what was made of them.</summary>
    /// <exception cref="ImageCmdletsException">ImageNotFound: a bad version is not there, or no good one; InvalidArgument, ProvisioningFailed: -To cannot be.</exception>
    public async Task<IReadOnlyList<ImageRolloutResult>> RunAsync()
    {
        IReadOnlyList<JsonElement> versions = await new GalleryWalk(operation, new GalleryQuery()).ListVersionsAsync(definition).ConfigureAwait(false);
        var good = new GoodVersion(versions, _bad, definition);
        if (options.To is { } to)
            good.Name(to);
        foreach (ResourceId version in bad)
        {
            if (!versions.Any(other => string.Equals(other.Text("id"), version.Text, StringComparison.OrdinalIgnoreCase)))
                throw new ImageCmdletsException(ErrorIds.ImageNotFound, $"The image definition '{definition.Name}' has no version {version.Name}.", version.Text);
            if (!options.ExcludeOnly)
                good.Require(version);
        }

        UsageCollection found = await UsageCollection.ReadAsync(operation, [definition]).ConfigureAwait(false);
        foreach (ImageCmdletsException failure in found.Failure)
            await onFailure(operation, failure).ConfigureAwait(false);
        Dictionary<string, string?> models = found.Users.Where(use => use.Kind == ImageUserKind.ScaleSet)
            .ToDictionary(use => use.Id, use => Model(use, good), StringComparer.OrdinalIgnoreCase);
        ImageRolloutResult[] users = [.. found.Users.Select(use => User(use, good, models)).OfType<ImageRolloutResult>().OrderBy(Order).ThenBy(row => row.Kind)];
        return [.. bad.Select(version => Exclusion(version, good)), .. users, .. await DescendantsAsync().ConfigureAwait(false)];
    }

    private ImageRolloutResult Exclusion(ResourceId version, GoodVersion good) => new()
    {
        Id = version.Text,
        Kind = ImageUserKind.ImageVersion,
        Action = ImageRolloutAction.Exclude,
        State = RolloutState.Planned,
        From = version.Text,
        To = options.ExcludeOnly ? null : good.Before(version, null),
        Reason = good.Overtaken() is { Count: > 0 } overtaken ? $"What follows latest gets {string.Join(", ", overtaken)}: take those back too, or exclude them from latest with Set-ImageVersion." : null,
    };

    // What the model of a set means when the bad versions are taken back.
    private string? Model(ImageUsage use, GoodVersion good) =>
        use.FollowsLatest ? good.Latest(use.Location) : _bad.Contains(use.ImageId) ? good.Before(ResourceId.TryParse(use.ImageId)!, use.Location) : use.ImageId;

    private ImageRolloutResult? User(ImageUsage use, GoodVersion good, Dictionary<string, string?> models)
    {
        bool isModel = use.Kind == ImageUserKind.ScaleSet;
        if (!_bad.Contains(use.ImageId) && !(isModel && use.FollowsLatest))
            return null;

        ImageRolloutResult row = Row(use.Id, use.Kind, use.Location, _bad.Contains(use.ImageId) ? use.ImageId : bad[0].Text) with { ScaleSetId = use.ScaleSetId };
        if (isModel)
            return use.FollowsLatest ? RolloutScaleSets.Follower(row, good.Latest(use.Location)) : RolloutScaleSets.Pinned(row, options.ExcludeOnly ? null : models[use.Id], options.ExcludeOnly);
        if (use.ScaleSetId is not { } set)
            return row with { State = RolloutState.Runs, Reason = "No machine can be given another image: make it anew." };

        models.TryGetValue(set, out string? model);
        return RolloutScaleSets.Machine(row, isFlexible: use.Kind == ImageUserKind.VM, model, options);
    }

    // First what is changed: models, then their machines.
    private static int Order(ImageRolloutResult row) => row.Action switch
    {
        ImageRolloutAction.Repoint => 0,
        ImageRolloutAction.Upgrade or ImageRolloutAction.Replace => 1,
        _ => 2,
    };

    // What was copied from a bad version, or made of a machine that was made of it, has in it what is bad.
    private async Task<IReadOnlyList<ImageRolloutResult>> DescendantsAsync()
    {
        var found = new ConcurrentBag<ImageRolloutResult>();
        await operation.ForEachAsync(await UsageService.SubscriptionsAsync(operation, null).ConfigureAwait(false), async (subscription, branch) =>
        {
            try
            {
                await branch.Arm.ListAsync($"/subscriptions/{subscription}/providers/{ResourceTypes.Image}", ArmApiVersions.Compute, item => Keep(found, item, ImageUserKind.CustomImage), branch.CancellationToken).ConfigureAwait(false);
                await new GalleryWalk(branch, new GalleryQuery { SubscriptionId = subscription }).VersionsAsync(async (_, versions) =>
                {
                    foreach (JsonElement version in versions)
                        await Keep(found, version, ImageUserKind.ImageVersion).ConfigureAwait(false);
                }).ConfigureAwait(false);
            }
            catch (ImageCmdletsException exception)
            {
                await onFailure(branch, exception).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        return [.. found.OrderBy(row => row.Kind).ThenBy(row => row.Id, StringComparer.OrdinalIgnoreCase)];
    }

    private Task Keep(ConcurrentBag<ImageRolloutResult> found, JsonElement item, ImageUserKind kind)
    {
        IReadOnlyDictionary<string, string> tags = item.Map("tags");
        string? source = new[] { ImageReference.OfSource(item)?.Id.Text, LineageTags.CopyOf(tags), LineageTags.Base(tags) }.FirstOrDefault(id => id is not null && _bad.Contains(id));
        if (source is not null && !_bad.Contains(item.Text("id")!))
            found.Add(Row(item.Text("id")!, kind, LocationCatalog.Of(item), source) with { State = RolloutState.Made, Reason = "It has in it what is bad: look at it, and undo or remove it by itself." });
        return Task.CompletedTask;
    }

    private static ImageRolloutResult Row(string id, ImageUserKind kind, string? location, string from) =>
        new() { Id = id, Kind = kind, Location = location, Action = ImageRolloutAction.None, State = RolloutState.Planned, From = from };
}
