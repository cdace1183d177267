namespace ImageCmdlets.Engine.Galleries;

/// <summary>An image version in one of its regions.</summary>
/// <param name="Region">The region's short name.</param>
/// <param name="State"><c>Replicating</c>, <c>Completed</c>, <c>Failed</c> or <c>Unknown</c>.</param>
/// <param name="Progress">0 to 100.</param>
/// <param name="Details">Why it failed.</param>
internal sealed record GalleryReplica(string Region, string State, int Progress, string? Details)
{
    public bool IsThere => State == "Completed";

    public bool HasFailed => State == "Failed";
}
