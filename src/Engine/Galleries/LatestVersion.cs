using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Which version machines of an image definition get that name none.</summary>
/// <remarks>Documented: Succeeded, excluded neither everywhere nor in the region, replicated to it; the greatest by number. The engine has its own rule and
/// not the sandbox's, so that a mistake in one shows against the other.</remarks>
internal static class LatestVersion
{
    /// <summary>The latest one; null where none counts.</summary>
    /// <param name="versions">The versions of one definition, as Azure lists them.</param>
    /// <param name="location">The region; null: any in which it counts.</param>
    public static JsonElement? Of(IEnumerable<JsonElement> versions, string? location)
    {
        JsonElement[] found = [.. versions.Where(version => Counts(version, location)).OrderByDescending(version => VersionNumber.TryParse(version.Text("name"))).Take(1)];
        return found.Length == 0 ? null : found[0];
    }

    /// <summary>The latest one of a definition.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="definition">The definition.</param>
    /// <param name="location">The region; null: any in which it counts.</param>
    /// <exception cref="ImageCmdletsException">ImageNotFound: none counts.</exception>
    public static async Task<JsonElement> ReadAsync(Operation operation, ResourceId definition, string? location)
    {
        List<JsonElement> versions = await new GalleryWalk(operation, new GalleryQuery()).ListVersionsAsync(definition).ConfigureAwait(false);
        string where = location is null ? string.Empty : $" in {location}";
        JsonElement latest = Of(versions, location) ?? throw new ImageCmdletsException(ErrorIds.ImageNotFound,
            $"The image definition '{definition.Text}' has no version{where} that counts as latest.", definition.Text);
        operation.Verbose($"The latest version of {definition.Text}{where} is {latest.Text("name")}.");
        return latest;
    }

    private static bool Counts(JsonElement version, string? location) =>
        version.Text("properties", "provisioningState") == "Succeeded"
        && version.Truth("properties", "publishingProfile", "excludeFromLatest") != true
        && version.Items("properties", "publishingProfile", "targetRegions").Any(region =>
            (location is null || LocationCatalog.Same(region.Text("name"), location)) && region.Truth("excludeFromLatest") != true);
}
