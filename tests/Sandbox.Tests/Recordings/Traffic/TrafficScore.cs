namespace ImageCmdlets.Sandbox.Tests.Recordings.Traffic;

/// <summary>What came of one replayed session.</summary>
/// <param name="Session">File name of the recording, without folder and extension.</param>
/// <param name="Covered">Exchanges of operations that the sandbox has, which were played and judged.</param>
/// <param name="Timing">Exchanges that show an operation under way which has ended here; how long one takes differs from run to run, so they are not judged.</param>
/// <param name="Uncovered">Requests to operations that the sandbox does not have, with how often each was made.</param>
/// <param name="Findings">Every point of disagreement.</param>
internal sealed record TrafficScore(
    string Session, int Covered, int Timing, IReadOnlyDictionary<string, int> Uncovered, IReadOnlyList<TrafficFinding> Findings)
{
    /// <summary>Exchanges with at least one disagreement.</summary>
    public int Differing => Findings.Select(static finding => finding.Index).Distinct().Count();
}
