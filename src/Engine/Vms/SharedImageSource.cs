using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Vms;

/// <summary>An image that somebody else shares as the source of machines.</summary>
internal static class SharedImageSource
{
    /// <summary>The version of an id, or the latest one that the region has.</summary>
    /// <exception cref="ImageCmdletsException">ImageNotFound: it is not shared with the subscription, or not in the region.</exception>
    public static async Task<MachineSource> ResolveAsync(Operation operation, string subscriptionId, SharedImageId id, string location)
    {
        SharedImage image = await new SharedImageReader(operation, subscriptionId, location).ReadAsync(id).ConfigureAwait(false);
        return new MachineSource
        {
            Reference = image.Id,
            OSType = image.OSType ?? throw ImageSourceResolver.NoOSType(image.Id),
            IsSpecialized = string.Equals(image.OSState, "Specialized", StringComparison.OrdinalIgnoreCase),
            HyperVGeneration = image.HyperVGeneration,
            Architecture = image.Architecture ?? "x64",
            SecurityType = image.SecurityType,
            Plan = image.Plan,
            DataDiskLun = [.. image.DataDisk.Select(disk => disk.Lun ?? 0)],
        };
    }
}
