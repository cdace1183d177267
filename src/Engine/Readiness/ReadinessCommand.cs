using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Readiness;

/// <summary>Runs one script after the other in a guest, through the one run command that this subject has on a machine. What an
/// interrupted run left is gone on with, or taken away.</summary>
internal sealed class ReadinessCommand(Operation operation, MachineReader reader, Action<TimeSpan> onWait)
{
    /// <summary>The run command's name.</summary>
    public const string Name = "imagecmdlets-readiness";

    private static readonly GuestCommandPurpose s_purpose = new(Name, "Test-ImageReadiness", "Inspect", ReadinessLimits.Script);

    private readonly GuestCommand _command = new(operation, reader.Id, s_purpose);

    /// <summary>Runs a script that only looks; one that an earlier run began and that still runs is waited for instead.</summary>
    /// <returns>The run command as it ended, or as it is when the limit is over.</returns>
    /// <exception cref="ImageCmdletsException">VMNotReady, ResourceAlreadyExists, ResourceBusy, or why Azure could not hand it over.</exception>
    public async Task<Watched<GuestCommandView?>> InspectAsync(Machine machine, string script)
    {
        GuestCommandView? found = await FindOursAsync().ConfigureAwait(false);
        if (found is { HasEnded: false } && found.Step == s_purpose.Step)
        {
            Watched<GuestCommandView?> watched = await WatchAsync().ConfigureAwait(false);
            if (watched is { Reached: true, Last.IsNotDelivered: false })
                return watched;

            found = watched.Last;
        }

        return await RunAsync(machine, found, script, s_purpose.Step, null).ConfigureAwait(false);
    }

    /// <summary>Runs a script that changes something.</summary>
    public async Task<Watched<GuestCommandView?>> ChangeAsync(Machine machine, string script, string step, IReadOnlyDictionary<string, string> parameters) =>
        await RunAsync(machine, await FindOursAsync().ConfigureAwait(false), script, step, parameters).ConfigureAwait(false);

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
            operation.Warning($"The run command {Name} is left on '{reader.Id.Name}': {failure}");
    }

    private async Task<GuestCommandView?> FindOursAsync()
    {
        GuestCommandView? found = await _command.FindAsync().ConfigureAwait(false);
        return found is null or { IsOurs: true }
            ? found
            : throw new ImageCmdletsException(ErrorIds.ResourceAlreadyExists,
                $"'{reader.Id.Name}' has a run command {Name} that this module did not make.", reader.Id.Text,
                "Remove that run command first, or pass -SkipInGuest.");
    }

    private async Task<Watched<GuestCommandView?>> RunAsync(
        Machine machine, GuestCommandView? inTheWay, string script, string step, IReadOnlyDictionary<string, string>? parameters)
    {
        Machine ready = await reader.WaitUntilReadyAsync(machine, onWait).ConfigureAwait(false);
        // A script that changes something is not cut off half-way.
        if (inTheWay is { HasEnded: false })
            await WatchAsync().ConfigureAwait(false);
        if (inTheWay is not null && !await _command.RemoveAsync().ConfigureAwait(false))
        {
            throw new ImageCmdletsException(ErrorIds.ResourceBusy,
                $"The run command of an earlier run on '{machine.Name}' does not go away.", machine.Id);
        }

        ArmAnswer begun = await _command.BeginAsync(ready.VM.Location!, script, step, parameters).ConfigureAwait(false);
        Watched<GuestCommandView?> watched = await WatchAsync().ConfigureAwait(false);
        // Only the operation that began it says why Azure could not hand it over.
        if (watched.Last is { IsNotDelivered: true })
            await operation.Poller.WaitAsync(begun, machine.Id, onWait, operation.CancellationToken).ConfigureAwait(false);
        return watched;
    }

    private Task<Watched<GuestCommandView?>> WatchAsync() =>
        Watch.UntilAsync(operation, _command.FindAsync, view => view is null or { HasEnded: true }, ReadinessLimits.Answer, onWait);
}
