namespace ImageCmdlets;

/// <summary>The purchase plan of a marketplace image with terms; machines made from copies of it need it again.</summary>
public sealed record PurchasePlan(string Publisher, string Product, string Name)
{
    public override string ToString() => $"{Publisher}:{Product}:{Name}";
}
