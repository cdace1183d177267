namespace ImageCmdlets;

/// <summary>Which resources of one type are meant: one by id, or those whose name fits in a group or subscription.</summary>
public sealed record ResourceQuery
{
    /// <summary>The one resource meant; then nothing else counts.</summary>
    public string? Id { get; init; }

    /// <summary>Null: the session's.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>A name or a pattern with <c>*</c>, <c>?</c> or <c>[…]</c>; null: every group of the subscription.</summary>
    public string? ResourceGroupName { get; init; }

    /// <summary>A name or a pattern with <c>*</c>, <c>?</c> or <c>[…]</c>; null: all.</summary>
    public string? Name { get; init; }
}
