namespace ImageCmdlets;

/// <summary>A report to write: which galleries and images, by which rules of retention, into which file.</summary>
public sealed record ExportReportOptions
{
    /// <summary>The full path of the file.</summary>
    public required string FilePath { get; init; }

    /// <summary>Galleries, image definitions, versions (then their definitions) and managed images, by their ids.</summary>
    public IReadOnlyList<string> Id { get; init => field = value.ToArray(); } = [];

    /// <summary>Galleries and definitions by their names; with a query that names neither, the managed images of its groups too.</summary>
    public IReadOnlyList<GalleryQuery> Query { get; init => field = value.ToArray(); } = [];

    /// <summary>The headline; null: what the report is of.</summary>
    public string? Title { get; init; }

    /// <summary>By what it is told which versions would be removed.</summary>
    public GetImageRetentionOptions Rule { get; init; } = new();

    /// <summary>Replace a file that is there.</summary>
    public bool Force { get; init; }
}
