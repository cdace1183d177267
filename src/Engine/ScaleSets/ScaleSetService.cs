using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.ScaleSets;

/// <summary>Makes, reads and removes scale sets.</summary>
public static class ScaleSetService
{
    /// <summary>Writes each scale set that fits as an <see cref="ImageScaleSet"/>, as soon as Azure sends it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="query">Which are meant.</param>
    /// <param name="withInstances">Read the instances of each too: one more question for a uniform set, one for each machine of a flexible one.</param>
    /// <param name="sink">Where the sets go.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ImageCmdletsException">ResourceNotFound where the one set meant does not exist; InvalidResourceId.</exception>
    public static Task GetAsync(ImageSession session, ResourceQuery query, bool withInstances, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, new RunOptions(), query.Id ?? query.Name, operation =>
            ScaleSetReader.ReadAsync(operation, query, withInstances), cancellationToken);

    /// <summary>Makes scale sets, side by side, and writes each with its instances. Everything that can be checked is checked before a set's first
    /// change; the same command again waits for the set, or gives the one that it made. Each failure is reported and does not stop the others.</summary>
    /// <exception cref="ImageCmdletsException">Those of <see cref="Vms.VMService.NewAsync"/>; QuotaExceeded, ZoneNotSupported; ProvisioningFailed and
    /// others of Azure's later.</exception>
    public static Task NewAsync(ImageSession session, IReadOnlyList<NewScaleSetOptions> requests, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, requests[0].Machine.Name, operation =>
            operation.ForEachItemAsync(requests, (request, branch) => ScaleSetCreation.RunAsync(branch, request, run)), cancellationToken);

    /// <summary>Removes scale sets with their machines, side by side, and the virtual networks that were made for them and that nothing else uses.</summary>
    /// <param name="session">The session.</param>
    /// <param name="ids">The sets; one that is gone already, so that only what was made for it is removed.</param>
    /// <param name="removeGroup">Remove their resource groups too, if New-ImageScaleSet made them and nothing is left in them.</param>
    /// <param name="run">Time limit and parallelism; without waiting the networks stay.</param>
    /// <param name="sink">Where messages go.</param>
    /// <param name="cancellationToken">Stops the removal; what Azure has begun goes on.</param>
    /// <exception cref="ImageCmdletsException">ResourceNotFound; Azure's refusals.</exception>
    public static Task RemoveAsync(ImageSession session, IReadOnlyList<string> ids, bool removeGroup, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, ids[0], operation => ScaleSetRemoval.RunAsync(operation, ids, removeGroup, run), cancellationToken);
}
