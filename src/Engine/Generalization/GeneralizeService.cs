using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Generalizes virtual machines.</summary>
public static class GeneralizeService
{
    /// <summary>The scripts that run in the guests, by the system that they are for.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Scripts =>
        [new("Windows", GuestScript.For(isWindows: true)), new("Linux", GuestScript.For(isWindows: false))];

    /// <summary>The cmdlet, as <see cref="OperationTags"/> names it.</summary>
    internal const string OperationName = "Invoke-Generalize";

    // The longest way through all steps; the limits of the steps themselves are shorter.
    private static readonly TimeSpan s_longestRun = TimeSpan.FromHours(2);

    /// <summary>Generalizes machines side by side and writes a <see cref="GeneralizeResult"/> for each whose guest was, or may have
    /// been, changed. The failure of one is reported and does not stop the others.</summary>
    /// <remarks>Source: <c>VirtualMachineRunCommands_CreateOrUpdate</c>, <c>VirtualMachines_Deallocate</c>,
    /// <c>VirtualMachines_Generalize</c>.</remarks>
    /// <exception cref="ImageCmdletsException">VMNotFound, VMNotReady, ResourceBusy, GeneralizeFailed, GeneralizeUnverified,
    /// OperationTimedOut, or what Azure refused.</exception>
    public static Task GeneralizeAsync(ImageSession session, IReadOnlyList<GeneralizeOptions> machines, RunOptions run, IOperationSink sink,
        CancellationToken cancellationToken)
    {
        int rounds = (machines.Count + run.ThrottleLimit - 1) / run.ThrottleLimit;
        RunOptions bounded = run with { Timeout = run.Timeout ?? TimeSpan.FromTicks(s_longestRun.Ticks * rounds) };
        return Operation.RunAsync(session, sink, bounded, machines[0].Id, operation =>
            operation.ForEachItemAsync(machines, (options, branch) => options.PreserveSource
                ? new CloneWorkflow(branch, options).RunAsync()
                : new GeneralizeWorkflow(branch, options, run.NoWait).RunAsync()),
            cancellationToken);
    }
}
