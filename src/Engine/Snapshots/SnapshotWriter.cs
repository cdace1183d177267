using Azure;
using Azure.Core;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Compute.Models;
using ImageCmdlets.Engine.Arm;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>Begins the making of snapshots.</summary>
/// <remarks>Source: <c>Snapshots_CreateOrUpdate</c>.</remarks>
internal static class SnapshotWriter
{
    /// <summary>Begins a snapshot of a disk or snapshot.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="id">The snapshot to make.</param>
    /// <param name="content">What it is to be.</param>
    public static Task<ArmAnswer> BeginAsync(Operation operation, ResourceId id, SnapshotContent content)
    {
        var data = new SnapshotData(new AzureLocation(content.Location))
        {
            CreationData = new DiskCreationData(content.AcrossRegions ? DiskCreateOption.CopyStart : DiskCreateOption.Copy)
            {
                SourceResourceId = new ResourceIdentifier(content.SourceId),
            },
            Incremental = content.Incremental,
            Sku = content.Sku is null ? null : new SnapshotSku { Name = new SnapshotStorageAccountType(content.Sku) },
        };
        foreach (KeyValuePair<string, string> tag in content.Tag)
            data.Tags.Add(tag);

        return operation.Arm.BeginAsync(id.Text, client =>
            client.GroupOf(id).GetSnapshots().CreateOrUpdateAsync(WaitUntil.Started, id.Name, data, operation.CancellationToken), operation.CancellationToken);
    }
}
