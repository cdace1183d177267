using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Vms;

/// <summary>Whether an image, a size and what was asked for fit together: what Azure would refuse after the network is made.</summary>
internal static class VMCompatibility
{
    private const string TrustedLaunch = "TrustedLaunch";
    private const string Standard = "Standard";
    private const int LargestDataDiskGB = 32767;

    /// <summary>Adds what does not fit.</summary>
    public static void Check(NewVMOptions options, MachineSource image, VMSize? size, string location, Problems problems)
    {
        if (image.Location is { } home && home != location)
            problems.Add(ErrorIds.RegionMismatch, $"The image '{image.Reference}' is in {home}, the machine is to be in {location}.", image.Reference);

        // A managed image whose tags say no plan may still be of an origin that needs one: only the user knows.
        if (options.Plan is { } plan && plan != image.Plan && (image.Plan is not null || !image.IsManagedImage))
        {
            problems.Add(ErrorIds.PurchasePlanMismatch, $"The image '{image.Reference}' has {(image.Plan is null ? "no purchase plan" : $"the purchase plan {image.Plan}")}, not {plan}.",
                plan.ToString(), "Leave -Plan out: the image's own is used.");
        }

        CheckSecurity(options, image, size, problems);
        CheckDisks(options, image, size, problems);
        if (size is null)
            return;

        if (!string.Equals(size.Architecture, image.Architecture, StringComparison.OrdinalIgnoreCase))
            problems.Add(ErrorIds.ArchitectureMismatch, $"The size {size.Name} is {size.Architecture}, the image '{image.Reference}' is {image.Architecture}.", size.Name);

        if (image.HyperVGeneration is { } generation && !size.Boots(generation))
        {
            problems.Add(ErrorIds.HyperVGenerationMismatch, $"The size {size.Name} boots generation {size.HyperVGenerations}, the image '{image.Reference}' is {generation}.",
                size.Name, "Choose a size of the image's generation with -Size, or an image of the size's generation.");
        }

        if (options.Zone is { } zone && !size.Zones.Contains(zone))
        {
            string zones = size.Zones.Count == 0 ? "no zones" : "the zones " + string.Join(", ", size.Zones.OrderBy(one => one, StringComparer.Ordinal));
            problems.Add(ErrorIds.ZoneNotSupported, $"{location} has {zones} for the size {size.Name}, not '{zone}'.", zone, "Pass one of these with -Zone, or leave it out.");
        }
    }

    private static void CheckSecurity(NewVMOptions options, MachineSource image, VMSize? size, Problems problems)
    {
        bool isTrusted = string.Equals(options.SecurityType, TrustedLaunch, StringComparison.OrdinalIgnoreCase);
        if (!isTrusted && !string.Equals(options.SecurityType, Standard, StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(ErrorIds.InvalidArgument, $"'{options.SecurityType}' is not a security type of New-ImageVM.", options.SecurityType, "Pass Standard or TrustedLaunch with -SecurityType.");
        }
        else if (isTrusted && image.IsManagedImage)
        {
            problems.Add(ErrorIds.SecurityTypeNotSupported, $"Managed images such as '{image.Reference}' have no Trusted Launch.", image.Reference,
                "Leave -SecurityType out, or use a gallery image version.");
        }
        else if (isTrusted && image.SecurityType?.StartsWith(TrustedLaunch, StringComparison.OrdinalIgnoreCase) != true)
        {
            problems.Add(ErrorIds.SecurityTypeNotSupported, $"The image '{image.Reference}' does not support Trusted Launch.", image.Reference, "Leave -SecurityType out, or choose an image that supports it.");
        }
        else if (isTrusted && size?.HasTrustedLaunch == false)
        {
            problems.Add(ErrorIds.SecurityTypeNotSupported, $"The size {size.Name} does not support Trusted Launch.", size.Name, "Leave -SecurityType out, or choose another -Size.");
        }
        else if (!isTrusted && string.Equals(image.SecurityType, TrustedLaunch, StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(ErrorIds.SecurityTypeNotSupported, $"The image '{image.Reference}' makes Trusted Launch machines only.", image.Reference, "Pass -SecurityType TrustedLaunch.");
        }
    }

    private static void CheckDisks(NewVMOptions options, MachineSource image, VMSize? size, Problems problems)
    {
        foreach (int disk in options.DataDiskSizeGB)
        {
            if (disk is < 1 or > LargestDataDiskGB)
                problems.Add(ErrorIds.InvalidDiskSize, $"A data disk has 1 to {LargestDataDiskGB} GiB, not {disk}.", disk, "Pass sizes in GiB with -DataDiskSizeGB.");
        }

        int disks = options.DataDiskSizeGB.Count + image.DataDiskLun.Count;
        if (size?.MaxDataDisks < disks)
            problems.Add(ErrorIds.DataDiskLimitExceeded, $"The size {size.Name} takes {size.MaxDataDisks} data disks, not {disks}.", size.Name, "Choose a larger -Size, or fewer disks.");

        if (options.StorageAccountType is { } type && !DiskTypes.OfMachines.Contains(type, StringComparer.OrdinalIgnoreCase))
            problems.Add(ErrorIds.InvalidArgument, $"'{type}' is not a type of the disks that a machine can have from its start.", type, $"Pass one of {string.Join(", ", DiskTypes.OfMachines)} with -StorageAccountType.");

        if (size?.HasPremiumDisks == false && options.StorageAccountType?.StartsWith("Premium", StringComparison.OrdinalIgnoreCase) == true)
            problems.Add(ErrorIds.InvalidArgument, $"The size {size.Name} takes no premium disks.", options.StorageAccountType, "Choose another -Size or -StorageAccountType.");
    }
}
