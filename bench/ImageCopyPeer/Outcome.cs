namespace ImageCmdlets.Bench.ImageCopyPeer;

/// <summary>What came of one run of a command in a world.</summary>
/// <param name="Run">The command's end.</param>
/// <param name="Essence">What it said about it.</param>
/// <param name="Exchanges">What it asked of Azure.</param>
/// <param name="Copies">The copies that there are, and what they carry.</param>
/// <param name="Left">What is there now and was not before, other than images.</param>
/// <param name="OpenAccesses">What anybody with a signature can read.</param>
internal sealed record Outcome(
    ToolRun Run, IReadOnlyList<string> Essence, Exchanges Exchanges, IReadOnlyList<string> Copies, IReadOnlyList<string> Left, IReadOnlyList<string> OpenAccesses);
