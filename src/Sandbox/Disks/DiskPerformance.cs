namespace ImageCmdlets.Sandbox.Disks;

/// <summary>What a disk of a storage type and size can do, as Azure writes it into the resource.</summary>
/// <param name="Tier">Performance tier such as <c>P10</c>; only premium disks show theirs.</param>
/// <param name="Iops">Operations a second.</param>
/// <param name="Mbps">Megabytes a second.</param>
internal sealed record DiskPerformance(string? Tier, int Iops, int Mbps)
{
    // Published sizes of premium SSDs: P3, P4, P15 agree with the recordings.
    private static readonly (int SizeGB, string Tier, int Iops, int Mbps)[] s_premium =
    [
        (4, "P1", 120, 25), (8, "P2", 120, 25), (16, "P3", 120, 25), (32, "P4", 120, 25), (64, "P6", 240, 50),
        (128, "P10", 500, 100), (256, "P15", 1100, 125), (512, "P20", 2300, 150), (1024, "P30", 5000, 200),
        (2048, "P40", 7500, 250), (4096, "P50", 7500, 250), (8192, "P60", 16000, 500), (16384, "P70", 18000, 750),
        (32767, "P80", 20000, 900),
    ];

    /// <summary>Figures of a storage type at a size.</summary>
    public static DiskPerformance Of(string sku, long sizeGB)
    {
        if (sku is "Premium_LRS" or "Premium_ZRS")
        {
            (int _, string tier, int iops, int mbps) = s_premium.First(p => p.SizeGB >= Math.Min(sizeGB, 32767));
            return new DiskPerformance(tier, iops, mbps);
        }

        return sku switch
        {
            "PremiumV2_LRS" => new DiskPerformance(null, 3000, 125),
            "UltraSSD_LRS" => new DiskPerformance(null, 500, 8),
            "StandardSSD_LRS" or "StandardSSD_ZRS" => sizeGB switch
            {
                <= 4096 => new DiskPerformance(null, 500, 100),
                <= 8192 => new DiskPerformance(null, 2000, 400),
                <= 16384 => new DiskPerformance(null, 4000, 600),
                _ => new DiskPerformance(null, 6000, 750),
            },
            _ => sizeGB switch
            {
                <= 4096 => new DiskPerformance(null, 500, 60),
                <= 8192 => new DiskPerformance(null, 1300, 300),
                _ => new DiskPerformance(null, 2000, 500),
            },
        };
    }

    /// <summary><c>sku.tier</c> of a storage type.</summary>
    public static string SkuTier(string sku)
    {
        if (sku.StartsWith("Premium", StringComparison.Ordinal)) return "Premium";
        return sku.StartsWith("Ultra", StringComparison.Ordinal) ? "Ultra" : "Standard";
    }
}
