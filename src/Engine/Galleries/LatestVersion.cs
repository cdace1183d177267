using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Locations;

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

    private static bool Counts(JsonElement version, string? location) =>
        version.Text("properties", "provisioningState") == "Succeeded"
        && version.Truth("properties", "publishingProfile", "excludeFromLatest") != true
        && version.Items("properties", "publishingProfile", "targetRegions").Any(region =>
            (location is null || LocationCatalog.Same(region.Text("name"), location)) && region.Truth("excludeFromLatest") != true);
}
