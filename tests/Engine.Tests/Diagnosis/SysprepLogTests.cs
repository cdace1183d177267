using static ImageCmdlets.Engine.Tests.Diagnosis.SysprepLogText;

namespace ImageCmdlets.Engine.Tests.Diagnosis;

public sealed class SysprepLogTests
{
    [Fact]
    public void ARefusalNamesThePackageAndWhatToDo()
    {
        SysprepRun run = Assert.Single(Read([.. Begin("21:55:35"), .. Refusal("21:55:36")]));

        Assert.Equal((SysprepOutcome.Failed, SysprepPhase.Validate, 1, "setupact.log"), (run.Outcome, run.Phase, run.Number, run.Source));
        Assert.Equal((new DateTime(2025, 7, 22, 21, 55, 35), new DateTime(2025, 7, 22, 21, 55, 36)), (run.StartTime, run.EndTime));
        Assert.Equal(["GENERALIZE", "OOBE"], run.Option);
        Assert.Equal("Windows.AppxPackage", run.RootCause!.RuleId);
        Assert.Equal($"The app package {Package} is installed for one user and not provisioned for all users.", run.RootCause.Message);
        Assert.Contains(Package, run.RootCause.Fix, StringComparison.Ordinal);
        Assert.Equal(Appx, run.RootCause.Evidence);
        Assert.Same(run.RootCause, run.Finding[0]);
        Assert.Equal((4, 4, 0), (run.ErrorCount, run.Error.Count, run.NoiseCount));
        Assert.Equal((SysprepLogLevel.Error, "0x0f0070", "SYSPRP", 10L), (run.Error[2].Level, run.Error[2].Code, run.Error[2].Component, run.Error[2].LineNumber));
    }

    [Fact]
    public void ASuccessWithNoiseHasNoCause()
    {
        SysprepRun run = ReadLast([.. Begin("21:55:35"), .. Success("21:58:00")]);

        Assert.Equal((SysprepOutcome.Succeeded, SysprepPhase.Finished), (run.Outcome, run.Phase));
        Assert.Null(run.RootCause);
        Assert.Empty(run.Finding);
        Assert.Equal((1, 0), (run.NoiseCount, run.ErrorCount));
    }

    [Fact]
    public void OnlyTheLastRunIsJudgedByIt()
    {
        IReadOnlyList<SysprepRun> runs = Read([.. Begin("21:55:35"), .. Refusal("21:55:36"), .. Begin("22:10:00"), .. Success("22:13:00")]);

        Assert.Equal([SysprepOutcome.Failed, SysprepOutcome.Succeeded], runs.Select(run => run.Outcome));
        Assert.Equal([1, 2], runs.Select(run => run.Number));
    }

    [Fact]
    public void NoiseBeforeTheCauseIsPassedOver()
    {
        SysprepRun run = ReadLast([.. Begin("21:55:35"), Line("21:55:35", "Error", Noise), .. Refusal("21:55:36")]);

        Assert.Equal(("Windows.AppxPackage", 1), (run.RootCause!.RuleId, run.NoiseCount));
    }

    [Fact]
    public void AKnownErrorGoesBeforeAnUnknownOneThatComesFirst()
    {
        SysprepRun run = ReadLast([.. Begin("21:55:35"), Line("21:55:35", "Error", "Something nobody has seen; hr = 0x80004005"), .. Refusal("21:55:36")]);

        Assert.Equal("Windows.AppxPackage", run.RootCause!.RuleId);
        Assert.Contains(run.Finding, finding => finding is { RuleId: "Unknown", Evidence: "Something nobody has seen; hr = 0x80004005" });
    }

    [Fact]
    public void AnErrorThatNoRuleKnowsIsGivenAsItIs()
    {
        SysprepRun run = ReadLast(
        [
            .. Begin("21:55:35"), Line("21:55:36", "Error", "Something nobody has seen; hr = 0x80004005"),
            Line("21:55:36", "Error", "WinMain:Hit failure while processing sysprep generalize internal providers; hr = 0x80004005", "0x0f00a8"),
        ]);

        Assert.Equal(("Unknown", "Something nobody has seen; hr = 0x80004005"), (run.RootCause!.RuleId, run.RootCause.Evidence));
        Assert.Equal(SysprepPhase.Generalize, run.Phase);
    }

    [Fact]
    public void WhereOnlyEchoesAreLeftTheProviderIsNamed()
    {
        SysprepRun run = ReadLast(
        [
            .. Begin("21:55:35"),
            Line("21:55:36", "Error", "RunExternalDlls:An error occurred while running registry sysprep DLLs, halting sysprep execution. dwRet = 0x2", "0x0f0070"),
            Line("21:55:36", "Error", @"LaunchDll:Failure occurred while executing 'C:\Windows\System32\drmv2clt.dll,SysPrepFunc', returned error code 2[gle=0x00000012]"),
        ]);

        Assert.Equal("Windows.ProviderFailed", run.RootCause!.RuleId);
        Assert.Equal(@"The part 'SysPrepFunc' of C:\Windows\System32\drmv2clt.dll failed.", run.RootCause.Message);
        Assert.Equal("0x00000012", run.Error[1].LastError);
    }

    [Fact]
    public void AWarningIsTheCauseWhenNoErrorSaysMore()
    {
        SysprepRun run = ReadLast([.. Begin("21:55:35"), Line("21:55:36", "Warning", "WinMain: File operations pending"), Line("21:55:36", "Info", "Shutting down SysPrep log")]);

        Assert.Equal((SysprepOutcome.Failed, "Windows.PendingReboot"), (run.Outcome, run.RootCause!.RuleId));
    }

    [Fact]
    public void ALogThatEndsInTheMiddleIsUnfinished()
    {
        SysprepRun run = ReadLast(Begin("21:55:35"));

        Assert.Equal(SysprepOutcome.Incomplete, run.Outcome);
        Assert.Null(run.RootCause);
        Assert.Equal("Windows.SysprepUnfinished", Assert.Single(run.Finding).RuleId);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ARunThatHasJustBegunHidesTheOneBefore(int lines)
    {
        SysprepRun run = ReadLast([.. Begin("21:55:35"), .. Refusal("21:55:36"), .. Begin("22:10:00").Take(lines)]);

        Assert.Equal((2, SysprepOutcome.Incomplete), (run.Number, run.Outcome));
        Assert.Null(run.RootCause);
    }

    [Fact]
    public void WrappedLinesAreJoined()
    {
        string line = Line("21:55:36", "Error", Appx);
        int middle = line.IndexOf("provisioned", StringComparison.Ordinal);

        Assert.Equal("Windows.AppxPackage", ReadLast([.. Begin("21:55:35"), line[..middle], "    " + line[middle..]]).RootCause!.RuleId);
        Assert.Equal("Windows.AppxPackage", ReadLast([.. Begin("21:55:35"), line[..(middle + 4)], line[(middle + 4)..]]).RootCause!.RuleId);
    }

    [Fact]
    public void TheShapeOfConfigurationManagerIsRead()
    {
        SysprepRun run = ReadLast(
            "07-22-2025 21:55:35.123 SYSPRP 983117 (0xf004d) ===          Beginning of a new sysprep run          ===",
            "07-22-2025 21:55:35.123 SYSPRP 983135 (0xf005f) ParseCommands:Found supported command line option 'GENERALIZE'",
            "07-22-2025 21:55:36.000 SYSPRP 0 (0x0) " + Noise,
            "07-22-2025 21:55:36.001 SYSPRP 0 (0x0) " + Appx,
            "07-22-2025 21:55:36.002 SYSPRP 983152 (0xf0070) RunDlls:An error occurred while running registry sysprep DLLs, halting sysprep execution. dwRet = 0x3cf2");

        Assert.Equal((SysprepOutcome.Failed, "Windows.AppxPackage", 1), (run.Outcome, run.RootCause!.RuleId, run.NoiseCount));
        Assert.Equal(["GENERALIZE"], run.Option);
        Assert.Equal("0x0f0070", run.Error[1].Code);
    }

    [Fact]
    public void TheErrorLogBehindTheOtherAddsNothing()
    {
        string[] old = Refusal("21:55:36");
        string[] act = [.. Begin("21:55:35"), .. old, .. Begin("22:10:00"), .. Success("22:13:00")];
        string[] err = [.. old.Take(4), Line("22:13:00", "Error", Noise)];

        IReadOnlyList<SysprepRun> runs = Read([.. act, .. err]);

        Assert.Equal([SysprepOutcome.Failed, SysprepOutcome.Succeeded], runs.Select(run => run.Outcome));
        Assert.Equal((4, 1), (runs[0].ErrorCount, runs[1].NoiseCount));
        Assert.Equal([SysprepOutcome.Failed, SysprepOutcome.Succeeded], Read([.. err, .. act]).Select(run => run.Outcome));
    }

    [Fact]
    public void OldErrorsBehindALogThatLostItsBeginningAreNotJudged()
    {
        string[] act = [.. Begin("22:10:00"), .. Success("22:13:00")];

        SysprepRun run = Assert.Single(Read([.. act, .. Refusal("21:55:36").Take(4)]));

        Assert.Equal((SysprepOutcome.Succeeded, 0), (run.Outcome, run.ErrorCount));
    }

    [Fact]
    public void TheErrorLogAloneIsDividedByLastWordsAndSilence()
    {
        string[] first = [.. Refusal("10:00:00").Take(4)];
        string[] second = [Line("10:05:00", "Error", @"BitLocker-Sysprep: BitLocker is on for the OS volume. (0x80310039)")];
        string[] third = [Line("14:00:00", "Error", Noise)];

        IReadOnlyList<SysprepRun> runs = Read([.. first, .. second, .. third]);

        Assert.Equal(["Windows.AppxPackage", "Windows.BitLocker", null], runs.Select(run => run.RootCause?.RuleId));
        Assert.Equal(SysprepOutcome.Unknown, runs[2].Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello\nworld")]
    [InlineData("2025-99-99 99:99:99, Error SYSPRP x")]
    [InlineData("\0\0\0")]
    public void WhatIsNoLogDoesNotThrow(string text) => Assert.DoesNotContain(Read(text), run => run.Outcome == SysprepOutcome.Succeeded);

    [Fact]
    public void SourceThatIsNoLogHasNoRuns() => Assert.Empty(Read("hello", "world"));
}
