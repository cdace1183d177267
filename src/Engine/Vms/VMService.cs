using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Vms;

/// <summary>Makes, reads, starts, stops and removes virtual machines.</summary>
public static class VMService
{
    /// <summary>Writes each machine that fits as an <see cref="ImageVM"/>, as soon as Azure sends it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="query">Which are meant.</param>
    /// <param name="withStatus">Read the power state of each machine of a list too; a single machine always has it.</param>
    /// <param name="sink">Where the machines go.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ImageCmdletsException">VMNotFound where the one machine meant does not exist.</exception>
    public static Task GetAsync(ImageSession session, ResourceQuery query, bool withStatus, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, new RunOptions(), query.Id ?? query.Name, operation =>
            VMReader.ReadAsync(operation, query, withStatus), cancellationToken);

    /// <summary>Makes machines, side by side, and writes each when it runs. Everything that can be checked is checked before the first
    /// change; each failure is reported and does not stop the others.</summary>
    /// <exception cref="ImageCmdletsException">InvalidArgument, InvalidResourceName, InvalidLocation, InvalidVMSize, InvalidPassword, InvalidImageUrn,
    /// InvalidImageReference, MarketplaceImageNotFound, ImageNotFound, ResourceGroupNotFound, RegionMismatch, HyperVGenerationMismatch,
    /// ArchitectureMismatch, SecurityTypeNotSupported, MarketplaceTermsNotAccepted, SkuNotAvailable, ResourceAlreadyExists; ProvisioningFailed and others
    /// of Azure's later.</exception>
    public static Task NewAsync(ImageSession session, IReadOnlyList<NewVMOptions> requests, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, requests[0].Name, operation => VMCreation.RunAsync(operation, requests, run), cancellationToken);

    /// <summary>Starts or stops machines, side by side, and writes each as it is then. Each failure is reported and does not stop the others.</summary>
    /// <exception cref="ImageCmdletsException">VMNotFound; VMIsGeneralized where such a machine is to be started.</exception>
    public static Task ChangePowerAsync(ImageSession session, IReadOnlyList<string> ids, VMPowerAction action, RunOptions run, IOperationSink sink,
        CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, ids[0], operation =>
            operation.ForEachItemAsync(ids, (id, branch) => VMPower.ChangeAsync(branch, id, action, run)), cancellationToken);

    /// <summary>Removes machines and what New-ImageVM made for them, side by side. Each failure is reported and does not stop the others.</summary>
    /// <exception cref="ImageCmdletsException">VMNotFound: neither the machine nor anything made for it is there.</exception>
    public static Task RemoveAsync(ImageSession session, IReadOnlyList<RemoveVMOptions> targets, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, targets[0].Id, operation => VMRemoval.RunAsync(operation, targets, run), cancellationToken);
}
