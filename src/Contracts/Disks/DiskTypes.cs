namespace ImageCmdlets;

/// <summary>The kinds of storage that Azure has for disks, and what may have which.</summary>
/// <remarks>Source: the swagger's <c>StorageAccountTypes</c>, <c>DiskStorageAccountTypes</c> and <c>SnapshotStorageAccountTypes</c>, with their
/// remarks: ultra and second-generation premium disks hold no operating system.</remarks>
public static class DiskTypes
{
    /// <summary>What a disk can be.</summary>
    public static IReadOnlyList<string> OfDisks { get; } =
        ["Standard_LRS", "StandardSSD_LRS", "StandardSSD_ZRS", "Premium_LRS", "Premium_ZRS", "PremiumV2_LRS", "UltraSSD_LRS"];

    /// <summary>What all disks of a machine can be from its start, and what an image can ask for.</summary>
    public static IReadOnlyList<string> OfMachines { get; } = ["Standard_LRS", "StandardSSD_LRS", "StandardSSD_ZRS", "Premium_LRS", "Premium_ZRS"];

    /// <summary>Where a snapshot can lie.</summary>
    public static IReadOnlyList<string> OfSnapshots { get; } = ["Standard_LRS", "Standard_ZRS", "Premium_LRS"];
}
