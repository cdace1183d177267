using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Locations;

namespace ImageCmdlets.Engine.Rollouts;

/// <summary>Which version is to stand in for a bad one. Asks nobody.</summary>
/// <param name="versions">All versions of the definition, as Azure lists them.</param>
/// <param name="bad">The ids of the bad ones.</param>
/// <param name="definition">The definition.</param>
internal sealed class GoodVersion(IReadOnlyList<JsonElement> versions, IReadOnlyCollection<string> bad, ResourceId definition)
{
    private JsonElement? _named;

    /// <summary>Settles on a version that the user names.</summary>
    /// <exception cref="ImageCmdletsException">InvalidArgument: it is of another definition, or one of the bad ones; ImageNotFound; ProvisioningFailed.</exception>
    public void Name(string to)
    {
        ResourceId id = ResourceId.TryParse(to) ?? GalleryIds.Version(definition, VersionNumber.Require(to).ToString());
        if (!id.Is(ResourceTypes.GalleryImageVersion) || !GalleryIds.ParentOf(id).Equals(definition))
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"'{to}' is no version of '{definition.Name}'.", to, "Pass the number of another version of the same image definition with -To.");
        if (bad.Contains(id.Text, StringComparer.OrdinalIgnoreCase))
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"Version {id.Name} of '{definition.Name}' is to be taken back itself.", to, "Pass another version with -To.");

        JsonElement[] found = [.. versions.Where(version => string.Equals(version.Text("id"), id.Text, StringComparison.OrdinalIgnoreCase))];
        if (found.Length == 0)
            throw new ImageCmdletsException(ErrorIds.ImageNotFound, $"The image definition '{definition.Name}' has no version {id.Name}.", id.Text);
        if (found[0].Text("properties", "provisioningState") != "Succeeded")
            throw new ImageCmdletsException(ErrorIds.ProvisioningFailed, $"Version {id.Name} of '{definition.Name}' is in the state {found[0].Text("properties", "provisioningState")}.", id.Text, "Pass a version that was made well with -To.");
        _named = found[0];
    }

    /// <exception cref="ImageCmdletsException">ImageNotFound: there is none.</exception>
    public void Require(ResourceId version)
    {
        if (Before(version, null) is null)
        {
            throw new ImageCmdletsException(ErrorIds.ImageNotFound, $"'{definition.Name}' has no version before {version.Name} that was made well and is not excluded from latest.", version.Text,
                "Pass the version to go back to with -To, or only take the bad one out of circulation with -ExcludeOnly.");
        }
    }

    /// <summary>The id of the version that stands in for a bad one in a region (null: in any); null where none can.</summary>
    public string? Before(ResourceId version, string? location)
    {
        if (_named is { } named)
            return location is null || IsIn(named, location) ? named.Text("id") : null;

        Version? number = VersionNumber.TryParse(version.Name);
        return LatestVersion.Of(versions.Where(other => !IsBad(other) && VersionNumber.TryParse(other.Text("name")) < number), location)?.Text("id");
    }

    /// <summary>The id of the version that what follows latest gets in a region, once the bad ones are excluded; null where none.</summary>
    public string? Latest(string? location) => LatestVersion.Of(versions.Where(other => !IsBad(other)), location)?.Text("id");

    /// <summary>The regions of the version that the user names in which what follows latest gets another one all the same; none where no version was named.</summary>
    public IReadOnlyList<string> Overtaken() => _named is not { } named ? [] :
    [
        .. named.Items("properties", "publishingProfile", "targetRegions").Select(region => LocationCatalog.Normalize(region.Text("name")!))
            .Where(region => Latest(region) is { } latest && !string.Equals(latest, named.Text("id"), StringComparison.OrdinalIgnoreCase))
            .Select(region => $"{ResourceId.TryParse(Latest(region))!.Name} in {region}"),
    ];

    private bool IsBad(JsonElement version) => bad.Contains(version.Text("id")!, StringComparer.OrdinalIgnoreCase);

    private static bool IsIn(JsonElement version, string location) =>
        version.Items("properties", "publishingProfile", "targetRegions").Any(region => LocationCatalog.Same(region.Text("name"), location));
}
