namespace ImageCmdlets;

/// <summary>A plan of retention that is to be carried out.</summary>
public sealed record InvokeImageRetentionOptions
{
    /// <summary>The plan; versions to keep in it are passed over.</summary>
    public required IReadOnlyList<ImageRetention> Plan { get; init; }

    /// <summary>The brake: a plan that removes more is refused whole.</summary>
    public int MaxRemove { get; init; } = 5;

    /// <summary>Only exclude the versions from latest, so that they can go another day.</summary>
    public bool ExcludeOnly { get; init; }
}
