using System.Text.Json;

namespace ImageCmdlets.Guest.Tests.Generalization;

/// <summary>What the script and its job have said.</summary>
internal sealed record GeneralizeRun
{
    public required string ExitCode { get; init; }

    /// <summary>What went back through the agent.</summary>
    public required JsonElement? Answer { get; init; }

    /// <summary>How the job says that it ended; null when it never said so.</summary>
    public required JsonElement? End { get; init; }

    /// <summary>Whether the machine has switched itself off, which is the proof.</summary>
    public required bool IsSwitchedOff { get; init; }

    public string? Outcome => Text(Answer, "outcome");

    public string? Reason => Text(Answer, "reason");

    public string? Users => Text(Answer, "users");

    public string? EndOutcome => Text(End, "outcome");

    public string? EndReason => Text(End, "reason");

    public string[] Warnings => [.. Answer!.Value.GetProperty("warnings").EnumerateArray().Select(item => item.GetString()!)];

    private static string? Text(JsonElement? report, string name) => report?.GetProperty(name).GetString();
}
