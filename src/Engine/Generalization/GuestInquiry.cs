using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Runs scripts of this module in a guest, one after the other, through the one run command that a purpose has on a machine. What
/// an interrupted run left is gone on with, or taken away.</summary>
internal sealed class GuestInquiry(Operation operation, MachineReader reader, GuestCommandPurpose purpose, Action<TimeSpan> onWait)
{
    // Azure's own way to the guest and back.
    private static readonly TimeSpan s_transport = TimeSpan.FromMinutes(2);

    // Two of the same command on one machine take each other's run command away, once each.
    private const int MostAttempts = 3;

    private readonly GuestCommand _command = new(operation, reader.Id, purpose);

    /// <summary>From the handing over of a script to its answer.</summary>
    public TimeSpan Limit => purpose.Limit + s_transport;

    /// <summary>Runs a script that always answers the same; one that an earlier run began and that still runs is waited for instead.</summary>
    /// <returns>The run command as it ended, or as it is when the limit is over.</returns>
    /// <exception cref="ImageCmdletsException">VMNotReady, ResourceAlreadyExists, ResourceBusy, or why Azure could not hand it over.</exception>
    public async Task<Watched<GuestCommandView?>> ResumeAsync(Machine machine, string script)
    {
        Watched<GuestCommandView?> watched = await TryResumeAsync(machine, script).ConfigureAwait(false);
        for (int attempt = 1; attempt < MostAttempts && watched.Last is null; attempt++)
            watched = await TryResumeAsync(machine, script).ConfigureAwait(false);
        return watched;
    }

    private async Task<Watched<GuestCommandView?>> TryResumeAsync(Machine machine, string script)
    {
        GuestCommandView? found = await FindOursAsync().ConfigureAwait(false);
        if (found is { HasEnded: false } && found.Step == purpose.Step)
        {
            Watched<GuestCommandView?> watched = await WatchAsync(found.StartTime).ConfigureAwait(false);
            if (watched is { Reached: true, Last.IsNotDelivered: false })
                return watched;

            found = watched.Last;
        }

        return await BeginAsync(machine, found, script, purpose.Step, null).ConfigureAwait(false);
    }

    /// <summary>Runs a script whose answer depends on its parameters or that changes something.</summary>
    /// <param name="machine">The machine as it was seen last.</param>
    /// <param name="script">A script of this module.</param>
    /// <param name="parameters">Checked values for the script; null: none.</param>
    /// <param name="step">What it is for, in the command's tags; null: the purpose's own step.</param>
    /// <returns>The run command as it ended, or as it is when the limit is over.</returns>
    /// <exception cref="ImageCmdletsException">As <see cref="ResumeAsync"/>.</exception>
    public async Task<Watched<GuestCommandView?>> RunAsync(
        Machine machine, string script, IReadOnlyDictionary<string, string>? parameters = null, string? step = null) =>
        await BeginAsync(machine, await FindOursAsync().ConfigureAwait(false), script, step ?? purpose.Step, parameters).ConfigureAwait(false);

    /// <summary>Runs a script, takes its run command away, and gives what it printed.</summary>
    /// <exception cref="ImageCmdletsException">As <see cref="ResumeAsync"/>; VMNotReady also when no answer came in time.</exception>
    public async Task<GuestCommandView> AskAsync(Machine machine, string script, IReadOnlyDictionary<string, string>? parameters = null)
    {
        GuestCommandView view = await AnswerAsync(machine, script, parameters).ConfigureAwait(false);
        await RemoveAsync().ConfigureAwait(false);
        return view;
    }

    /// <summary>Runs a script and gives what it printed; its run command stays.</summary>
    /// <exception cref="ImageCmdletsException">As <see cref="AskAsync"/>.</exception>
    public async Task<GuestCommandView> AnswerAsync(Machine machine, string script, IReadOnlyDictionary<string, string>? parameters = null, string? step = null)
    {
        Watched<GuestCommandView?> watched = await TryAskAsync(machine, script, parameters, step).ConfigureAwait(false);
        for (int attempt = 1; attempt < MostAttempts && watched.Last is null; attempt++)
            watched = await TryAskAsync(machine, script, parameters, step).ConfigureAwait(false);
        if (!watched.Reached)
        {
            throw new ImageCmdletsException(ErrorIds.VMNotReady,
                $"'{machine.Name}' did not answer within {Limit.TotalMinutes:0} minutes (the run command says {watched.Last}).", machine.Id,
                "Its agent may have died: restart the virtual machine with Stop-ImageVM and Start-ImageVM. Run again, the command goes on.");
        }

        if (watched.Last is not { } view)
        {
            throw new ImageCmdletsException(ErrorIds.VMNotReady,
                $"Somebody removed the run command {purpose.Name} on '{machine.Name}' before it had answered.", machine.Id);
        }

        return view;
    }

    /// <summary>What an interrupted run's script of a step came to: waited for where it still runs; its run command stays. A script that
    /// failed while nobody watched counts for nothing, as it is to be run again anyway.</summary>
    /// <returns>Null: there was none, or it is not known how it ended.</returns>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists; VMNotReady: the machine was stopped.</exception>
    public async Task<GuestCommandView?> TakeOverAsync(string step)
    {
        GuestCommandView? found = await FindOursAsync().ConfigureAwait(false);
        if (found?.Step != step)
            return null;

        GuestCommandView? end = found.HasEnded ? found : (await WatchAsync(found.StartTime).ConfigureAwait(false)).Last;
        return end is not { HasEnded: true, IsNotDelivered: false } || (found.HasEnded && !found.IsGood) ? null : end;
    }

    /// <summary>Takes away what an interrupted run has left, if there is anything.</summary>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists.</exception>
    public async Task RemoveIfThereAsync()
    {
        if (await FindOursAsync().ConfigureAwait(false) is not null)
            await RemoveAsync().ConfigureAwait(false);
    }

    private async Task<Watched<GuestCommandView?>> TryAskAsync(Machine machine, string script, IReadOnlyDictionary<string, string>? parameters, string? step)
    {
        try
        {
            return await RunAsync(machine, script, parameters, step).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception) when (exception.ErrorId == ErrorIds.VMExtensionFailed)
        {
            await RemoveAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Takes the run command away. What is left of it is a blemish: a warning, no failure.</summary>
    public async Task RemoveAsync()
    {
        string? failure;
        try
        {
            failure = await _command.RemoveAsync().ConfigureAwait(false) ? null : "The agent did not remove it in time.";
        }
        catch (ImageCmdletsException exception)
        {
            failure = exception.Message;
        }

        if (failure is not null)
            operation.Warning($"The run command {purpose.Name} is left on '{reader.Id.Name}': {failure}");
    }

    private async Task<GuestCommandView?> FindOursAsync()
    {
        GuestCommandView? found = await _command.FindAsync().ConfigureAwait(false);
        return found is null or { IsOurs: true }
            ? found
            : throw new ImageCmdletsException(ErrorIds.ResourceAlreadyExists,
                $"'{reader.Id.Name}' has a run command {purpose.Name} that this module did not make.", reader.Id.Text,
                "Remove that run command first.");
    }

    private async Task<Watched<GuestCommandView?>> BeginAsync(
        Machine machine, GuestCommandView? inTheWay, string script, string step, IReadOnlyDictionary<string, string>? parameters)
    {
        Machine ready = await reader.WaitUntilReadyAsync(machine, onWait).ConfigureAwait(false);
        // A script that changes something is not cut off half-way.
        if (inTheWay is { HasEnded: false })
            await WatchAsync(inTheWay.StartTime).ConfigureAwait(false);
        if (inTheWay is not null && !await _command.RemoveAsync().ConfigureAwait(false))
        {
            throw new ImageCmdletsException(ErrorIds.ResourceBusy,
                $"The run command of an earlier run on '{machine.Name}' does not go away.", machine.Id);
        }

        ArmAnswer begun = await _command.BeginAsync(ready.VM.Location!, script, step, parameters).ConfigureAwait(false);
        Watched<GuestCommandView?> watched = await WatchAsync(null).ConfigureAwait(false);
        // Only the operation that began it says why Azure could not hand it over.
        return watched.Last is { IsNotDelivered: true } && !await _command.WaitAsync(begun, onWait).ConfigureAwait(false)
            ? new Watched<GuestCommandView?>(null, Reached: true)
            : watched;
    }

    // One of a machine that was started again says for ever that it runs: nothing is waited for beyond what it has of its time.
    private async Task<Watched<GuestCommandView?>> WatchAsync(DateTimeOffset? begun)
    {
        TimeSpan limit = Limit - (operation.Clock.UtcNow - (begun ?? operation.Clock.UtcNow));
        Watched<GuestLook> watched = await new GuestWatch(operation, reader, _command).WaitAsync(limit, onWait).ConfigureAwait(false);
        return watched.Last is { View.HasEnded: false, Machine: { IsDown: true } machine }
            ? throw new ImageCmdletsException(ErrorIds.VMNotReady, $"'{machine.Name}' was stopped before it had answered.", machine.Id, "Start it with Start-ImageVM, and run the command again.")
            : new Watched<GuestCommandView?>(watched.Last.View, watched.Reached);
    }
}
