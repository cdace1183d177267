namespace ImageCmdlets.Sandbox.Marketplace;

/// <summary>
/// The purchase plan of an image whose terms have to be accepted before a machine can be made of it. Azure shows it on the
/// image version only when terms apply.
/// </summary>
/// <param name="Publisher">Who sells it; the same as the image's publisher.</param>
/// <param name="Product">The offer.</param>
/// <param name="Name">The plan inside the offer, usually the SKU.</param>
public sealed record MarketplacePlan(string Publisher, string Product, string Name)
{
    /// <summary>True when a request's plan buys this one. Azure compares the three names without case.</summary>
    /// <param name="publisher">The request's <c>plan.publisher</c>.</param>
    /// <param name="product">The request's <c>plan.product</c>.</param>
    /// <param name="name">The request's <c>plan.name</c>.</param>
    public bool Matches(string? publisher, string? product, string? name) =>
        string.Equals(Publisher, publisher, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Product, product, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);
}
