using ImageCmdlets.Engine.Generalization;

namespace ImageCmdlets.Engine.Tests.Generalization;

public sealed class GuestJudgeTests
{
    private const string Goal = "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE";
    private const string Appx = "Package Microsoft.Winget.Source_1.0_neutral__8wekyb3d8bbwe was installed for a user, but not provisioned for all users.";

    [Fact]
    public void WindowsIsProvenByStateAndTag()
    {
        GuestVerdict verdict = Windows(Report("Generalized", Goal, tag: true, "MRTGeneralize:98 - ERROR: Failed DeleteInstance AntiVirusProduct"));

        Assert.Equal(GuestOutcome.Verified, verdict.Outcome);
        Assert.Equal(Goal, verdict.GuestState);
        Assert.Empty(verdict.Finding);
    }

    [Theory]
    [InlineData(Goal, false)]
    [InlineData("IMAGE_STATE_COMPLETE", true)]
    [InlineData("IMAGE_STATE_UNDEPLOYABLE", false)]
    public void WindowsIsNotProvenByWhatTheScriptCallsItself(string state, bool tag) =>
        Assert.Equal(GuestOutcome.Failed, Windows(Report("Generalized", state, tag)).Outcome);

    [Fact]
    public void TheCauseIsTheFirstErrorThatIsNoNoise()
    {
        GuestVerdict verdict = Windows(
            Report("Failed", "IMAGE_STATE_COMPLETE", tag: false, "MRTGeneralize:107 - ERROR: Failed DeleteInstance AntiSpywareProduct", Appx, "second"),
            "Failed", exitCode: 1);

        Assert.Equal(GuestOutcome.Failed, verdict.Outcome);
        Assert.Equal([Appx, "second"], verdict.Finding);
        Assert.StartsWith(Appx, verdict.Message, StringComparison.Ordinal);
        Assert.Equal(("Windows.AppxPackage", Appx), (verdict.RootCause!.RuleId, verdict.RootCause.Evidence));
        Assert.Equal("IMAGE_STATE_COMPLETE", verdict.GuestState);
    }

    [Fact]
    public void WholeLinesOfTheLogAreUnderstoodAndThePendingRestartAmongThem()
    {
        GuestVerdict appx = Windows(Report("Failed", "IMAGE_STATE_COMPLETE", tag: false, "2026-01-05 08:00:00, Error                 SYSPRP " + Appx), "Failed", exitCode: 1);
        GuestVerdict restart = Windows(
            Report("Failed", "IMAGE_STATE_COMPLETE", tag: false, "2026-01-05 08:00:00, Warning    [0x0f0036] SYSPRP WinMain: File operations pending"), "Failed", exitCode: 1);

        Assert.Equal((Appx, "Windows.AppxPackage"), (appx.Finding[0], appx.RootCause!.RuleId));
        Assert.Equal(("WinMain: File operations pending", "Windows.PendingReboot"), (restart.Finding[0], restart.RootCause!.RuleId));
    }

    [Fact]
    public void ASysprepThatHangsIsNotKnownToHaveFailed() =>
        Assert.Equal(GuestOutcome.Unverified, Windows(Report("TimedOut", "IMAGE_STATE_UNDEPLOYABLE", tag: false), "Failed", exitCode: 2).Outcome);

    [Theory]
    [InlineData("Failed", 1)]
    [InlineData("TimedOut", 2)]
    [InlineData("Canceled", 2)]
    [InlineData("Succeeded", 2)]
    public void SilenceProvesNothingWhateverTheExitCode(string executionState, int expected)
    {
        GuestVerdict verdict = Windows("no report here", executionState, exitCode: 0);

        Assert.Equal(expected == 1 ? GuestOutcome.Failed : GuestOutcome.Unverified, verdict.Outcome);
        Assert.Equal(["no report here"], verdict.Finding);
    }

    [Fact]
    public void ALinuxGuestThatAnsweredIsNotProvenYet()
    {
        GuestVerdict verdict = Linux("""{"result":"imagecmdlets-generalize","os":"Linux","outcome":"Scheduled","warnings":["a user stays"]}""", "Succeeded", exitCode: 0);

        Assert.Equal(GuestOutcome.Stopping, verdict.Outcome);
        Assert.Null(verdict.GuestState);
        Assert.Equal(["a user stays"], verdict.Finding);
    }

    [Fact]
    public void ALinuxGuestThatRefusesSaysWhy()
    {
        GuestVerdict verdict = Linux(
            """{"result":"imagecmdlets-generalize","os":"Linux","outcome":"Refused","reason":"waagent does not run.","warnings":[]}""", "Failed", exitCode: 1);

        Assert.Equal(GuestOutcome.Failed, verdict.Outcome);
        Assert.Equal("waagent does not run.", verdict.Message);
        Assert.Equal("Linux.AgentBroken", verdict.RootCause!.RuleId);
        Assert.Equal(["waagent does not run."], verdict.Finding);
    }

    [Fact]
    public void AScriptThatNeverReachedTheGuestHasFailed()
    {
        var view = new GuestCommandView { ProvisioningState = "Failed", ExecutionState = "Unknown", Message = "The handler could not be installed." };

        Assert.Equal(new GuestVerdict(GuestOutcome.Failed, "The handler could not be installed."), GuestJudge.Judge(view, isWindows: true));
    }

    [Theory]
    [InlineData("Enable succeeded: \n[stdout]\n{0}\n[stderr]\n")]
    [InlineData("{0}\r\n")]
    [InlineData("{\"result\":\"other\"}\nnoise {0} noise")]
    public void TheReportIsFoundAmongWhateverElseWasPrinted(string output)
    {
        GuestReport? report = GuestReport.Find(output.Replace("{0}", Report("Generalized", Goal, tag: true), StringComparison.Ordinal));

        Assert.Equal("Generalized", report?.Outcome);
        Assert.Equal(Goal, report?.ImageState);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"result\":\"imagecmdlets-generalize\",\"outcome\":\"Genera")]
    [InlineData("}imagecmdlets-generalize{")]
    [InlineData("{\"note\":\"imagecmdlets-generalize\"}")]
    public void WhatIsCutOffOrNotOursIsNoReport(string output) => Assert.Null(GuestReport.Find(output));

    private static string Report(string outcome, string state, bool tag, params string[] errors) => System.Text.Json.JsonSerializer.Serialize(new
    {
        result = "imagecmdlets-generalize", os = "Windows", outcome, imageState = state, tag, exitCode = 0, reason = (string?)null, lastErrors = errors,
    });

    private static GuestVerdict Windows(string output, string executionState = "Succeeded", int exitCode = 0) =>
        GuestJudge.Judge(new GuestCommandView { ProvisioningState = "Succeeded", ExecutionState = executionState, ExitCode = exitCode, Output = output }, isWindows: true);

    private static GuestVerdict Linux(string output, string executionState, int exitCode) =>
        GuestJudge.Judge(new GuestCommandView { ProvisioningState = "Succeeded", ExecutionState = executionState, ExitCode = exitCode, Output = output }, isWindows: false);
}
