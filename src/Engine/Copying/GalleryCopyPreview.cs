namespace ImageCmdlets.Engine.Copying;

/// <summary>Says what a copy into a gallery would take, from what was read of it.</summary>
internal static class GalleryCopyPreview
{
    // Medians of recorded operations: a new version, and a region more (test_gallery_e2e, GalleryTests).
    private static readonly TimeSpan s_version = TimeSpan.FromSeconds(474);
    private static readonly TimeSpan s_region = TimeSpan.FromSeconds(376);

    // The write and the look before it, and a poll at least every half minute.
    private const int CallsToMake = 4;

    public static ImageCopyPlan Of(GalleryCopyWay way, ImageCopyTarget target)
    {
        string method = way.MethodOf(target.Location);
        TimeSpan duration = method switch
        {
            "Existing" => TimeSpan.Zero,
            "Replication" => s_region,
            _ => s_version,
        };
        return new ImageCopyPlan
        {
            SourceId = target.SourceId,
            Id = way.Existing?.Id ?? target.Id,
            Location = target.Location,
            Method = method,
            Step = [Step(way, target, method)],
            Temporary = [],
            DiskCount = way.DiskCount,
            SizeGB = way.Existing?.SizeGB ?? way.Plan?.Source.LargestGB,
            CallCount = CallsToMake + (int)(duration.TotalSeconds / 30),
            ExpectedDuration = duration,
        };
    }

    private static string Step(GalleryCopyWay way, ImageCopyTarget target, string method) => method switch
    {
        "Existing" => $"Nothing: version {way.Existing!.Name} is there.",
        "Replication" => $"Add {target.Location} to version {way.Existing!.Name} of {way.Existing.DefinitionName}; its other regions stay as they are.",
        _ => $"Make version {way.Plan!.Version?.ToString() ?? "with the next number"} of {way.Plan.Definition.Name} in {way.Plan.Content.Location}, replicated to {string.Join(", ", way.Plan.Content.TargetRegion.Select(region => region.Location))}, once for all regions.",
    };
}
