using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>The part of a generalization that happens in the guest: begin it or find it begun, wait for the answer, and see it
/// proven.</summary>
internal sealed class GuestStep(Operation operation, MachineReader reader, GeneralizeTimeline timeline, bool noWait)
{
    public const string BeginName = "GuestStep";
    public const string VerifyName = "VerifyGuest";

    private readonly GuestCommand _command = new(operation, reader.Id);
    private ArmAnswer? _begun;

    /// <summary>Whether the guest was, or may have been, changed by this run.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>What the user wants of the guest.</summary>
    public GeneralizeOptions? Options { get; init; }

    /// <summary>The machine as it was seen last.</summary>
    public Machine? Latest { get; private set; }

    /// <summary>Whether an earlier run has handed the script to the guest, or has seen it proven.</summary>
    public async Task<bool> IsBegunAsync(Machine machine)
    {
        GuestCommandView? found = await FindOursAsync().ConfigureAwait(false);
        return machine.IsRunning
            ? IsGuestStep(found)
            : (IsGuestStep(found) && found!.HasEnded) || await new GuestProof(operation, machine).FindAsync().ConfigureAwait(false) is not null;
    }

    /// <summary>Whether what an earlier run handed to the guest still runs, or has an answer that is not to be asked for again.</summary>
    public async Task<bool> IsUnderWayAsync(Machine machine) =>
        await FindOursAsync().ConfigureAwait(false) is { } found && IsGuestStep(found) && IsWorthWatching(machine, found);

    /// <exception cref="ImageCmdletsException">VMNotReady: the guest cannot be asked.</exception>
    public async Task<GuestVerdict> RunAsync(Machine machine)
    {
        Latest = machine;
        GuestCommandView? found = await FindOursAsync().ConfigureAwait(false);
        if (!machine.IsRunning)
            return await JudgeStoppedAsync(machine, found).ConfigureAwait(false);

        bool isUnderWay = found is not null && IsGuestStep(found) && IsWorthWatching(machine, found);
        await timeline.RunAsync(BeginName, 5, async () =>
        {
            if (isUnderWay)
                return (GeneralizeTimeline.Succeeded, $"Found under way since {found!.StartTime:u}.");

            await BeginAsync(machine, isInTheWay: found is not null).ConfigureAwait(false);
            return (GeneralizeTimeline.Succeeded, "The script was handed to the guest.");
        }).ConfigureAwait(false);

        HasBegun = true;
        return noWait
            ? new GuestVerdict(GuestOutcome.Begun, "The script runs in the guest.")
            : await VerifyAsync(machine, isUnderWay ? found : null).ConfigureAwait(false);
    }

    /// <summary>Takes the run command away, so that a later run begins anew and nothing of it stays with the agent in the image.</summary>
    /// <returns>False: Azure did not do it in time.</returns>
    public Task<bool> RemoveCommandAsync() => _command.RemoveAsync();

    private async Task<GuestCommandView?> FindOursAsync()
    {
        GuestCommandView? found = await _command.FindAsync().ConfigureAwait(false);
        return found is null or { IsOurs: true }
            ? found
            : throw new ImageCmdletsException(ErrorIds.ResourceAlreadyExists,
                $"'{reader.Id.Name}' has a run command {GuestCommand.Name} that this module did not make.", reader.Id.Text,
                "Remove that run command first.");
    }

    // What asked for the reasons of a failure, and was interrupted, is no generalization under way.
    private static bool IsGuestStep(GuestCommandView? found) => found?.Step == GuestCommandPurpose.Generalize.Step;

    // A finished answer is old news on Windows, whose script tells again what is now; a Linux guest cannot be asked twice.
    private bool IsWorthWatching(Machine machine, GuestCommandView found)
    {
        DateTimeOffset now = operation.Clock.UtcNow;
        if (!found.HasEnded)
            return found.StartTime is not { } start || now - start < GeneralizeLimits.GuestStep;

        return !machine.IsWindows && GuestJudge.Judge(found, machine.IsWindows).Outcome == GuestOutcome.Stopping
            && found.EndTime is { } end && now - end < GeneralizeLimits.Stop;
    }

    private async Task BeginAsync(Machine machine, bool isInTheWay)
    {
        Machine ready = await reader.WaitUntilReadyAsync(machine, timeline.Waiting).ConfigureAwait(false);
        HasBegun = true;
        if (isInTheWay && !await _command.RemoveAsync().ConfigureAwait(false))
        {
            throw new ImageCmdletsException(ErrorIds.ResourceBusy,
                $"The run command of an earlier run on '{machine.Name}' does not go away.", machine.Id);
        }

        _begun = await _command
            .BeginAsync(ready.VM.Location!, GuestScript.For(machine.IsWindows), parameters: GuestUsers.Parameters(ready, Options)).ConfigureAwait(false);
    }

    private async Task<GuestVerdict> VerifyAsync(Machine machine, GuestCommandView? underWay)
    {
        GuestVerdict verdict = new(GuestOutcome.Unverified, string.Empty);
        await timeline.RunAsync(VerifyName, 15, async () =>
        {
            verdict = await WaitForAnswerAsync(machine, underWay).ConfigureAwait(false);
            return (StateOf(verdict), verdict.Message);
        }).ConfigureAwait(false);
        return verdict;
    }

    private async Task<GuestVerdict> WaitForAnswerAsync(Machine machine, GuestCommandView? underWay)
    {
        TimeSpan limit = GeneralizeLimits.GuestStep - (operation.Clock.UtcNow - (underWay?.StartTime ?? operation.Clock.UtcNow));
        Watched<GuestCommandView?> watched = await Watch
            .UntilAsync(operation, _command.FindAsync, view => view is null or { HasEnded: true }, limit, timeline.Waiting).ConfigureAwait(false);
        if (watched.Last is not { } view)
            return new GuestVerdict(GuestOutcome.Unverified, "Somebody removed the run command before it had answered.");

        if (!watched.Reached)
        {
            return new GuestVerdict(GuestOutcome.Unverified, $"The guest did not answer within {GeneralizeLimits.GuestStep.TotalMinutes:0} minutes "
                + $"(the run command says {view}). Its agent may have died.");
        }

        // Only the operation that began it says why Azure could not hand it over.
        if (view.IsNotDelivered && _begun is not null)
            await operation.Poller.WaitAsync(_begun, machine.Id, timeline.Waiting, operation.CancellationToken).ConfigureAwait(false);

        GuestVerdict verdict = GuestJudge.Judge(view, machine.IsWindows);
        return verdict.Outcome == GuestOutcome.Stopping
            ? await WaitForStopAsync(verdict, view.EndTime ?? operation.Clock.UtcNow).ConfigureAwait(false)
            : verdict;
    }

    private async Task<GuestVerdict> WaitForStopAsync(GuestVerdict scheduled, DateTimeOffset answered)
    {
        Watched<Machine> watched = await Watch
            .UntilAsync(operation, reader.ReadAsync, machine => machine.IsDown, GeneralizeLimits.Stop, timeline.Waiting).ConfigureAwait(false);
        Latest = watched.Last;
        if (Latest.HasStoppedByItselfSince(answered))
            return Deprovisioned(scheduled, "The agent's deprovisioning ran to its end: the guest has switched itself off.");

        string message = watched.Reached
            ? "Somebody stopped the machine before its deprovisioning had come to the end."
            : $"The guest has not switched itself off within {GeneralizeLimits.Stop.TotalMinutes:0} minutes: "
                + "its deprovisioning did not come to the end.";
        return scheduled with { Outcome = GuestOutcome.Unverified, Message = message };
    }

    private async Task<GuestVerdict> JudgeStoppedAsync(Machine machine, GuestCommandView? found)
    {
        if (await new GuestProof(operation, machine).FindAsync().ConfigureAwait(false) is { } proven)
        {
            return Picked(new GuestVerdict(GuestOutcome.Verified, $"Proven at {proven:u}, and not started since.")
            {
                GuestState = machine.IsWindows ? GuestJudge.GeneralizedImageState : GuestVerdict.Deprovisioned,
            });
        }

        if (!machine.IsWindows && found is { HasEnded: true, EndTime: { } end } && IsGuestStep(found) && machine.HasStoppedByItselfSince(end)
            && GuestJudge.Judge(found, isWindows: false) is { Outcome: GuestOutcome.Stopping } scheduled)
        {
            return Picked(Deprovisioned(scheduled, $"The guest answered at {end:u} and has switched itself off since."));
        }

        string state = machine.VM.PowerState?.ToLowerInvariant() ?? "not running";
        throw new ImageCmdletsException(ErrorIds.VMNotReady, $"'{machine.Name}' is {state}: its guest cannot be generalized.", machine.Id,
            "Start it with Start-ImageVM; or pass -FlagOnly if sysprep or waagent has already run in it.");
    }

    private GuestVerdict Picked(GuestVerdict verdict)
    {
        timeline.Skip(BeginName, "An earlier run did it.");
        timeline.Skip(VerifyName, verdict.Message);
        return verdict;
    }

    private static GuestVerdict Deprovisioned(GuestVerdict scheduled, string message) =>
        scheduled with { Outcome = GuestOutcome.Verified, Message = message, GuestState = GuestVerdict.Deprovisioned };

    private static string StateOf(GuestVerdict verdict) => verdict.Outcome switch
    {
        GuestOutcome.Verified => GeneralizeTimeline.Succeeded,
        GuestOutcome.Failed => GeneralizeTimeline.Failed,
        _ => GeneralizeTimeline.Unverified,
    };
}
