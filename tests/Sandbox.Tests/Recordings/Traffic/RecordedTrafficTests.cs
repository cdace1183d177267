using ImageCmdlets.Engine.Tests.Recordings;

namespace ImageCmdlets.Sandbox.Tests.Recordings.Traffic;

/// <summary>Every recorded session of the folder, played to the sandbox as a whole: it answers as Azure did, but for what is listed by name.</summary>
[Trait("Category", "Recordings")]
public sealed class RecordedTrafficTests(ITestOutputHelper output)
{
    private const double AllowedShare = 0.05;

    [Fact]
    public void EveryAnswerIsAzuresOrListedByNameWithItsReason()
    {
        Assert.SkipWhen(!RecordingLibrary.Names.Any(), RecordingFolder.WhyNot);
        TrafficScore[] scores = [.. RecordingLibrary.Names.Select(static name => TrafficReplay.Play(RecordingLibrary.Read(name)))];
        TrafficFinding[] findings = [.. scores.SelectMany(static score => score.Findings)];
        TrafficFinding[] unlisted = [.. findings.Where(static finding => !KnownDisagreements.All.Any(known => known.Covers(finding)))];
        Print(scores, findings, unlisted);

        string[] otherwise = [.. KnownDisagreements.All.Where(known => known.CountIn(findings) != known.Exchanges)
            .Select(known => $"{known.CountIn(findings)} instead of {known.Exchanges} exchanges: {known}")];
        double share = (double)scores.Sum(static score => score.Differing) / scores.Sum(static score => score.Covered);
        Assert.True(unlisted.Length == 0, $"{unlisted.Length} disagreements are not listed, the first is {unlisted.FirstOrDefault()}");
        Assert.Empty(otherwise);
        Assert.True(share < AllowedShare, $"{share:P1} of the exchanges of covered operations differ.");
    }

    private void Print(TrafficScore[] scores, TrafficFinding[] findings, TrafficFinding[] unlisted)
    {
        output.WriteLine($"{"session",-70} covered timing differ outside");
        foreach (TrafficScore score in scores)
            output.WriteLine($"{score.Session,-70} {score.Covered,7} {score.Timing,6} {score.Differing,6} {score.Uncovered.Values.Sum(),7}");
        int covered = scores.Sum(static score => score.Covered), differing = scores.Sum(static score => score.Differing);
        output.WriteLine($"{"all",-70} {covered,7} {scores.Sum(static s => s.Timing),6} {differing,6} {(double)differing / covered,7:P1}");

        output.WriteLine("\nRequests to operations that the sandbox does not have:");
        foreach (IGrouping<string, int> what in scores.SelectMany(static s => s.Uncovered).GroupBy(static p => p.Key, static p => p.Value).OrderBy(static g => g.Key, StringComparer.Ordinal))
            output.WriteLine($"{what.Sum(),5} {what.Key}");

        output.WriteLine("\nListed disagreements: exchanges, session, operation, point, reason");
        foreach (KnownDisagreement known in KnownDisagreements.All)
            output.WriteLine($"{known.CountIn(findings),5} {known.Session} | {known.Operation} | {known.Point} | {known.Reason}");

        output.WriteLine($"\nDisagreements that are not listed: {unlisted.Length}");
        foreach (TrafficFinding finding in unlisted) output.WriteLine($"! {finding}");
    }
}
