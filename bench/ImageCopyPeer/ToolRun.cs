namespace ImageCmdlets.Bench.ImageCopyPeer;

/// <summary>What a command did.</summary>
/// <param name="ExitCode">Its exit code; null when it was killed.</param>
/// <param name="Output">What it wrote, both streams.</param>
/// <param name="Time">From its start to its end, by the machine's clock.</param>
internal sealed record ToolRun(int? ExitCode, string Output, TimeSpan Time);
