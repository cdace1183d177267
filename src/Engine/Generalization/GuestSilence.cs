using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Judges a generalization whose guest has not answered this run: another run may have had the answer, the machine may be off or
/// started again, or the agent may have died.</summary>
internal sealed class GuestSilence(Operation operation, MachineReader reader, GeneralizeTimeline timeline)
{
    private const string Restore = "restore its disks with Restore-ImageSnapshot -ToVM, or from a backup";

    /// <summary>The machine as it was seen last.</summary>
    public Machine? Latest { get; private set; }

    /// <summary>Nobody has it from the guest that it is deprovisioned; where the machine switched itself off, it may be.</summary>
    /// <param name="machine">A Linux machine that has stopped by itself since the script was handed over.</param>
    public static GuestVerdict StoppedByItself(Machine machine) => new(GuestOutcome.Unverified,
        $"The guest did not answer, its agent may have died; '{machine.Name}' has switched itself off since, as it does at the end of its deprovisioning, but without the answer that proves nothing.")
    {
        Advice = "Do not start it again: that would undo its deprovisioning. Where boot diagnostics are on, the serial log ends with the outcome: after \"Deprovisioned\" run "
            + $"Invoke-Generalize -FlagOnly and make the image; otherwise {Restore}.",
    };

    /// <summary>What a guest is worth that was switched off in the middle of the work.</summary>
    public static string AdviceForStopped => $"Make no image of it, its guest may be half generalized. Start it with Start-ImageVM and run the command again; or {Restore}.";

    /// <summary>What to do with a machine whose guest says nothing any more.</summary>
    public static string AdviceForLate(bool isWindows) => $"Make no image of it{(isWindows ? string.Empty : ", and expect that it may still switch itself off")}. "
        + $"Restart it with Stop-ImageVM and Start-ImageVM and run the command again; or {Restore}.";

    /// <summary>A restart ends a script that has not answered, and the job that a Linux guest has scheduled.</summary>
    public static GuestVerdict StartedAgain(GuestVerdict known) => known with
    {
        Outcome = GuestOutcome.Unverified,
        Message = "The machine was started again, which ended the work in its guest.",
        IsOver = true,
        Advice = $"Run the command again: it begins anew. If sysprep or waagent cannot go on from where it was cut off, {Restore}.",
    };

    /// <param name="look">The last look.</param>
    /// <param name="isLimit">Whether it was the last one because the time was over.</param>
    /// <param name="isWindows">What the guest is.</param>
    public async Task<GuestVerdict> JudgeAsync(GuestLook look, bool isLimit, bool isWindows)
    {
        if (look.IsTaken)
            return await JudgeTakenAsync(look).ConfigureAwait(false);

        Latest = look.Machine;
        if (look.Machine is { IsDown: true })
            return await JudgeDownAsync(look.View, isWindows).ConfigureAwait(false);
        if (isLimit)
            return Late(look.View!, isWindows);

        return StartedAgain(new GuestVerdict(GuestOutcome.Unverified, string.Empty));
    }

    /// <summary>What another run has seen of the guest, once the machine is at rest; null: nothing that proves it.</summary>
    public async Task<GuestVerdict?> FindProofAsync(Machine machine) => await new GuestProof(operation, machine).FindAsync().ConfigureAwait(false) is { } proven
        ? new GuestVerdict(GuestOutcome.Verified, $"Another run has seen it proven at {proven:u}.") { GuestState = StateOf(machine) }
        : null;

    /// <summary>The state of a guest that is proven to be generalized.</summary>
    public static string StateOf(Machine machine) => machine.IsWindows ? GuestJudge.GeneralizedImageState : GuestVerdict.Deprovisioned;

    private static GuestVerdict Late(GuestCommandView view, bool isWindows) => new(GuestOutcome.Unverified,
        $"The guest did not answer within {GeneralizeLimits.GuestStep.TotalMinutes:0} minutes (the run command says {view}). Its agent may have died.")
    {
        Advice = AdviceForLate(isWindows),
    };

    // A run that has its answer takes the run command away, keeps the proof and deallocates the machine; one that has failed asks for
    // reasons under the same name.
    private async Task<GuestVerdict> JudgeTakenAsync(GuestLook look)
    {
        Machine machine = await WaitForOtherAsync().ConfigureAwait(false);
        if (!machine.IsRunning && await FindProofAsync(machine).ConfigureAwait(false) is { } proven)
            return proven;
        if (machine.IsDown)
            return new GuestVerdict(GuestOutcome.Unverified, "The run command was removed and the machine stopped before this run had an answer.") { Advice = AdviceForStopped };
        if (look.View is null)
        {
            return new GuestVerdict(GuestOutcome.Unverified, "Another run of the command, or somebody, removed the run command before it had answered.")
            {
                Advice = "See with Get-GeneralizeState what became of the guest; then run the command again.",
            };
        }

        return new GuestVerdict(GuestOutcome.Elsewhere, $"Another run of Invoke-Generalize works on '{machine.Name}' and has had the guest's answer: it tells what came of it.")
        {
            Advice = "Wait until the other run has ended; Get-GeneralizeState tells how far the machine is.",
        };
    }

    private async Task<Machine> WaitForOtherAsync()
    {
        Watched<Machine> watched = await Watch
            .UntilAsync(operation, reader.ReadAsync, static machine => !machine.IsRunning || !machine.IsSettled, GeneralizeLimits.OtherRun, timeline.Waiting).ConfigureAwait(false);
        Latest = watched.Reached ? await reader.WaitUntilSettledAsync(timeline.Waiting).ConfigureAwait(false) : watched.Last;
        return Latest;
    }

    private async Task<GuestVerdict> JudgeDownAsync(GuestCommandView? view, bool isWindows)
    {
        Latest = await reader.WaitUntilSettledAsync(timeline.Waiting).ConfigureAwait(false);
        if (await FindProofAsync(Latest).ConfigureAwait(false) is { } proven)
            return proven;
        if (!isWindows && view?.StartTime is { } start && Latest.HasStoppedByItselfSince(start))
            return StoppedByItself(Latest);

        return new GuestVerdict(GuestOutcome.Unverified, "The machine was stopped before its guest had answered.") { Advice = AdviceForStopped };
    }
}
