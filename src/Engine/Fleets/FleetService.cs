using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Fleets;

/// <summary>Makes many machines of one kind in several regions.</summary>
public static class FleetService
{
    /// <summary>The most machines that one command makes.</summary>
    public const int MostMachines = 1000;

    /// <summary>Makes machines until there are as many as asked for, side by side, and writes each as an <see cref="ImageVM"/> when it is ready, those that
    /// were there already too. Everything that can be checked is checked in all regions before the first change.</summary>
    /// <exception cref="ImageCmdletsException">InvalidArgument, and all of <see cref="Vms.VMService.NewAsync"/>; QuotaExceeded, ReplicasMissing, SubnetFull, ZoneNotSupported, RegionMismatch:
    /// one error names all that is short. Later one error for each machine that could not be made.</exception>
    public static Task NewAsync(ImageSession session, NewFleetOptions options, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        // The branches are those that ask for machines, and the one that looks for them; how many are made at once is the fleet's own matter.
        Operation.RunAsync(session, sink, run with { ThrottleLimit = FleetRun.Starters + 1 }, options.NamePrefix, operation => FleetCreation.RunAsync(operation, options, run), cancellationToken);

    /// <summary>Writes an <see cref="ImageReplicaMeasure"/> for each region.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId, InvalidLocation, ImageNotFound.</exception>
    public static Task MeasureAsync(ImageSession session, MeasureReplicaOptions options, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, new RunOptions(), options.Id, async operation =>
        {
            ResourceId id = ResourceId.TryParse(options.Id) is { } parsed && (parsed.Is(ResourceTypes.GalleryImageVersion) || parsed.Is(ResourceTypes.GalleryImage))
                ? parsed
                : throw new ImageCmdletsException(ErrorIds.InvalidResourceId, $"'{options.Id}' is not the id of an image version or image definition.", options.Id, "Pass what Get-ImageVersion or Get-ImageDefinition gives.");
            foreach (ImageReplicaMeasure measure in await FleetReplicas.MeasureAsync(operation, id, options).ConfigureAwait(false))
                await operation.WriteAsync(measure).ConfigureAwait(false);
        }, cancellationToken);
}
