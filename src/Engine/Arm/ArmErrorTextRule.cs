namespace ImageCmdlets.Engine.Arm;

/// <summary>A part of Azure's text that decides the ErrorId where the code alone does not.</summary>
internal sealed record ArmErrorTextRule(string Contains, string ErrorId, string? AlsoContains = null)
{
    public bool Fits(string? text) => Has(text, Contains) && (AlsoContains is null || Has(text, AlsoContains));

    private static bool Has(string? text, string part) => text?.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
}
