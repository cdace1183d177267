namespace ImageCmdlets.Engine.Reports;

/// <summary>Lineages in words.</summary>
internal static class LineageText
{
    public static string KindOf(ImageLineageStep step) => step.Kind switch
    {
        ImageSourceKind.MarketplaceImage => "Marketplace",
        ImageSourceKind.CustomImage => "Managed image",
        ImageSourceKind.ImageVersion => "Image version",
        ImageSourceKind.VM => "Virtual machine",
        ImageSourceKind.Vhd => "VHD",
        _ => step.Kind.ToString(),
    };

    /// <summary>Images with the same origins together: their names, and the steps back from there.</summary>
    public static IEnumerable<(string Names, IReadOnlyList<ImageLineageStep> Steps)> Grouped(IEnumerable<IReadOnlyList<ImageLineageStep>> lineages) => lineages
        .GroupBy(lineage => string.Join("\n", lineage.Skip(1).Select(step => step.Id).Prepend(lineage[0].Reason ?? string.Empty)), StringComparer.OrdinalIgnoreCase)
        .Select(group => (string.Join(", ", group.Select(lineage => lineage[0].Name)), group.First()));

    /// <summary>One lineage as a sentence.</summary>
    public static string Of(string names, IReadOnlyList<ImageLineageStep> steps) => string.Join(", made of ", steps.Select((step, index) =>
        index == 0 ? names + Remark(step) : $"{(step.Kind == ImageSourceKind.Vhd ? "VHD" : KindOf(step).ToLowerInvariant())} {step.Name}{Remark(step)}"));

    /// <summary>All of them, for who does not see the drawing.</summary>
    public static string OfAll(IEnumerable<IReadOnlyList<ImageLineageStep>> lineages) => string.Join(". ", Grouped(lineages).Select(group => Of(group.Names, group.Steps)));

    private static string Remark(ImageLineageStep step) => step.Reason is { } reason ? $" ({reason})" : string.Empty;
}
