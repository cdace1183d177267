using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.ImageScripts;

/// <summary>Runs scripts of the user's in machines that are to become images.</summary>
public static class ImageScriptService
{
    /// <summary>The cmdlet, as <see cref="OperationTags"/> names it.</summary>
    internal const string OperationName = "Invoke-ImageScript";

    /// <summary>Runs scripts in machines, side by side in all of them and one after the other in each, and writes an <see cref="ImageScriptResult"/>
    /// for each script. The failure of one machine is reported and does not stop the others.</summary>
    /// <remarks>Source: <c>VirtualMachineRunCommands_CreateOrUpdate</c>.</remarks>
    /// <exception cref="ImageCmdletsException">VMNotFound, VMNotReady, GuestScriptFailed, ResourceBusy, ResourceAlreadyExists,
    /// OperationTimedOut, or what Azure refused.</exception>
    public static Task RunAsync(ImageSession session, IReadOnlyList<ImageScriptOptions> machines, RunOptions run, IOperationSink sink, CancellationToken cancellationToken)
    {
        int rounds = (machines.Count + run.ThrottleLimit - 1) / run.ThrottleLimit;
        int scripts = machines.Max(machine => machine.Script.Count);
        RunOptions bounded = run with { Timeout = run.Timeout ?? TimeSpan.FromTicks(MachineScripts.Longest.Ticks * rounds * scripts) };
        return Operation.RunAsync(session, sink, bounded, machines[0].Id, operation =>
            operation.ForEachItemAsync(machines, (options, branch) => new MachineScripts(branch, options).RunAsync()), cancellationToken);
    }
}
