using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Usage;

namespace ImageCmdlets.Engine.Retention;

/// <summary>Reads what a plan of retention rests on.</summary>
internal static class RetentionSurvey
{
    /// <summary>The machines, scale sets and instances of each version in some galleries or definitions, by the version's id.</summary>
    /// <returns>Null where not everything could be looked at: then nobody knows what is in use.</returns>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<ImageUsage>>?> UsersAsync(Operation operation, IReadOnlyList<ResourceId> asked)
    {
        UsageCollection found = await UsageCollection.ReadAsync(operation, asked).ConfigureAwait(false);
        foreach (ImageCmdletsException failure in found.Failure)
            operation.Warning($"Nobody knows what is in use, so that every version stays: {failure.Message}");
        return found.Failure.Count > 0 ? null : found.Users.GroupBy(use => use.ImageId, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<ImageUsage>)[.. group], StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The versions of a definition; those that failed with what is in each region, as a version that failed in one may be whole in the others.</summary>
    public static async Task<IReadOnlyList<JsonElement>> VersionsAsync(Operation operation, ResourceId definition)
    {
        var versions = new List<JsonElement>();
        foreach (JsonElement version in await new GalleryWalk(operation, new GalleryQuery()).ListVersionsAsync(definition).ConfigureAwait(false))
        {
            if (version.Text("properties", "provisioningState") != "Failed")
                versions.Add(version);
            else if (await operation.Arm.FindAsync(version.Text("id")!, ArmApiVersions.Galleries, operation.CancellationToken, "$expand=ReplicationStatus").ConfigureAwait(false) is { } whole)
                versions.Add(whole.Body);
        }

        return versions;
    }
}
