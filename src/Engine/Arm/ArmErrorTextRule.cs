namespace ImageCmdlets.Engine.Arm;

/// <summary>A part of Azure's text that decides the ErrorId where the code alone does not.</summary>
/// <param name="Contains">Words of the message, whatever their casing.</param>
/// <param name="ErrorId">One of <see cref="ErrorIds"/>.</param>
/// <param name="AlsoContains">Further words that must be there too; null: none.</param>
/// <param name="RecommendedAction">Advice better than the id's own; null: the id's own.</param>
internal sealed record ArmErrorTextRule(string Contains, string ErrorId, string? AlsoContains = null, string? RecommendedAction = null)
{
    public bool Fits(string? text) => Has(text, Contains) && (AlsoContains is null || Has(text, AlsoContains));

    private static bool Has(string? text, string part) => text?.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
}
