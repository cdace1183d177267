using System.Text.Json;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Restoring;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>Takes, reads, restores and removes snapshots.</summary>
public static class SnapshotService
{
    private static readonly ResourceReader s_reader = new(ResourceTypes.Snapshot, ErrorIds.SnapshotNotFound);

    /// <summary>Writes each snapshot that fits as an <see cref="ImageSnapshot"/>, as soon as Azure sends it.</summary>
    /// <remarks>Source: <c>Snapshots_Get</c>, <c>Snapshots_List</c>, <c>Snapshots_ListByResourceGroup</c>.</remarks>
    public static Task GetAsync(ImageSession session, ResourceQuery query, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, new RunOptions(), query.Id ?? query.Name, operation =>
            s_reader.ReadAsync(operation, query, item => operation.WriteAsync(SnapshotMapper.Map(item))), cancellationToken);

    /// <summary>Takes snapshots of disks, and of every disk of virtual machines and images, side by side; writes each <see cref="ImageSnapshot"/>.</summary>
    /// <exception cref="ImageCmdletsException">InvalidArgument: two snapshots would get one name; InvalidResourceName; ResourceGroupNotFound;
    /// and for one source also VMNotFound, DiskNotFound, ImageNotFound, RegionMismatch, OperationNotSupported, ResourceAlreadyExists. Nothing
    /// was changed by then.</exception>
    public static Task CreateAsync(ImageSession session, IReadOnlyList<NewSnapshotOptions> items, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, items[0].Source, operation => SnapshotCreation.RunAsync(operation, items, run), cancellationToken);

    /// <summary>Makes a disk of each snapshot, side by side; writes each <see cref="ManagedDisk"/>.</summary>
    /// <exception cref="ImageCmdletsException">For one snapshot: SnapshotNotFound, SnapshotNotComplete, InvalidArgument, InvalidResourceName,
    /// ResourceAlreadyExists. Nothing was changed by then.</exception>
    public static Task RestoreAsync(ImageSession session, IReadOnlyList<RestoreSnapshotOptions> items, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, items[0].Source, operation =>
            operation.ForEachItemAsync(items, (item, branch) => SnapshotRestoring.RestoreAsync(branch, item, run)), cancellationToken);

    /// <summary>Gives virtual machines the disks back that snapshots were taken of, side by side; writes each <see cref="ImageVM"/>.</summary>
    /// <remarks>The disks that were there are kept, but for those that go with a generalized machine, which is removed and made again.</remarks>
    /// <exception cref="ImageCmdletsException">SnapshotNotFound, SnapshotNotComplete, InvalidArgument, VMNotFound, RegionMismatch,
    /// OSTypeMismatch, HyperVGenerationMismatch, OperationNotSupported: nothing was changed by then.</exception>
    public static Task RestoreToVMAsync(ImageSession session, IReadOnlyList<RestoreSnapshotOptions> items, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, items[0].Source, async operation =>
        {
            IReadOnlyList<RestorePlan> plans = await RestorePlanner.PlanAsync(operation, items).ConfigureAwait(false);
            await operation.ForEachItemAsync(plans, (plan, branch) => new VMRestoration(branch, plan).RunAsync()).ConfigureAwait(false);
        }, cancellationToken);

    /// <summary>Makes virtual machines of the snapshots of one set each, side by side; writes each <see cref="ImageVM"/>.</summary>
    /// <exception cref="ImageCmdletsException">SnapshotNotFound, SnapshotNotComplete, InvalidArgument, RegionMismatch, OSStateMismatch,
    /// OperationNotSupported, ResourceGroupNotFound, ResourceAlreadyExists, InvalidVMSize, and what does not fit together as with
    /// New-ImageVM: nothing was changed by then.</exception>
    public static Task RestoreToNewVMAsync(ImageSession session, IReadOnlyList<RestoreSnapshotOptions> items, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, items[0].Source, async operation =>
        {
            IReadOnlyList<NewVMPlan> plans = await NewVMPlanner.PlanAsync(operation, items).ConfigureAwait(false);
            await operation.ForEachItemAsync(plans, (plan, branch) => new NewVMRestoration(branch, plan).RunAsync()).ConfigureAwait(false);
        }, cancellationToken);

    /// <summary>Removes snapshots, side by side; each failure is reported and does not stop the others.</summary>
    /// <remarks>Source: <c>Snapshots_Delete</c>.</remarks>
    public static Task RemoveAsync(ImageSession session, IReadOnlyList<string> ids, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, ids[0], operation =>
            operation.ForEachItemAsync(ids, (id, branch) => ResourceRemoval.RemoveAsync(branch, s_reader.RequireId(id), run)), cancellationToken);

    internal static Task<JsonElement> ReadAsync(Operation operation, string id) => s_reader.ReadOneAsync(operation, id);
}
