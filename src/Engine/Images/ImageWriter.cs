using Azure;
using Azure.Core;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Compute.Models;
using ImageCmdlets.Engine.Arm;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Images;

/// <summary>Begins the making and changing of managed images.</summary>
/// <remarks>Source: <c>Images_CreateOrUpdate</c>, <c>Images_Update</c>.</remarks>
internal static class ImageWriter
{
    public static Task<ArmAnswer> BeginAsync(Operation operation, ResourceId id, ImageContent content)
    {
        DiskImageData data = Data(content);
        return operation.Arm.BeginAsync(id.Text, client =>
            client.GroupOf(id).GetDiskImages().CreateOrUpdateAsync(WaitUntil.Started, id.Name, data, operation.CancellationToken), operation.CancellationToken);
    }

    /// <summary>Begins to replace the tags and nothing else.</summary>
    public static Task<ArmAnswer> BeginTagsAsync(Operation operation, ResourceId id, IReadOnlyDictionary<string, string> tags)
    {
        var patch = new DiskImagePatch();

        // Without this, an empty set would not be sent, and Azure would keep the tags.
        patch.Tags.Clear();
        foreach (KeyValuePair<string, string> tag in tags)
            patch.Tags.Add(tag);

        return operation.Arm.BeginAsync(id.Text, client =>
            client.GetDiskImageResource(new ResourceIdentifier(id.Text)).UpdateAsync(WaitUntil.Started, patch, operation.CancellationToken), operation.CancellationToken);
    }

    private static DiskImageData Data(ImageContent content)
    {
        var data = new DiskImageData(new AzureLocation(content.Location))
        {
            SourceVirtualMachineId = content.VMId is null ? null : new ResourceIdentifier(content.VMId),
            HyperVGeneration = content.HyperVGeneration is null ? default(HyperVGeneration?) : new HyperVGeneration(content.HyperVGeneration),
        };
        if (content.OSDisk is not null || content.ZoneResilient is not null)
            data.StorageProfile = Profile(content);
        foreach (KeyValuePair<string, string> tag in content.Tag)
            data.Tags.Add(tag);
        return data;
    }

    private static ImageStorageProfile Profile(ImageContent content)
    {
        var profile = new ImageStorageProfile { ZoneResilient = content.ZoneResilient };
        if (content.OSDisk is { } os)
        {
            SupportedOperatingSystemType system = content.OSType == "Windows" ? SupportedOperatingSystemType.Windows : SupportedOperatingSystemType.Linux;
            OperatingSystemStateType state = content.OSState == "Specialized" ? OperatingSystemStateType.Specialized : OperatingSystemStateType.Generalized;
            profile.OSDisk = Fill(new ImageOSDisk(system, state), os);
        }

        foreach (DiskReference disk in content.DataDisk)
            profile.DataDisks.Add(Fill(new ImageDataDisk(disk.Lun ?? 0), disk));
        return profile;
    }

    private static T Fill<T>(T target, DiskReference disk)
        where T : ImageDisk
    {
        if (ResourceId.TryParse(disk.SourceId) is not { } id)
            target.BlobUri = new Uri(disk.SourceId!);
        else if (id.Is(ResourceTypes.Snapshot))
            target.SnapshotId = new ResourceIdentifier(id.Text);
        else
            target.ManagedDiskId = new ResourceIdentifier(id.Text);

        target.Caching = Enum.TryParse(disk.Caching, ignoreCase: true, out CachingType caching) ? caching : null;
        target.StorageAccountType = disk.StorageAccountType is null ? default(StorageAccountType?) : new StorageAccountType(disk.StorageAccountType);
        return target;
    }
}
