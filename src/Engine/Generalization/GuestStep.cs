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
    private readonly GuestRestart _restart = new(operation, reader, timeline.Waiting);
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
        await FindOursAsync().ConfigureAwait(false) is { } found && await IsUnderWayAsync(machine, found).ConfigureAwait(false);

    /// <exception cref="ImageCmdletsException">VMNotReady: the guest cannot be asked.</exception>
    public async Task<GuestVerdict> RunAsync(Machine machine)
    {
        Latest = machine;
        GuestCommandView? found = await FindOursAsync().ConfigureAwait(false);
        if (!machine.IsRunning)
            return await JudgeStoppedAsync(machine, found).ConfigureAwait(false);

        bool isUnderWay = found is not null && await IsUnderWayAsync(machine, found).ConfigureAwait(false);
        if (isUnderWay)
            await timeline.RunAsync(BeginName, 5, () => Task.FromResult((GeneralizeTimeline.Succeeded, (string?)$"Found under way since {found!.StartTime:u}."))).ConfigureAwait(false);
        else
            await HandOverAsync(machine, isInTheWay: found is not null).ConfigureAwait(false);

        HasBegun = true;
        if (noWait)
            return new GuestVerdict(GuestOutcome.Begun, "The script runs in the guest.");

        GuestVerdict verdict = await VerifyAsync(machine, isUnderWay ? found : null).ConfigureAwait(false);
        if (!verdict.IsOver || !isUnderWay)
            return verdict;

        // What an earlier run began was cut off before this one came.
        await HandOverAsync(machine, isInTheWay: true).ConfigureAwait(false);
        return await VerifyAsync(machine, underWay: null).ConfigureAwait(false);
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

    private async Task<bool> IsUnderWayAsync(Machine machine, GuestCommandView found) =>
        IsGuestStep(found) && IsWorthWatching(machine, found)
        && !await (found.HasEnded ? _restart.MayHaveEndedAsync(machine, found) : _restart.HasEndedAsync(machine, found)).ConfigureAwait(false);

    // A finished answer is old news on Windows, whose script tells again what is now; a Linux guest cannot be asked twice.
    private bool IsWorthWatching(Machine machine, GuestCommandView found)
    {
        DateTimeOffset now = operation.Clock.UtcNow;
        if (!found.HasEnded)
            return found.StartTime is not { } start || now - start < GeneralizeLimits.GuestStep;

        return !machine.IsWindows && GuestJudge.Judge(found, machine.IsWindows).Outcome == GuestOutcome.Stopping
            && found.EndTime is { } end && now - end < GeneralizeLimits.Stop;
    }

    private Task HandOverAsync(Machine machine, bool isInTheWay) => timeline.RunAsync(BeginName, 5, async () =>
    {
        await BeginAsync(machine, isInTheWay).ConfigureAwait(false);
        return (GeneralizeTimeline.Succeeded, "The script was handed to the guest.");
    });

    private async Task BeginAsync(Machine machine, bool isInTheWay)
    {
        // What was seen before may be minutes old: readiness was looked at, and snapshots were taken.
        Machine ready = await reader.WaitUntilReadyAsync(await reader.ReadAsync().ConfigureAwait(false), timeline.Waiting).ConfigureAwait(false);
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
        var watch = new GuestWatch(operation, reader, _command) { Restart = _restart, Step = GuestCommandPurpose.Generalize.Step };
        Watched<GuestLook> watched = await watch.WaitAsync(limit, timeline.Waiting).ConfigureAwait(false);
        GuestLook look = watched.Last;
        // The answer may have come between the looks at the run command and at the machine.
        if (look is { IsTaken: false, Machine.IsDown: true, View.HasEnded: false } && await FindOursAsync().ConfigureAwait(false) is { HasEnded: true } late)
            look = new GuestLook(late);
        if (look is { IsTaken: false, View: { HasEnded: true } view })
            return await JudgeAsync(machine, view).ConfigureAwait(false);

        var silence = new GuestSilence(operation, reader, timeline);
        GuestVerdict verdict = await silence.JudgeAsync(look, !watched.Reached, machine.IsWindows).ConfigureAwait(false);
        Latest = silence.Latest ?? Latest;
        return verdict;
    }

    private async Task<GuestVerdict> JudgeAsync(Machine machine, GuestCommandView view)
    {
        // Only the operation that began it says why Azure could not hand it over.
        if (view.IsNotDelivered && _begun is not null && !await _command.WaitAsync(_begun, timeline.Waiting).ConfigureAwait(false))
            return await new GuestSilence(operation, reader, timeline).JudgeAsync(new GuestLook(null) { IsTaken = true }, isLimit: false, machine.IsWindows).ConfigureAwait(false);

        GuestVerdict verdict = GuestJudge.Judge(view, machine.IsWindows);
        return verdict.Outcome == GuestOutcome.Stopping
            ? await WaitForStopAsync(verdict, view).ConfigureAwait(false)
            : verdict;
    }

    private async Task<GuestVerdict> WaitForStopAsync(GuestVerdict scheduled, GuestCommandView view)
    {
        bool isCutOff = false;
        Watched<Machine> watched = await Watch.UntilAsync(operation, async () =>
        {
            Machine machine = await reader.ReadAsync().ConfigureAwait(false);
            isCutOff = machine.IsReady && await _restart.MayHaveEndedAsync(machine, view).ConfigureAwait(false);
            return machine;
        }, machine => isCutOff || machine is { IsDown: true, IsSettled: true }, GeneralizeLimits.Stop, timeline.Waiting).ConfigureAwait(false);
        Latest = watched.Last;
        if (isCutOff)
            return GuestSilence.StartedAgain(scheduled);
        if (Latest.HasStoppedByItselfSince(view.EndTime ?? operation.Clock.UtcNow))
            return Deprovisioned(scheduled, "The agent's deprovisioning ran to its end: the guest has switched itself off.");
        if (!watched.Reached)
        {
            return scheduled with
            {
                Outcome = GuestOutcome.Unverified,
                Message = $"The guest has not switched itself off within {GeneralizeLimits.Stop.TotalMinutes:0} minutes: its deprovisioning did not come to the end.",
                Advice = GuestSilence.AdviceForLate(isWindows: false),
            };
        }

        // Another run that saw the same has gone on with the machine already.
        return await new GuestSilence(operation, reader, timeline).FindProofAsync(Latest).ConfigureAwait(false) ?? scheduled with
        {
            Outcome = GuestOutcome.Unverified,
            Message = "Something was done with the machine through Azure before this run saw its deprovisioning come to the end, and it does not run any more.",
            Advice = GuestSilence.AdviceForStopped,
        };
    }

    private async Task<GuestVerdict> JudgeStoppedAsync(Machine machine, GuestCommandView? found)
    {
        if (await new GuestProof(operation, machine).FindAsync().ConfigureAwait(false) is { } proven)
        {
            return Picked(new GuestVerdict(GuestOutcome.Verified, $"Proven at {proven:u}, and not started since.")
            {
                GuestState = GuestSilence.StateOf(machine),
            });
        }

        if (!machine.IsWindows && found is { HasEnded: true, EndTime: { } end } && IsGuestStep(found) && machine.HasStoppedByItselfSince(end)
            && GuestJudge.Judge(found, isWindows: false) is { Outcome: GuestOutcome.Stopping } scheduled)
        {
            return Picked(Deprovisioned(scheduled, $"The guest answered at {end:u} and has switched itself off since."));
        }

        bool isBegun = IsGuestStep(found);
        if (!machine.IsWindows && isBegun && found is { HasEnded: false, StartTime: { } start } && machine.HasStoppedByItselfSince(start))
            return Picked(GuestSilence.StoppedByItself(machine));

        string state = machine.VM.PowerState?.ToLowerInvariant() ?? "not running";
        throw new ImageCmdletsException(ErrorIds.VMNotReady, $"'{machine.Name}' is {state}: its guest cannot be generalized.", machine.Id, isBegun
            ? "An earlier run has begun to change its guest. " + GuestSilence.AdviceForStopped
            : "Start it with Start-ImageVM; or pass -FlagOnly if sysprep or waagent has already run in it.");
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
