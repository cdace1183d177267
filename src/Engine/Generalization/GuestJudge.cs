using ImageCmdlets.Engine.Diagnosis;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Judges what a run command has brought back. An exit code alone never proves anything.</summary>
internal static class GuestJudge
{
    /// <summary>The image state from which every copy of a Windows disk sets itself up anew.</summary>
    public const string GeneralizedImageState = "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE";

    private const int LongestTail = 400;

    /// <param name="view">A run command that has ended.</param>
    /// <param name="isWindows">Which of the two scripts it carried.</param>
    public static GuestVerdict Judge(GuestCommandView view, bool isWindows)
    {
        if (view.IsNotDelivered)
            return new GuestVerdict(GuestOutcome.Failed, view.Message ?? "Azure could not hand the script to the guest.");

        if (GuestReport.Find(view.Output) is not { } report)
            return JudgeSilence(view, isWindows);

        return isWindows ? Judge(report, SysprepErrors.Judge(report.Note)) : JudgeLinux(report, view);
    }

    /// <summary>Judges what a Windows guest answered.</summary>
    /// <param name="report">The answer.</param>
    /// <param name="run">What its log says of the run.</param>
    public static GuestVerdict Judge(GuestReport report, SysprepRun run)
    {
        IReadOnlyList<string> finding = SysprepErrors.TextsOf(run);
        if (report is { ImageState: GeneralizedImageState, HasTag: true })
        {
            string how = report.Outcome == "AlreadyGeneralized" ? "Windows was generalized before" : "Sysprep has generalized Windows";
            return new GuestVerdict(GuestOutcome.Verified, $"{how}: {report.ImageState}, tag file present.")
            {
                GuestState = report.ImageState,
                Report = report,
                Finding = finding,
            };
        }

        GuestOutcome outcome = report.Outcome == "TimedOut" ? GuestOutcome.Unverified : GuestOutcome.Failed;
        string reason = report.Reason ?? $"Windows says {report.ImageState}, and sysprep's tag file is {(report.HasTag ? "present" : "missing")}.";
        return new GuestVerdict(outcome, run.RootCause is { } cause ? $"{cause.Evidence} ({cause.RuleId}; {reason})" : reason)
        {
            GuestState = report.ImageState,
            Report = report,
            Finding = finding.Count > 0 ? finding : [reason],
            RootCause = run.RootCause ?? RuleCatalog.FindByText(RuleCatalog.Windows, reason)?.Find(reason),
        };
    }

    /// <summary>Judges a Linux guest that was to switch itself off and has not, by what it says of the job.</summary>
    public static GuestVerdict JudgeJob(GuestVerdict scheduled, GuestStateReport state)
    {
        if (state.Text("Job") != "Failed")
        {
            string job = state.Text("Job") == "Running" ? "still runs, or was cut off" : "has not begun";
            return scheduled with { Message = $"{scheduled.Message} The job in the guest {job}." };
        }

        string reason = state.Text("JobReason") ?? "The job in the guest failed and does not say why.";
        return scheduled with
        {
            Outcome = GuestOutcome.Failed,
            Message = reason,
            Finding = [reason, .. scheduled.Finding],
            RootCause = RuleCatalog.FindByText(RuleCatalog.Linux, reason)?.Find(reason),
        };
    }

    private static GuestVerdict JudgeLinux(GuestReport report, GuestCommandView view)
    {
        if (report.Outcome == "Scheduled" && view is { ExecutionState: "Succeeded", ExitCode: null or 0 })
        {
            return new GuestVerdict(GuestOutcome.Stopping, "The agent's deprovisioning is scheduled; the guest switches itself off after it.")
            {
                Report = report,
                Finding = report.Note,
            };
        }

        string reason = report.Reason ?? $"The script ended as {view.ExecutionState} with exit code {view.ExitCode}.";
        return new GuestVerdict(GuestOutcome.Failed, reason)
        {
            Report = report,
            Finding = [reason, .. report.Note],
            RootCause = RuleCatalog.FindByText(RuleCatalog.Linux, reason)?.Find(reason),
        };
    }

    // No line of ours: the script was cut off, or never understood.
    private static GuestVerdict JudgeSilence(GuestCommandView view, bool isWindows)
    {
        string tail = Tail(view.Error.Length > 0 ? view.Error : view.Message ?? view.Output);
        IReadOnlyList<string> finding = tail.Length == 0 ? [] : [tail];
        return view.ExecutionState == "Failed"
            ? new GuestVerdict(GuestOutcome.Failed, $"The script failed with exit code {view.ExitCode} and did not report.") { Finding = finding }
            : new GuestVerdict(GuestOutcome.Unverified, $"The script ended as {view.ExecutionState} and did not report.") { Finding = finding, Advice = GuestSilence.AdviceForLate(isWindows) };
    }

    private static string Tail(string text)
    {
        string trimmed = text.Trim();
        return trimmed.Length <= LongestTail ? trimmed : trimmed.Substring(trimmed.Length - LongestTail);
    }
}
