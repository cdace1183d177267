namespace ImageCmdlets.Engine.Tracking;

/// <summary>An operation as it was found: what belongs to it, and what may be done about it.</summary>
/// <param name="Id">What is being made or changed.</param>
/// <param name="MadeBy">The cmdlet.</param>
/// <param name="Kind">What it is about.</param>
internal sealed record TrackedOperation(ResourceId Id, string MadeBy, ImageOperationKind Kind)
{
    public const string InProgress = "InProgress";
    public const string Interrupted = "Interrupted";
    public const string Succeeded = "Succeeded";
    public const string Failed = "Failed";
    public const string Stopped = "Stopped";

    public required string State { get; init; }

    public string? SourceId { get; init; }

    public string? Location { get; init; }

    public double? Percent { get; init; }

    public DateTimeOffset? Start { get; init; }

    /// <summary>All that belongs to it.</summary>
    public IReadOnlyList<SeenResource> Parts { get; init; } = [];

    /// <summary>What goes when it is stopped, and is left when it has ended.</summary>
    public IReadOnlyList<SeenResource> Temporaries { get; init; } = [];

    public string? Command { get; init; }

    public string? Detail { get; init; }

    /// <summary>Why it has come to its end, or can never come to one, so that nobody needs its temporaries; null where somebody may.</summary>
    public string? EndReason { get; init; }

    /// <summary>Why it cannot be stopped; null where it can.</summary>
    public string? StopRefusal { get; init; }

    /// <summary>What the user is shown.</summary>
    public ImageOperation ToContract(DateTimeOffset now) => new(Id.Text, MadeBy, Start)
    {
        Kind = Kind,
        State = State,
        SourceId = SourceId,
        Location = Location,
        PercentComplete = Percent,
        Elapsed = now - Start,
        Resource = [.. Parts.Select(part => part.ToPart(Temporaries.Contains(part)))],
        Command = Command,
        Detail = Detail ?? EndReason,
    };

    /// <summary>The time of the first of some resources.</summary>
    public static DateTimeOffset? StartOf(IEnumerable<SeenResource> parts) => parts.Min(part => part.TimeCreated);
}
