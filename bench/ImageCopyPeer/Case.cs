namespace ImageCmdlets.Bench.ImageCopyPeer;

/// <summary>A case, and what came of it.</summary>
/// <param name="What">What was tried.</param>
/// <param name="Tool">With which command.</param>
/// <param name="Outcome">What came of it.</param>
internal sealed record Case(string What, string Tool, Outcome Outcome);
