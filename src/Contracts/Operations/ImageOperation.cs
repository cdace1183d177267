namespace ImageCmdlets;

/// <summary>A long-running operation that was started and not waited for (<c>-NoWait</c>).</summary>
/// <remarks>The command that started it picks it up when it is run again without <c>-NoWait</c>.</remarks>
public sealed class ImageOperation : ArmResource
{
    /// <param name="id">The resource that is being changed.</param>
    /// <param name="operation">What was asked for, such as "Remove".</param>
    /// <param name="startTime">When Azure accepted it.</param>
    public ImageOperation(string id, string operation, DateTimeOffset startTime)
        : base(id)
    {
        Operation = operation;
        StartTime = startTime;
    }

    /// <summary>What was asked for, such as "Remove".</summary>
    public string Operation { get; }

    /// <summary>When Azure accepted it.</summary>
    public DateTimeOffset StartTime { get; }

    /// <summary><c>InProgress</c>, or <c>Succeeded</c> when Azure had already finished.</summary>
    public string State { get; init; } = "InProgress";
}
