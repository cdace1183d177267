using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.ImageTests;

/// <summary>Tests images by machines that are made of them.</summary>
public static class ImageTestService
{
    /// <summary>The most machines of one test.</summary>
    public const int MostMachines = 20;

    /// <summary>The names of this module's own checks, which no check of the user's can have.</summary>
    public static IReadOnlyList<string> OwnChecks { get; } = ["Provisioning", "Agent", "Identity", .. MachineIdentity.KindsOf(isWindows: false).Concat(MachineIdentity.KindsOf(isWindows: true)).Distinct()];

    /// <summary>Tests images side by side and writes an <see cref="ImageTestResult"/> for each. What could not be tested for reasons that are not the
    /// image's is reported, and does not stop the others. The temporary group of each goes, unless it is to be kept; that of an interrupted run is
    /// removed by the same call.</summary>
    /// <remarks>Source: <c>ResourceGroups_CreateOrUpdate</c>, <c>VirtualMachines_CreateOrUpdate</c>, <c>VirtualMachineRunCommands_CreateOrUpdate</c>,
    /// <c>VirtualMachines_RetrieveBootDiagnosticsData</c>, <c>ResourceGroups_Delete</c>.</remarks>
    /// <exception cref="ImageCmdletsException">InvalidResourceId, ImageNotFound, ResourceAlreadyExists, and all of <see cref="Vms.VMService.NewAsync"/>.</exception>
    public static Task TestAsync(ImageSession session, IReadOnlyList<TestImageOptions> images, RunOptions run, IOperationSink sink, CancellationToken cancellationToken)
    {
        int rounds = (images.Count + run.ThrottleLimit - 1) / run.ThrottleLimit;
        TimeSpan limit = run.Timeout ?? TimeSpan.FromTicks(ImageTestLimits.Longest.Ticks * rounds);
        return Operation.RunAsync(session, sink, run with { Timeout = limit }, images[0].Id, operation =>
            operation.ForEachItemAsync(images, async (image, branch) =>
                await branch.WriteAsync(await new ImageTest(branch, image, limit).RunAsync().ConfigureAwait(false)).ConfigureAwait(false)), cancellationToken);
    }
}
