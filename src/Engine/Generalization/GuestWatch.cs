using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Waits for the answer of a script in a guest, and looks at the machine now and then: the run command of a machine that was
/// switched off or started again says "Running" for good, and that of a machine that was deleted is merely gone.</summary>
internal sealed class GuestWatch(Operation operation, MachineReader reader, GuestCommand command)
{
    // Azure allows 12 reads of a machine and of what belongs to it a minute, of which the run command takes four to twelve.
    private const int LooksAtMachine = 4;

    /// <summary>Asks the guest, where it may have been started again since the script began; null: nobody asks.</summary>
    public GuestRestart? Restart { get; init; }

    /// <summary>The step that the run command is for; null: it does not matter.</summary>
    public string? Step { get; init; }

    /// <exception cref="ImageCmdletsException">VMNotFound: the machine was deleted.</exception>
    public Task<Watched<GuestLook>> WaitAsync(TimeSpan limit, Action<TimeSpan>? onWait)
    {
        int looks = 0;
        return Watch.UntilAsync(operation, () => LookAsync(++looks), static look => look.IsLast, limit, onWait);
    }

    private async Task<GuestLook> LookAsync(int count)
    {
        GuestCommandView? view = await command.FindAsync().ConfigureAwait(false);
        bool isTaken = view is null || (Step is not null && view.Step != Step);
        if (!isTaken && (view!.HasEnded || count % LooksAtMachine != 0))
            return new GuestLook(view);

        Machine machine = await reader.ReadAsync().ConfigureAwait(false);
        return new GuestLook(view, machine)
        {
            IsTaken = isTaken,
            IsCutOff = !isTaken && Restart is not null && machine.IsReady && await Restart.MayHaveEndedAsync(machine, view!).ConfigureAwait(false),
        };
    }
}
