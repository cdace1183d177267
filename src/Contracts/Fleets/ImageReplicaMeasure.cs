namespace ImageCmdlets;

/// <summary>How many replicas an image version has in a region, and how many a number of machines wants there.</summary>
/// <remarks>Source: <c>GalleryImageVersions_Get</c>; one replica for every 20 machines that are made at once is Azure's advice (article "Azure Compute
/// Gallery", Scaling).</remarks>
public sealed class ImageReplicaMeasure
{
    /// <summary>The full ARM id of the image version.</summary>
    public required string Id { get; init; }

    /// <summary>The region's short name.</summary>
    public required string Location { get; init; }

    /// <summary>The machines that are to be made there at once.</summary>
    public required int VMCount { get; init; }

    /// <summary>The replicas that it has there; 0: it is not there.</summary>
    public required int ReplicaCount { get; init; }

    /// <summary>The replicas that so many machines want.</summary>
    public required int RequiredReplicaCount { get; init; }

    /// <summary>Whether it has as many as are wanted.</summary>
    public bool IsEnough => ReplicaCount >= RequiredReplicaCount;

    public override string ToString() => $"{Location}: {ReplicaCount} of {RequiredReplicaCount}";
}
