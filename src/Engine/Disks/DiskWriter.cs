using Azure;
using Azure.Core;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Compute.Models;
using ImageCmdlets.Engine.Arm;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Disks;

/// <summary>Begins the making of disks.</summary>
/// <remarks>Source: <c>Disks_CreateOrUpdate</c>.</remarks>
internal static class DiskWriter
{
    public static Task<ArmAnswer> BeginAsync(Operation operation, ResourceId id, DiskContent content)
    {
        ManagedDiskData data = Data(content);
        return operation.Arm.BeginAsync(id.Text, client =>
            client.GroupOf(id).GetManagedDisks().CreateOrUpdateAsync(WaitUntil.Started, id.Name, data, operation.CancellationToken), operation.CancellationToken);
    }

    private static DiskCreationData Creation(DiskContent content)
    {
        if (content.SourceId is null)
            return new DiskCreationData(DiskCreateOption.Upload) { UploadSizeBytes = content.UploadLength };

        if (ResourceId.TryParse(content.SourceId) is not { } source)
            return new DiskCreationData(DiskCreateOption.Import) { SourceUri = new Uri(content.SourceId) };

        if (source.Is(ResourceTypes.GalleryImageVersion))
            return new DiskCreationData(DiskCreateOption.FromImage) { GalleryImageReference = new ImageDiskReference { Id = new ResourceIdentifier(source.Text), Lun = content.SourceLun } };

        DiskCreateOption option = source.Is(ResourceTypes.DiskRestorePoint) ? DiskCreateOption.Restore : DiskCreateOption.Copy;
        return new DiskCreationData(option) { SourceResourceId = new ResourceIdentifier(source.Text) };
    }

    private static ManagedDiskData Data(DiskContent content)
    {
        var data = new ManagedDiskData(new AzureLocation(content.Location))
        {
            CreationData = Creation(content),
            Sku = content.Sku is null ? null : new DiskSku { Name = new DiskStorageAccountType(content.Sku) },
            DiskSizeGB = content.SizeGB,
            OSType = Enum.TryParse(content.OSType, out SupportedOperatingSystemType system) ? system : null,
            HyperVGeneration = content.HyperVGeneration is null ? default(HyperVGeneration?) : new HyperVGeneration(content.HyperVGeneration),
        };
        if (content.DiskEncryptionSetId is { } set)
            data.Encryption = new DiskEncryption { DiskEncryptionSetId = new ResourceIdentifier(set), EncryptionType = ComputeEncryptionType.EncryptionAtRestWithCustomerKey };
        if (content.Zone is not null)
            data.Zones.Add(content.Zone);
        foreach (KeyValuePair<string, string> tag in content.Tag)
            data.Tags.Add(tag);
        return data;
    }
}
