using ImageCmdlets.Engine.Diagnosis;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Asks a guest that was not generalized and still answers for the reason, while it is there to be asked: on Windows for the whole
/// log of sysprep's run, of which an answer of 4,096 bytes holds only the errors; on Linux for what became of the job, which was
/// to switch the guest off.</summary>
/// <remarks>Under the run command's own name, as another step of it: whoever runs the command again takes away what an interruption left.</remarks>
internal sealed class GuestAftermath(Operation operation, MachineReader reader, GeneralizeTimeline timeline)
{
    public const string StepName = "ReadLog";

    // Sysprep's run of some minutes; a quarter of an hour for more would keep the user from the answer.
    private const int MostBytes = 512 * 1024;

    private static readonly GuestCommandPurpose s_purpose = GuestCommandPurpose.Generalize with { Step = StepName, Limit = TimeSpan.FromMinutes(3) };

    private readonly GuestInquiry _inquiry = new(operation, reader, s_purpose, timeline.Waiting);

    /// <summary>Whether there is somebody to ask and something to ask for.</summary>
    public static bool CanAsk(Machine machine, GuestVerdict verdict) => machine.IsWindows
        ? verdict.Report is { Run: > 0 }
        : verdict is { Outcome: GuestOutcome.Unverified, Report: not null } && machine.IsReady;

    /// <summary>The verdict with what was learned. What cannot be learned leaves it as it is.</summary>
    public async Task<GuestVerdict> AskAsync(Machine machine, GuestVerdict verdict)
    {
        GuestVerdict known = verdict;
        await timeline.RunAsync(StepName, 60, async () =>
        {
            try
            {
                known = machine.IsWindows ? await ReadLogAsync(machine, verdict).ConfigureAwait(false) : await ReadJobAsync(machine, verdict).ConfigureAwait(false);
                return (GeneralizeTimeline.Succeeded, known.Log is { } log ? $"{log.Path}, {log.Text.Length:N0} characters of the last run." : known.Message);
            }
            catch (ImageCmdletsException exception)
            {
                return (GeneralizeTimeline.Failed, exception.Message);
            }
        }).ConfigureAwait(false);
        return known;
    }

    private async Task<GuestVerdict> ReadLogAsync(Machine machine, GuestVerdict verdict)
    {
        var logs = new GuestLogReader(_inquiry, machine, MostBytes, static (_, _, _) => { });
        GuestLogFile file = await logs.ReadAsync(GeneralizeLogName.Setupact).ConfigureAwait(false)
            ?? throw new ImageCmdletsException(ErrorIds.FileNotFound, $"'{machine.Name}' has no log of sysprep.", machine.Id);
        string text = SysprepLastRun.TextOf(file.ReadText());
        IReadOnlyList<SysprepRun> runs = DiagnosisService.ReadSysprepLog([text], file.Path, operation.CancellationToken);
        GuestVerdict judged = runs.Count > 0 ? GuestJudge.Judge(verdict.Report!, runs[runs.Count - 1]) : verdict;
        return judged with
        {
            Log = new GeneralizeLog(machine.Id)
            {
                Log = GeneralizeLogName.Setupact, Path = file.Path, Text = text, Length = file.Length, LastWriteTime = file.Modified,
                IsTruncated = file.IsTruncated && !SysprepLastRun.IsWhole(text),
            },
        };
    }

    private async Task<GuestVerdict> ReadJobAsync(Machine machine, GuestVerdict verdict)
    {
        GuestCommandView view = await _inquiry.AskAsync(machine, StateInspection.ScriptFor(machine)).ConfigureAwait(false);
        return GuestJudge.JudgeJob(verdict, GuestStateReport.Find(view.Output) ?? throw new ImageCmdletsException(ErrorIds.InvalidResponse,
            $"The guest of '{machine.Name}' did not tell its state: the script ended as {view}. {view.ShortenedError()}".TrimEnd(), machine.Id));
    }
}
