using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Generalizes one virtual machine: guest, proof, deallocation, mark, and the mark read back.</summary>
/// <remarks>It can be interrupted anywhere and run again. What was reached is read from Azure: the mark, the proof that
/// <see cref="GuestProof"/> keeps with the disk, the run command.</remarks>
internal sealed class GeneralizeWorkflow(Operation operation, GeneralizeOptions options, bool noWait)
{
    private const string RemoveName = "RemoveRunCommand";

    private readonly MachineReader _reader = new(operation, options.Id);
    private readonly DateTimeOffset _begin = operation.Clock.UtcNow;
    private readonly ProtectiveSnapshots? _snapshots = options.Snapshot ? new ProtectiveSnapshots(operation, VMReader.Resources.RequireId(options.Id)) : null;
    private GuestFailure? _failure;
    private GuestVerdict _guest = new(GuestOutcome.Unverified, string.Empty);

    /// <summary>The machine that this one is a clone of; null where it is none.</summary>
    public ResourceId? Source { get; init; }

    /// <summary>Whether another run of the command works on the same machine, and this one has left it to that.</summary>
    public bool IsElsewhere { get; private set; }

    /// <summary>What was done to make the clone.</summary>
    public IReadOnlyList<GeneralizeStep> Before { get; init; } = [];

    /// <exception cref="ImageCmdletsException">VMNotReady, VMNotReadyToGeneralize, GeneralizeFailed, GeneralizeUnverified, or what Azure refused.</exception>
    public async Task RunAsync()
    {
        using var timeline = new GeneralizeTimeline(operation, _reader.Id);
        timeline.Follow(Before);
        Machine machine = await InspectAsync(timeline).ConfigureAwait(false);
        if (machine.IsGeneralized)
        {
            await FinishMarkedAsync(machine, timeline).ConfigureAwait(false);
            return;
        }

        GuestUsers.Require(options, machine);
        var step = new GuestStep(operation, _reader, timeline, noWait) { Options = options };
        await PrepareAsync(step, machine, timeline).ConfigureAwait(false);
        try
        {
            bool isProven = options.FlagOnly
                ? SkipGuest(timeline)
                : await GeneralizeGuestAsync(step, machine, timeline).ConfigureAwait(false);
            if (isProven)
                await MarkAsync(step.Latest ?? machine, timeline).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception) when (step.HasBegun && !IsWritten(exception))
        {
            await WriteAsync(step.Latest ?? machine, timeline, GeneralizeTimeline.Failed).ConfigureAwait(false);
            throw;
        }
    }

    private GuestFailure Failure => _failure ??= new GuestFailure(operation, _reader, Source);

    // What is not ready, or cannot be brought back, is not begun: a failure here ends it with nothing changed.
    private async Task PrepareAsync(GuestStep step, Machine machine, GeneralizeTimeline timeline)
    {
        bool isChecked = !options.SkipReadiness && !options.FlagOnly;
        bool hasBegun = (isChecked || _snapshots is not null) && await step.IsBegunAsync(machine).ConfigureAwait(false);
        // What does not run and was not begun is refused by the guest step.
        if (!machine.IsRunning && !hasBegun && !options.FlagOnly)
            return;

        if (isChecked && !hasBegun)
            hasBegun = await CheckAsync(step, machine, timeline).ConfigureAwait(false);
        if (_snapshots is not null)
            await SnapshotAsync(_snapshots, machine, hasBegun || !machine.IsRunning, timeline).ConfigureAwait(false);
    }

    /// <returns>Whether another run has begun while this one looked: what it found is that run's work.</returns>
    private async Task<bool> CheckAsync(GuestStep step, Machine machine, GeneralizeTimeline timeline)
    {
        try
        {
            await new ReadinessGate(operation, _reader.Id, timeline).RequireAsync().ConfigureAwait(false);
            return false;
        }
        catch (ImageCmdletsException exception) when (exception.ErrorId == ErrorIds.VMNotReadyToGeneralize)
        {
            if (!await step.IsUnderWayAsync(machine).ConfigureAwait(false))
                throw;

            operation.Warning($"Another run of Invoke-Generalize has begun with '{machine.Name}' meanwhile; this one goes on with what that began.");
            return true;
        }
    }

    private Task SnapshotAsync(ProtectiveSnapshots snapshots, Machine machine, bool hasBegun, GeneralizeTimeline timeline) =>
        timeline.RunAsync(ProtectiveSnapshots.StepName, 4, () => snapshots.TakeAsync(machine, hasBegun, options.FlagOnly ? () => Task.FromResult(GuestStateName.Unknown) : Failure.AskAsync));

    // These come with a result of their own.
    private bool IsWritten(ImageCmdletsException exception) =>
        IsElsewhere || exception.ErrorId is ErrorIds.GeneralizeFailed or ErrorIds.GeneralizeUnverified;

    private async Task<Machine> InspectAsync(GeneralizeTimeline timeline)
    {
        Machine? machine = null;
        await timeline.RunAsync("Inspect", 0, async () =>
        {
            machine = await _reader.WaitUntilSettledAsync(timeline.Waiting).ConfigureAwait(false);
            return (GeneralizeTimeline.Succeeded, Describe(machine));
        }).ConfigureAwait(false);
        return machine!;
    }

    private static string Describe(Machine machine) =>
        $"{machine.VM.OSType}, {machine.VM.PowerState}{(machine.VM.AgentState is { } agent ? ", agent " + agent : string.Empty)}"
        + (machine.IsGeneralized ? ", generalized" : string.Empty);

    private static bool SkipGuest(GeneralizeTimeline timeline)
    {
        timeline.Skip(GuestStep.BeginName, "-FlagOnly: somebody else ran sysprep or waagent.");
        timeline.Skip(GuestStep.VerifyName, "-FlagOnly: nothing proves it.");
        timeline.Skip(RemoveName, "-FlagOnly");
        return true;
    }

    private async Task FinishMarkedAsync(Machine machine, GeneralizeTimeline timeline)
    {
        if (_snapshots is not null)
            await SnapshotAsync(_snapshots, machine, hasBegun: true, timeline).ConfigureAwait(false);
        foreach (string name in new[] { GuestStep.BeginName, GuestStep.VerifyName, RemoveName, MachineMarking.DeallocateName, MachineMarking.MarkName })
            timeline.Skip(name, "Generalized before.");

        await timeline.RunAsync(MachineMarking.VerifyName, 95, () => Task.FromResult(MachineMarking.Verify(machine))).ConfigureAwait(false);
        await WriteMarkedAsync(machine, timeline).ConfigureAwait(false);
    }

    // The mark says what somebody claimed; only the proof that is kept with the disk says what was seen in the guest.
    private async Task WriteMarkedAsync(Machine machine, GeneralizeTimeline timeline)
    {
        bool isProven = await new GuestProof(operation, machine).FindAsync().ConfigureAwait(false) is not null;
        if (isProven)
            _guest = _guest with { GuestState = GuestSilence.StateOf(machine) };
        else
            operation.Warning($"'{machine.Name}' is marked as generalized; nothing proves that sysprep or waagent ran in it.");
        await WriteAsync(machine, timeline, isProven ? GeneralizeTimeline.Succeeded : GeneralizeTimeline.Unverified).ConfigureAwait(false);
    }

    private async Task<bool> GeneralizeGuestAsync(GuestStep step, Machine machine, GeneralizeTimeline timeline)
    {
        _guest = await step.RunAsync(machine).ConfigureAwait(false);
        if (_guest.Outcome == GuestOutcome.Begun)
        {
            await WriteAsync(machine, timeline, "InProgress").ConfigureAwait(false);
            return false;
        }

        Machine latest = step.Latest ?? machine;
        bool canAsk = _guest.Outcome != GuestOutcome.Verified && GuestAftermath.CanAsk(latest, _guest);
        if (canAsk)
            _guest = await new GuestAftermath(operation, _reader, timeline).AskAsync(latest, _guest).ConfigureAwait(false);
        if (_guest.Outcome == GuestOutcome.Elsewhere)
        {
            IsElsewhere = true;
            await WriteAsync(latest, timeline, GeneralizeTimeline.Unverified).ConfigureAwait(false);
            throw new ImageCmdletsException(ErrorIds.ResourceBusy, _guest.Message, (Source ?? _reader.Id).Text, _guest.Advice);
        }

        bool mayRun = _guest is { Outcome: GuestOutcome.Unverified, IsOver: false } && !canAsk;
        // A dead run command that says it runs would be waited for.
        if (_guest.IsOver)
            await RemoveCommandAsync(step, latest, timeline, mayRun).ConfigureAwait(false);
        if (_guest.Outcome != GuestOutcome.Verified)
            await Failure.LookAsync(mayAsk: !mayRun).ConfigureAwait(false);
        if (!_guest.IsOver)
            await RemoveCommandAsync(step, latest, timeline, mayRun).ConfigureAwait(false);
        if (_guest.Outcome == GuestOutcome.Verified)
            return true;

        bool hasFailed = _guest.Outcome == GuestOutcome.Failed;
        await WriteAsync(latest, timeline, hasFailed ? GeneralizeTimeline.Failed : GeneralizeTimeline.Unverified).ConfigureAwait(false);
        throw Failure.Error(_guest, WayBack());
    }

    private string WayBack() => _snapshots?.Ids.Count > 0 ? " Its snapshots bring it back: Restore-ImageSnapshot -ToVM." : string.Empty;

    // Azure refuses it on a machine that does not run (OperationNotAllowed: Cannot modify extensions in the VM when the VM is not
    // running), and with a dead agent it would never come back.
    private async Task RemoveCommandAsync(GuestStep step, Machine machine, GeneralizeTimeline timeline, bool mayRun)
    {
        if (!machine.IsRunning)
        {
            timeline.Skip(RemoveName, "The machine does not run: the run command goes with it; in the guest, waagent has removed it.");
            return;
        }

        if (mayRun)
        {
            timeline.Skip(RemoveName, "Nobody knows what the guest does: the run command stays for the next run.");
            return;
        }

        await timeline.RunAsync(RemoveName, 70, async () =>
        {
            string? failure = await TryRemoveCommandAsync(step).ConfigureAwait(false);
            if (failure is not null)
                operation.Warning($"The run command {GuestCommand.Name} is left on '{machine.Name}': {failure}");
            return (failure is null ? GeneralizeTimeline.Succeeded : GeneralizeTimeline.Failed, failure);
        }).ConfigureAwait(false);
    }

    // What is left of it is a blemish; the guest is generalized, or has failed, all the same.
    private static async Task<string?> TryRemoveCommandAsync(GuestStep step)
    {
        try
        {
            return await step.RemoveCommandAsync().ConfigureAwait(false) ? null : "The agent did not remove it in time.";
        }
        catch (ImageCmdletsException exception)
        {
            return exception.Message;
        }
    }

    private async Task MarkAsync(Machine machine, GeneralizeTimeline timeline)
    {
        var marking = new MachineMarking(operation, _reader, timeline) { IsProven = !options.FlagOnly, NoWait = noWait };
        if (!await marking.DeallocateAsync(machine).ConfigureAwait(false))
        {
            await WriteAsync(machine, timeline, "InProgress").ConfigureAwait(false);
            return;
        }

        Machine marked = await marking.MarkAsync(machine).ConfigureAwait(false);
        if (!marked.IsGeneralized)
        {
            await WriteAsync(marked, timeline, GeneralizeTimeline.Unverified).ConfigureAwait(false);
            throw new ImageCmdletsException(ErrorIds.GeneralizeUnverified,
                $"Azure accepted the mark on '{marked.Name}' but does not show it.", marked.Id);
        }

        if (options.FlagOnly)
            await WriteMarkedAsync(marked, timeline).ConfigureAwait(false);
        else
            await WriteAsync(marked, timeline, GeneralizeTimeline.Succeeded).ConfigureAwait(false);
    }

    // What is not at its end keeps the marks of its snapshots, and what has changed the guest, too: the run that goes on finds
    // them by those, and takes none of the damage.
    private async Task WriteAsync(Machine machine, GeneralizeTimeline timeline, string state)
    {
        if (_snapshots is not null && (state == GeneralizeTimeline.Succeeded || (state == GeneralizeTimeline.Failed && Failure.IsUntouched)))
            await _snapshots.KeepAsync().ConfigureAwait(false);
        await operation.WriteAsync(Result(machine, timeline, state)).ConfigureAwait(false);
    }

    private GeneralizeResult Result(Machine machine, GeneralizeTimeline timeline, string state) => new(machine.Id)
    {
        State = state,
        Location = machine.VM.Location,
        Tag = machine.VM.Tag,
        ProvisioningState = machine.VM.ProvisioningState,
        OSType = machine.VM.OSType,
        OSState = machine.VM.OSState,
        PowerState = machine.VM.PowerState,
        GuestState = _guest.GuestState,
        Finding = _guest.Finding,
        RootCause = _guest.RootCause is { } cause ? cause with { Target = Source?.Text ?? machine.Id } : null,
        Log = _guest.Log,
        Step = timeline.Steps,
        Snapshot = _snapshots?.Ids ?? [],
        SourceVMId = Source?.Text,
        Elapsed = operation.Clock.UtcNow - _begin,
    };
}
