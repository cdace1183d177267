namespace ImageCmdlets;

/// <summary>One resource of an <see cref="ImageOperation"/>.</summary>
/// <param name="Id">The full ARM id.</param>
/// <param name="Step">What it is to the operation, such as <c>source-os</c>; null where no tag says it.</param>
/// <param name="State">Azure's state of it: <c>Succeeded</c>, <c>Creating</c>, <c>Running</c> …; null where Azure says none.</param>
public sealed record ImageOperationPart(string Id, string? Step, string? State)
{
    /// <summary>The last part of the id.</summary>
    public string Name => ResourceId.TryParse(Id)?.Name ?? Id;

    /// <summary>Such as <c>Microsoft.Compute/snapshots</c>.</summary>
    public string? Type => ResourceId.TryParse(Id)?.ResourceType;

    /// <summary>How much of a copy has arrived; null for what is no copy.</summary>
    public double? PercentComplete { get; init; }

    /// <summary>Whether Stop-ImageOperation removes it; false for what stays, such as the snapshots of -Snapshot.</summary>
    public bool IsTemporary { get; init; }

    public override string ToString() => Name;
}
