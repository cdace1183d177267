namespace ImageCmdlets;

/// <summary>Long work in Azure: started with <c>-NoWait</c>, or found by the tags that this module leaves on what it makes on its way.</summary>
/// <remarks>No state lives outside Azure. A command that has further steps to do goes on when it is run again: <see cref="Command"/>.</remarks>
public sealed class ImageOperation : ArmResource
{
    /// <param name="id">The resource that is being made or changed.</param>
    /// <param name="operation">What was asked for, such as "Remove", or the cmdlet, such as "Copy-CustomImage".</param>
    /// <param name="startTime">When Azure accepted it; null where nothing tells.</param>
    public ImageOperation(string id, string operation, DateTimeOffset? startTime)
        : base(id)
    {
        Operation = operation;
        StartTime = startTime;
        Kind = KindOf(operation, ResourceId.TryParse(id)?.ResourceType);
    }

    /// <summary>What was asked for, such as "Remove", or the cmdlet, such as "Copy-CustomImage".</summary>
    public string Operation { get; }

    /// <summary>What it is about.</summary>
    public ImageOperationKind Kind { get; init; }

    /// <summary>When Azure accepted the first request of it; null where nothing tells.</summary>
    public DateTimeOffset? StartTime { get; }

    /// <summary><c>InProgress</c>: Azure is at work. <c>Interrupted</c>: Azure has done its part, and a command has to go on; one that still
    /// waits for it does so by itself. <c>Succeeded</c>, <c>Failed</c>, <c>Stopped</c>.</summary>
    public string State { get; init; } = "InProgress";

    /// <summary>What is being copied, generalized or restored; null where nothing tells.</summary>
    public string? SourceId { get; init; }

    /// <summary>How much has been done, where Azure says it; null where it does not.</summary>
    public double? PercentComplete { get; init; }

    /// <summary>From the start until it was looked at.</summary>
    public TimeSpan? Elapsed { get; init; }

    /// <summary>What it has in Azure.</summary>
    public IReadOnlyList<ImageOperationPart> Resource { get; init => field = value.ToArray(); } = [];

    /// <summary>What to type to go on, where something has to be; null where nothing has to.</summary>
    public string? Command { get; init; }

    /// <summary>What is being waited for, or why it failed.</summary>
    public string? Detail { get; init; }

    private static ImageOperationKind KindOf(string operation, string? type) => operation switch
    {
        "Remove" => ImageOperationKind.Remove,
        "Set" => ImageOperationKind.Update,
        "Start" or "PowerOff" or "Deallocate" => ImageOperationKind.Power,
        _ when Same(type, ResourceTypes.VirtualMachine) => ImageOperationKind.VM,
        _ when Same(type, ResourceTypes.Snapshot) => ImageOperationKind.Snapshot,
        _ when Same(type, ResourceTypes.Disk) => ImageOperationKind.Restore,
        _ => ImageOperationKind.Image,
    };

    private static bool Same(string? a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
