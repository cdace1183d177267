using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Engine.Images;

/// <summary>What Azure would refuse after the call, refused before it.</summary>
internal static class ImageRules
{
    private const string Gallery = "Use a gallery image version instead; managed images, which Azure calls legacy, cannot hold it.";

    /// <summary>Security type and architecture come before the state: a machine generalized in vain is lost.</summary>
    /// <exception cref="ImageCmdletsException">SecurityTypeNotSupported, ArchitectureNotSupported.</exception>
    public static void RequirePlain(string name, string id, string? securityType, string? architecture)
    {
        if (securityType is not (null or "Standard"))
            throw new ImageCmdletsException(ErrorIds.SecurityTypeNotSupported, $"'{name}' has the security type {securityType}, which a managed image cannot hold.", id, Gallery);
        if (architecture is not (null or "x64"))
            throw new ImageCmdletsException(ErrorIds.ArchitectureNotSupported, $"'{name}' is an {architecture} system; managed images are x64 only.", id, Gallery);
    }

    /// <exception cref="ImageCmdletsException">VMIsRunning, VMNotGeneralized, VMNotDeallocated.</exception>
    public static void RequireGeneralized(ImageVM vm)
    {
        // Without an instance view nothing is known; Azure itself refuses what it must.
        if (vm.OSState is null && vm.PowerState is null)
            return;

        if (vm.OSState != "Generalized" && vm.PowerState == "Running")
            throw new ImageCmdletsException(ErrorIds.VMIsRunning, $"'{vm.Name}' is running and was not generalized.", vm.Id, "Run Invoke-Generalize on it first; it stops the machine at the right moment.");
        if (vm.OSState != "Generalized")
            throw new ImageCmdletsException(ErrorIds.VMNotGeneralized, $"'{vm.Name}' was not generalized.", vm.Id);
        if (vm.PowerState != "Deallocated" && ResourceId.TryParse(vm.OSDisk?.SourceId) is not null)
            throw new ImageCmdletsException(ErrorIds.VMNotDeallocated, $"'{vm.Name}' is not deallocated: its state is {vm.PowerState ?? "unknown"}.", vm.Id);
    }

    /// <exception cref="ImageCmdletsException">RegionMismatch.</exception>
    public static void RequireRegion(string name, string id, string? sourceLocation, string? location)
    {
        if (location is null || LocationCatalog.Same(sourceLocation, location))
            return;

        throw new ImageCmdletsException(ErrorIds.RegionMismatch, $"'{name}' is in {sourceLocation}; an image of it cannot be made in {LocationCatalog.Normalize(location)}.", id,
            "Leave -Location out, and take the image to other regions with Copy-CustomImage.");
    }

    /// <summary>The generation: the source's, or what the user says where the source says none.</summary>
    /// <exception cref="ImageCmdletsException">HyperVGenerationMismatch.</exception>
    public static string? Generation(string name, string id, string? sourceGeneration, string? wanted)
    {
        if (sourceGeneration is null || wanted is null || Same(sourceGeneration, wanted))
            return sourceGeneration ?? wanted?.ToUpperInvariant();

        throw new ImageCmdletsException(ErrorIds.HyperVGenerationMismatch, $"'{name}' is of generation {sourceGeneration}, not {wanted}.", id);
    }

    /// <summary>The system: the source's, or what the user says where the source says none.</summary>
    /// <exception cref="ImageCmdletsException">OSTypeMismatch, InvalidArgument.</exception>
    public static string OSType(string name, string id, string? sourceType, string? wanted)
    {
        if (sourceType is not null && wanted is not null && !Same(sourceType, wanted))
            throw new ImageCmdletsException(ErrorIds.OSTypeMismatch, $"'{name}' is a {sourceType} system, not {wanted}.", id, "Leave -OSType out: the source decides it.");

        string? written = wanted is null ? null : Same(wanted, "Windows") ? "Windows" : "Linux";
        return sourceType ?? written
            ?? throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"'{name}' does not say which system is on it.", name, "Pass -OSType Windows or -OSType Linux.");
    }

    /// <summary>Whether the bytes of a disk or snapshot are there and stand still.</summary>
    /// <exception cref="ImageCmdletsException">SnapshotNotComplete, VMIsRunning, ResourceBusy.</exception>
    public static void RequireStill(DiskFacts disk)
    {
        SnapshotRestoring.RequireComplete(disk);
        if (disk.DiskState == "Attached")
            throw new ImageCmdletsException(ErrorIds.VMIsRunning, $"The disk '{disk.Id.Name}' is attached to the running virtual machine '{ResourceId.TryParse(disk.ManagedBy)?.Name}'.", disk.Id.Text, "Run Stop-ImageVM on it first, or take a snapshot of the disk with New-ImageSnapshot.");
        if (disk.ProvisioningState is not (null or "Succeeded"))
            throw new ImageCmdletsException(ErrorIds.ResourceBusy, $"'{disk.Id.Name}' is in the state {disk.ProvisioningState}.", disk.Id.Text);
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
