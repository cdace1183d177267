using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Reads the machine that is being generalized, and waits for what it may become by itself.</summary>
internal sealed class MachineReader(Operation operation, string id)
{
    public ResourceId Id { get; } = VMReader.Resources.RequireId(id);

    public async Task<Machine> ReadAsync() =>
        new((await VMReader.GetAsync(operation, Id.Text).ConfigureAwait(false)).Body);

    /// <summary>The machine once no operation on it is under way: an interrupted run may have left one.</summary>
    /// <exception cref="ImageCmdletsException">ResourceBusy.</exception>
    public async Task<Machine> WaitUntilSettledAsync(Action<TimeSpan> onWait)
    {
        Watched<Machine> watched = await Watch
            .UntilAsync(operation, ReadAsync, machine => machine.IsSettled, GeneralizeLimits.Settle, onWait).ConfigureAwait(false);
        return watched.Reached
            ? watched.Last
            : throw new ImageCmdletsException(ErrorIds.ResourceBusy,
                $"Another operation on '{Id.Name}' has not ended within {GeneralizeLimits.Settle.TotalMinutes:0} minutes.", Id.Text);
    }

    /// <summary>The machine once its agent answers: after a start that takes some time.</summary>
    /// <exception cref="ImageCmdletsException">VMNotReady.</exception>
    public async Task<Machine> WaitUntilReadyAsync(Machine machine, Action<TimeSpan> onWait)
    {
        if (machine.IsReady)
            return machine;

        Watched<Machine> watched = await Watch
            .UntilAsync(operation, ReadAsync, seen => seen.IsReady, GeneralizeLimits.Agent, onWait).ConfigureAwait(false);
        return watched.Reached
            ? watched.Last
            : throw new ImageCmdletsException(ErrorIds.VMNotReady,
                $"The agent in '{Id.Name}' does not answer ({watched.Last.VM.AgentState ?? "no status"}): nothing can be run in the guest.", Id.Text,
                "Restart the virtual machine with Stop-ImageVM and Start-ImageVM, and look at its agent if that does not help.");
    }
}
