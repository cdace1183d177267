namespace ImageCmdlets;

/// <summary>Whether something can be made of a source, and if not, why and what helps.</summary>
/// <param name="Target">What is to be made.</param>
public sealed record ImageSourceTarget(ImageTargetKind Target)
{
    /// <summary>Whether the command would go through as the source is now, as far as can be seen without asking for it.</summary>
    public bool IsPossible => ErrorId is null;

    /// <summary>The command that makes it.</summary>
    public string? Command { get; init; }

    /// <summary>Why it cannot be made; null where it can.</summary>
    public string? Reason { get; init; }

    /// <summary>The ErrorId that the command would end with.</summary>
    public string? ErrorId { get; init; }

    /// <summary>What helps.</summary>
    public string? RecommendedAction { get; init; }

    public override string ToString() => IsPossible ? Target.ToString() : $"{Target}: {Reason}";
}
