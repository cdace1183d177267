using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Finds out whether a machine was started again since a script began in it. Nothing of Azure's says so: the run command says
/// "Running" for good (its handler in the guest wrote that before it began, and does not run a command twice), and of the last operation
/// on the machine Azure shows when it ended, not what it was. A tag or a disk may have been changed while the script runs on; so the guest is
/// asked when it was booted.</summary>
/// <remarks>Source: Azure/run-command-handler-linux, <c>ProcessHandlerCommandWithDetails</c> and <c>enablePre</c>.</remarks>
internal sealed class GuestRestart(Operation operation, MachineReader reader, Action<TimeSpan> onWait)
{
    // A restart that nobody asked Azure for shows nowhere: after these times the guest is asked all the same.
    private static readonly TimeSpan s_usualOnWindows = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_usualOnLinux = TimeSpan.FromMinutes(3);

    // What asks is itself an operation on the machine.
    private DateTimeOffset? _asked;

    /// <summary>Whether a restart has ended what a run command began: a script that has not answered, or the job that a Linux guest has
    /// answered to have scheduled.</summary>
    /// <exception cref="ImageCmdletsException">VMNotReady, ResourceBusy: the guest cannot be asked.</exception>
    public async Task<bool> HasEndedAsync(Machine machine, GuestCommandView view)
    {
        if (!machine.IsRunning || !IsDoubtful(machine, view) || !await ComesToAnswerAsync(machine).ConfigureAwait(false))
            return false;

        operation.Verbose($"The guest of '{machine.Name}' is asked whether it was started again since its script began.");
        GuestCommandView answer = await new GuestInquiry(operation, reader, StateInspection.OwnPurpose, onWait)
            .AskAsync(machine, StateInspection.ScriptFor(machine)).ConfigureAwait(false);
        _asked = operation.Clock.UtcNow;
        // Both times are of the guest's own clock.
        if (GuestStateReport.Find(answer.Output)?.Time("BootTime") is not { } booted || !(booted > view.StartTime))
            return false;

        operation.Warning($"'{machine.Name}' was started again at {booted:u}, which ended what an earlier script of Invoke-Generalize had begun in its guest.");
        return true;
    }

    /// <summary>The same of a guest that may be starting or shutting down: one that does not answer may be asked again later.</summary>
    public async Task<bool> MayHaveEndedAsync(Machine machine, GuestCommandView view)
    {
        try
        {
            return await HasEndedAsync(machine, view).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception) when (exception.ErrorId != ErrorIds.VMNotFound)
        {
            operation.Verbose($"The guest of '{machine.Name}' does not say when it was started: {exception.Message}");
            return false;
        }
    }

    private bool IsDoubtful(Machine machine, GuestCommandView view)
    {
        if ((view.EndTime ?? view.StartTime) is not { } begin)
            return false;

        DateTimeOffset since = _asked > begin ? _asked.Value : begin;
        // A Linux guest that has answered is not to be disturbed in the minutes in which it stops its agent.
        return (!view.HasEnded && machine.HasChangedSince(since)) || operation.Clock.UtcNow - since > (machine.IsWindows ? s_usualOnWindows : s_usualOnLinux);
    }

    // One that has just been started takes a while; one that deprovisions itself stops its agent, and then itself.
    private async Task<bool> ComesToAnswerAsync(Machine machine) => machine.IsReady || (await Watch
        .UntilAsync(operation, reader.ReadAsync, static seen => seen.IsReady || !seen.IsRunning, GeneralizeLimits.Agent, onWait).ConfigureAwait(false)).Last.IsRunning;
}
