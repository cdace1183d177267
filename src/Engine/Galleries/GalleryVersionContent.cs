namespace ImageCmdlets.Engine.Galleries;

/// <summary>What an image version is made of, and where it is to be.</summary>
internal sealed record GalleryVersionContent
{
    /// <summary>The region of the source, where the version is made before it is replicated.</summary>
    public required string Location { get; init; }

    /// <summary>The id of a managed image, machine or other version.</summary>
    public required string SourceId { get; init; }

    /// <summary>The regions, that of <see cref="Location"/> among them.</summary>
    public required IReadOnlyList<string> TargetRegion { get; init; }

    /// <summary>Whether a later write may name fewer regions; Azure refuses it otherwise.</summary>
    public bool AllowsRemovalOfRegions { get; init; }

    public bool ExcludeFromLatest { get; init; }

    public required IReadOnlyDictionary<string, string> Tag { get; init; }
}
