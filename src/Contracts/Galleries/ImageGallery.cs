namespace ImageCmdlets;

/// <summary>An Azure Compute Gallery: holds image definitions, and these the versions of images.</summary>
/// <remarks>Source: <c>Galleries_Get</c>.</remarks>
public sealed class ImageGallery(string id) : ArmResource(id)
{
    public string? Description { get; init; }

    /// <summary>The name under which it is known to others that it is shared with.</summary>
    public string? UniqueName { get; init; }

    /// <summary><c>Private</c>, <c>Groups</c> (subscriptions and tenants) or <c>Community</c>.</summary>
    public string Permission { get; init; } = "Private";

    /// <summary>Whether versions that are deleted can be brought back for seven days.</summary>
    public bool SoftDelete { get; init; }
}
