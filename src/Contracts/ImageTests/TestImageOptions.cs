namespace ImageCmdlets;

/// <summary>An image to be tested, and how.</summary>
public sealed record TestImageOptions
{
    /// <summary>The id of a managed image or an image version.</summary>
    public required string Id { get; init; }

    /// <summary>The subscription of the temporary machines; null: the session's.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>How many machines are made of it; identities can be compared from two on.</summary>
    public int Count { get; init; } = 2;

    /// <summary>Null: the region of a managed image, the first region of an image version.</summary>
    public string? Location { get; init; }

    /// <summary>Null: as New-ImageVM.</summary>
    public string? Size { get; init; }

    /// <summary>The user's checks, run on each machine in this order.</summary>
    public IReadOnlyList<ImageScript> Script { get; init; } = [];

    /// <summary>Leave the machines and their group.</summary>
    public bool Keep { get; init; }
}
