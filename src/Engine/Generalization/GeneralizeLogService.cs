using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Reads the logs of sysprep, of the agent and of cloud-init in virtual machines.</summary>
public static class GeneralizeLogService
{
    // Some hundred parts of a log, each a run command of some seconds.
    private static readonly TimeSpan s_longestRun = TimeSpan.FromHours(1);

    /// <summary>Reads logs of machines side by side and writes a <see cref="GeneralizeLog"/> for each. What fails of one is reported and does
    /// not stop the others.</summary>
    /// <remarks>Source: <c>VirtualMachineRunCommands_CreateOrUpdate</c>.</remarks>
    /// <exception cref="ImageCmdletsException">VMNotFound, VMNotReady, OSTypeMismatch, FileNotFound, InvalidResponse, ResourceBusy,
    /// ResourceAlreadyExists, OperationTimedOut, or what Azure refused.</exception>
    public static Task GetAsync(ImageSession session, IReadOnlyList<GetGeneralizeLogOptions> machines, RunOptions run, IOperationSink sink,
        CancellationToken cancellationToken)
    {
        int rounds = (machines.Count + run.ThrottleLimit - 1) / run.ThrottleLimit;
        RunOptions bounded = run with { Timeout = run.Timeout ?? TimeSpan.FromTicks(s_longestRun.Ticks * rounds) };
        return Operation.RunAsync(session, sink, bounded, machines[0].Id, operation =>
            operation.ForEachItemAsync(machines, (options, branch) => new LogCollection(branch, options).RunAsync()), cancellationToken);
    }
}
