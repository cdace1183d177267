namespace ImageCmdlets.Engine.Images;

/// <summary>The purchase plan of an image, kept in its tags, because a managed image has no place for it.</summary>
/// <remarks>The tag names are Packer's, so that images of both tools read alike.</remarks>
internal static class PlanTags
{
    private const string NameTag = "PlanName";
    private const string ProductTag = "PlanProduct";
    private const string PublisherTag = "PlanPublisher";

    /// <summary>The plan in the tags; null unless all three are there.</summary>
    public static PurchasePlan? Read(IReadOnlyDictionary<string, string> tags) =>
        tags.TryGetValue(NameTag, out string? name) && tags.TryGetValue(ProductTag, out string? product) && tags.TryGetValue(PublisherTag, out string? publisher)
            ? new PurchasePlan(publisher, product, name)
            : null;

    /// <summary>Adds the plan to tags that are about to be written.</summary>
    public static void Write(IDictionary<string, string> tags, PurchasePlan? plan)
    {
        if (plan is null)
            return;

        tags[NameTag] = plan.Name;
        tags[ProductTag] = plan.Product;
        tags[PublisherTag] = plan.Publisher;
    }
}
