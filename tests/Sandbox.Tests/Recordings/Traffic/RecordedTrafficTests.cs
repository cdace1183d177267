using ImageCmdlets.Engine.Tests.Recordings;

namespace ImageCmdlets.Sandbox.Tests.Recordings.Traffic;

/// <summary>Every recorded session of the folder, played to the sandbox as a whole: it answers as Azure did, but for what is listed by name.</summary>
[Trait("Category", "Recordings")]
public sealed class RecordedTrafficTests(ITestOutputHelper output)
{
    [Fact]
    public void ReplayShowsWhatDiffers()
    {
        foreach (string name in RecordingLibrary.Names)
        {
            TrafficScore score = TrafficReplay.Play(RecordingLibrary.Read(name));
            output.WriteLine($"== {score.Session}: {score.Covered} covered, {score.Timing} timing, {score.Findings.Select(f => f.Index).Distinct().Count()} differ");
            foreach ((string what, int count) in score.Uncovered) output.WriteLine($"   uncovered {count} {what}");
            foreach (TrafficFinding finding in score.Findings) output.WriteLine($"   {finding}");
        }
    }
}
