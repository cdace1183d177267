using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Usage;

/// <summary>Refuses to remove images that machines or scale sets use.</summary>
/// <remarks>Azure refuses none of it but a managed image of a scale set: machines go on without their image, but cannot be reimaged, and a scale set makes no more instances.</remarks>
internal sealed class RemovalGuard
{
    private const int MostNamed = 3;
    private readonly UsageCollection _found;

    private RemovalGuard(UsageCollection found)
    {
        _found = found;
    }

    /// <summary>Looks who uses what is to be removed: once for all of it.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="targets">Images, versions, definitions or galleries; none: nothing is looked at and nothing refused.</param>
    public static async Task<RemovalGuard> LookAsync(Operation operation, IReadOnlyList<ResourceId> targets) => new(targets.Count == 0
        ? new UsageCollection([], [])
        : await UsageCollection.ReadAsync(operation, targets).ConfigureAwait(false));

    /// <summary>Whether one of the targets may go.</summary>
    /// <param name="target">The target.</param>
    /// <param name="regions">The regions that it goes from; none: from all.</param>
    /// <exception cref="ImageCmdletsException">ResourceInUse: the message names the users; where not everything could be read, why not: then nobody knows.</exception>
    public void Require(ResourceId target, IReadOnlyList<string>? regions = null)
    {
        ImageUsage[] users = [.. _found.Users.Where(use => (regions is null || regions.Any(region => LocationCatalog.Same(use.Location, region))) && ResourceId.TryParse(use.ImageId) is { } image && new ImageReference(image, FollowsLatest: false).IsOf(target))];
        if (users.Length > 0)
        {
            string more = users.Length > MostNamed ? $" and {users.Length - MostNamed} more" : string.Empty;
            string where = regions is null ? string.Empty : $" in {string.Join(", ", regions)}";
            throw new ImageCmdletsException(ErrorIds.ResourceInUse, $"{Told(target)} is in use{where} by {string.Join(", ", users.Take(MostNamed))}{more}.", target.Text,
                "Give scale sets another image and make the machines anew of another first (Get-ImageUsage names all), or pass -AllowInUse: machines go on, but cannot be reimaged, and scale sets make no more instances.");
        }

        if (_found.Failure.Count > 0)
        {
            throw new ImageCmdletsException(_found.Failure[0].ErrorId, $"Nobody knows whether {Told(target)} is in use: {_found.Failure[0].Message}", target.Text,
                "Use an account that may read machines and scale sets everywhere, or pass -AllowInUse.", _found.Failure[0]);
        }
    }

    private static string Told(ResourceId target) => target.Is(ResourceTypes.GalleryImageVersion) ? $"'{target.ParentName} {target.Name}'" : $"'{target.Name}'";
}
