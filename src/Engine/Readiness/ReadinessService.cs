using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Readiness;

/// <summary>Looks whether virtual machines can be generalized, and mends what can be mended safely.</summary>
public static class ReadinessService
{
    /// <summary>Looks at machines side by side and writes an <see cref="ImageReadiness"/> for each. The failure of one is reported and does
    /// not stop the others.</summary>
    /// <remarks>Source: <c>VirtualMachines_Get</c>, <c>Disks_Get</c>, <c>ManagementLocks_ListAtSubscriptionLevel</c>,
    /// <c>VirtualMachineRunCommands_CreateOrUpdate</c>.</remarks>
    /// <exception cref="ImageCmdletsException">VMNotFound, InvalidArgument, ResourceBusy, ResourceAlreadyExists, OperationTimedOut, or what Azure refused.</exception>
    public static Task TestAsync(ImageSession session, IReadOnlyList<TestReadinessOptions> machines, RunOptions run, IOperationSink sink,
        CancellationToken cancellationToken) =>
        RunAsync(session, machines, machines[0].Id, run, sink, async (options, branch) =>
        {
            ImageReadiness readiness = await new ReadinessInspection(branch, options).RunAsync().ConfigureAwait(false);
            ImageFinding[] fixable = options.Fix ? [.. readiness.Finding.Where(finding => finding.CanFix)] : [];
            if (fixable.Length > 0)
                readiness = await new ReadinessMending(branch, options).RunAsync(fixable).ConfigureAwait(false);
            await branch.WriteAsync(readiness).ConfigureAwait(false);
        }, cancellationToken);

    /// <summary>Mends what the user agreed to, looks at the machines again, and writes an <see cref="ImageReadiness"/> for each.</summary>
    /// <remarks>Source: <c>VirtualMachineRunCommands_CreateOrUpdate</c>.</remarks>
    /// <exception cref="ImageCmdletsException">As <see cref="TestAsync"/>, and VMNotReady.</exception>
    public static Task FixAsync(ImageSession session, IReadOnlyList<FixReadinessOptions> machines, RunOptions run, IOperationSink sink,
        CancellationToken cancellationToken) =>
        RunAsync(session, machines, machines[0].Test.Id, run, sink, async (options, branch) =>
            await branch.WriteAsync(await new ReadinessMending(branch, options.Test).RunAsync(options.Finding).ConfigureAwait(false)).ConfigureAwait(false),
            cancellationToken);

    /// <summary>How a finding would be mended; null when this module cannot.</summary>
    public static ReadinessFix? DescribeFix(ImageFinding finding) => ReadinessFixes.Find(finding);

    private static Task RunAsync<T>(ImageSession session, IReadOnlyList<T> machines, string target, RunOptions run, IOperationSink sink,
        Func<T, Operation, Task> work, CancellationToken cancellationToken)
    {
        int rounds = (machines.Count + run.ThrottleLimit - 1) / run.ThrottleLimit;
        RunOptions bounded = run with { Timeout = run.Timeout ?? TimeSpan.FromTicks(ReadinessLimits.Longest.Ticks * rounds) };
        return Operation.RunAsync(session, sink, bounded, target, operation => operation.ForEachItemAsync(machines, work), cancellationToken);
    }
}
