namespace ImageCmdlets;

/// <summary>Whose uses are looked for, and where.</summary>
public sealed record GetImageUsageOptions
{
    /// <summary>Ids of managed images, galleries, image definitions and image versions.</summary>
    public required IReadOnlyList<string> Id { get; init; }

    /// <summary>The subscriptions to look through; null: all that the account sees.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>Asks the machines' own lists, and not Azure Resource Graph, whose answers can be minutes old.</summary>
    public bool Live { get; init; }
}
