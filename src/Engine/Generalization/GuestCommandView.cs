using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>A run command as it is now.</summary>
/// <remarks>Source: <c>VirtualMachineRunCommands_GetByVirtualMachine</c> with <c>$expand=instanceView</c>.</remarks>
internal sealed record GuestCommandView
{
    private const int LongestTail = 200;

    /// <summary>Whether Azure has handed the script to the guest; with <c>asyncExecution</c> it ends when the script starts.</summary>
    public string? ProvisioningState { get; init; }

    /// <summary><c>Unknown</c>, <c>Pending</c>, <c>Running</c>, <c>Succeeded</c>, <c>Failed</c>, <c>TimedOut</c> or <c>Canceled</c>.</summary>
    public string? ExecutionState { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>The last 4,096 bytes of the standard output.</summary>
    public string Output { get; init; } = string.Empty;

    /// <summary>The last 4,096 bytes of the error output.</summary>
    public string Error { get; init; } = string.Empty;

    /// <summary>What the run command's own extension has to say.</summary>
    public string? Message { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    /// <summary>Whether this module made it.</summary>
    public bool IsOurs { get; init; }

    /// <summary>What it was begun for, by its tags; null for a foreign one.</summary>
    public string? Step { get; init; }

    /// <summary>Whether Azure could not even hand the script over.</summary>
    public bool IsNotDelivered => ProvisioningState is "Failed" or "Canceled" && ExecutionState is null or "Unknown" or "Pending";

    /// <summary>Whether nothing more will come.</summary>
    public bool HasEnded => IsNotDelivered || ExecutionState is "Succeeded" or "Failed" or "TimedOut" or "Canceled";

    /// <summary>Whether the script came to its end with exit code 0.</summary>
    public bool IsGood => this is { ExecutionState: "Succeeded", ExitCode: 0 or null };

    /// <param name="item">Azure's answer.</param>
    /// <param name="madeBy">The cmdlet that gives its run commands this name.</param>
    public static GuestCommandView Read(JsonElement item, string madeBy)
    {
        JsonElement view = item.Find("properties", "instanceView") ?? default;
        return new GuestCommandView
        {
            ProvisioningState = item.Text("properties", "provisioningState"),
            ExecutionState = view.Text("executionState"),
            ExitCode = view.Number("exitCode"),
            Output = view.Text("output") ?? string.Empty,
            Error = view.Text("error") ?? string.Empty,
            Message = view.Text("executionMessage"),
            StartTime = view.Time("startTime"),
            EndTime = view.Time("endTime"),
            IsOurs = OperationTags.IsMadeBy(item.Map("tags"), madeBy),
            Step = item.Map("tags").TryGetValue(OperationTags.StepTag, out string? step) ? step : null,
        };
    }

    /// <summary>The end of what a script that failed has to say: of its errors, or of what its extension or itself printed.</summary>
    public string ShortenedError()
    {
        string tail = (Error.Length > 0 ? Error : Message ?? Output).Trim();
        return tail.Length <= LongestTail ? tail : tail.Substring(tail.Length - LongestTail);
    }

    /// <summary>Output may hold anything that a guest prints; only the state is shown.</summary>
    public override string ToString() => $"{ExecutionState ?? ProvisioningState}";
}
