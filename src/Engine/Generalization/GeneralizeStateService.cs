using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Tells how far virtual machines are with being generalized.</summary>
public static class GeneralizeStateService
{
    private static readonly TimeSpan s_longestRun = TimeSpan.FromMinutes(30);

    /// <summary>Reads machines side by side and writes a <see cref="GeneralizeState"/> for each. The failure of one is reported and does not
    /// stop the others.</summary>
    /// <remarks>Source: <c>VirtualMachines_Get</c>, <c>Tags_GetAtScope</c>, <c>VirtualMachineRunCommands_CreateOrUpdate</c>.</remarks>
    /// <exception cref="ImageCmdletsException">VMNotFound, ResourceBusy, ResourceAlreadyExists, OperationTimedOut, or what Azure refused.</exception>
    public static Task GetAsync(ImageSession session, IReadOnlyList<GetGeneralizeStateOptions> machines, RunOptions run, IOperationSink sink,
        CancellationToken cancellationToken)
    {
        int rounds = (machines.Count + run.ThrottleLimit - 1) / run.ThrottleLimit;
        RunOptions bounded = run with { Timeout = run.Timeout ?? TimeSpan.FromTicks(s_longestRun.Ticks * rounds) };
        return Operation.RunAsync(session, sink, bounded, machines[0].Id, operation =>
            operation.ForEachItemAsync(machines, async (options, branch) =>
                await branch.WriteAsync(await new StateInspection(branch, options).RunAsync().ConfigureAwait(false)).ConfigureAwait(false)), cancellationToken);
    }
}
