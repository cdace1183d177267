using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Makes, reads, changes and restores image versions.</summary>
public static class VersionService
{
    private const string WithReplication = "$expand=ReplicationStatus";

    /// <summary>Writes each <see cref="ImageVersion"/> that fits, by number within its definition.</summary>
    /// <remarks>Source: <c>GalleryImageVersions_Get</c>, <c>GalleryImageVersions_ListByGalleryImage</c>, <c>SoftDeletedResource_ListByArtifactName</c>.</remarks>
    public static Task GetAsync(ImageSession session, GalleryQuery query, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, new RunOptions(), query.Id ?? query.Version, operation => new GalleryWalk(operation, query).VersionsAsync(async (definition, versions) =>
        {
            if (query.SoftDeleted)
            {
                foreach (JsonElement version in versions)
                    await operation.WriteAsync(VersionMapper.SoftDeleted(version, definition)).ConfigureAwait(false);
                return;
            }

            JsonElement[] wanted = !query.Latest ? [.. versions] : LatestVersion.Of(versions, query.Location) is { } latest ? [latest] : [];
            await WriteAsync(operation, wanted, query.IncludeReplication).ConfigureAwait(false);
        }), cancellationToken);

    /// <summary>Makes image versions, side by side; writes each <see cref="ImageVersion"/>, also one that is not in every region, with an error for each that failed.</summary>
    /// <remarks>Source: <c>GalleryImageVersions_CreateOrUpdate</c>.</remarks>
    /// <exception cref="ImageCmdletsException">For one version: whatever makes it impossible; nothing was changed by then.</exception>
    public static Task CreateAsync(ImageSession session, IReadOnlyList<NewVersionOptions> items, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, items[0].Source, operation => operation.ForEachItemAsync(items, (item, branch) => CreateAsync(branch, item, run)), cancellationToken);

    internal static async Task CreateAsync(Operation operation, NewVersionOptions options, RunOptions run)
    {
        VersionPlan plan = await ImageClone.GuardAsync(operation, options.Source, options.KeepClone, run, () => VersionPlanner.PlanAsync(operation, options)).ConfigureAwait(false);
        ImageClone? clone = ImageClone.Of(plan.Source.CloneOf, plan.Source.Id, options.KeepClone, run);
        try
        {
            ImageVersion? version = await new VersionCreation(operation, plan, run).RunAsync().ConfigureAwait(false);
            if (clone is not null && version?.ProvisioningState == "Succeeded")
                await clone.RemoveAsync(operation).ConfigureAwait(false);
            if (version is not null)
                await operation.WriteAsync(version).ConfigureAwait(false);
        }
        catch (ImageCmdletsException) when (clone is not null)
        {
            await clone.GiveUpAsync(operation).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A version as it is, with how far each region is.</summary>
    /// <exception cref="ImageCmdletsException">ImageNotFound.</exception>
    internal static async Task<ImageVersion> ReadAsync(Operation operation, ResourceId id) =>
        VersionMapper.Map((await operation.Arm.GetAsync(id.Text, ArmApiVersions.Galleries, operation.CancellationToken, WithReplication).ConfigureAwait(false)).Body);

    // The list does not say how far regions are.
    private static async Task WriteAsync(Operation operation, IReadOnlyList<JsonElement> versions, bool withReplication)
    {
        if (withReplication)
        {
            await operation.ForEachInOrderAsync(versions, (version, own) => ReadAsync(own, ResourceId.TryParse(version.Text("id"))!), operation.WriteAsync).ConfigureAwait(false);
            return;
        }

        foreach (JsonElement version in versions)
            await operation.WriteAsync(VersionMapper.Map(version)).ConfigureAwait(false);
    }
}
