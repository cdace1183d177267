namespace ImageCmdlets.Engine.Galleries;

/// <summary>One image version to make.</summary>
/// <param name="Definition">Of which image.</param>
/// <param name="Source">What it is made of.</param>
/// <param name="Content">What it is to be.</param>
internal sealed record VersionPlan(ResourceId Definition, VersionSource Source, GalleryVersionContent Content)
{
    /// <summary>Null: the next number.</summary>
    public Version? Version { get; init; }

    public VersionIncrement Increment { get; init; }

    /// <summary>The next number within this major version; null: after the greatest of all.</summary>
    public int? Major { get; init; }

    /// <summary>Whether versions that are deleted are kept; then their numbers are not free.</summary>
    public bool KeepsDeleted { get; init; }

    /// <summary>What it is made of, its data disks and its regions not counted: what tells whether a version that is there is this one.</summary>
    public string Key => Source.Key;

    /// <summary>The source as a version names it.</summary>
    public string SourceId => Content.SourceId ?? Content.OSDisk!.SourceId!;
}
