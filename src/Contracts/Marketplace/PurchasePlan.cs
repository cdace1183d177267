namespace ImageCmdlets;

/// <summary>The purchase plan of a marketplace image with terms; machines made from copies of it need it again.</summary>
/// <param name="Publisher">Who sells it.</param>
/// <param name="Product">The offer.</param>
/// <param name="Name">The plan inside the offer, usually the SKU.</param>
public sealed record PurchasePlan(string Publisher, string Product, string Name)
{
    /// <summary>Reads <c>Publisher:Product:Name</c>; PowerShell calls this where a plan is given as text.</summary>
    /// <exception cref="FormatException">The text has not three parts.</exception>
    public static PurchasePlan Parse(string text)
    {
        string[] parts = (text ?? string.Empty).Split(':');
        return parts.Length == 3 && Array.TrueForAll(parts, part => part.Trim().Length > 0)
            ? new PurchasePlan(parts[0].Trim(), parts[1].Trim(), parts[2].Trim())
            : throw new FormatException($"'{text}' is not a purchase plan: write Publisher:Product:Name.");
    }

    public override string ToString() => $"{Publisher}:{Product}:{Name}";
}
