using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>Makes a disk of a snapshot, or finds that it has been made.</summary>
internal static class SnapshotRestoring
{
    // az disk create and Azure itself take this one; said, because Azure's own default may change under a script.
    private const string DefaultSku = "Standard_LRS";
    private static readonly SourceResolver s_sources = new(ErrorIds.SnapshotNotFound, ResourceTypes.Snapshot);

    public static async Task RestoreAsync(Operation operation, RestoreSnapshotOptions options, RunOptions run)
    {
        DateTimeOffset begin = operation.Clock.UtcNow;
        ResourceId source = await s_sources.ResolveAsync(operation, options.Source, options.SubscriptionId, options.ResourceGroupName).ConfigureAwait(false);
        ResourceId id = ResourceId.Of(source.SubscriptionId, options.ResourceGroupName ?? source.ResourceGroupName!, ResourceTypes.Disk, options.Name ?? source.Name + "-disk");
        ResourceNames.Require(ResourceTypes.Disk, id.Name);
        DiskFacts snapshot = await DiskReader.ReadAsync(operation, source.Text).ConfigureAwait(false);
        Require(snapshot, options);
        using var progress = new StepProgress(operation, id.Text, $"Restoring disk {id.Name}");
        progress.Begin("Asking for it", 10);
        ArmAnswer? existing = await operation.Arm.FindAsync(id.Text, ArmApiVersions.Disks, operation.CancellationToken).ConfigureAwait(false);
        if (existing is not null)
            RequireSame(existing.Body, id, snapshot);

        ArmAnswer begun = existing ?? await DiskWriter.BeginAsync(operation, id, Content(options, snapshot)).ConfigureAwait(false);
        if (run.NoWait)
        {
            await StartedOperation.WriteAsync(operation, id, "Restore", begin, begun).ConfigureAwait(false);
            return;
        }

        progress.Begin("Copying", 30);
        await operation.Poller.WaitAsync(begun, id.Text, progress.Waiting, operation.CancellationToken).ConfigureAwait(false);
        ArmAnswer made = await operation.Arm.GetAsync(id.Text, ArmApiVersions.Disks, operation.CancellationToken).ConfigureAwait(false);
        await operation.WriteAsync(DiskMapper.Map(made.Body)).ConfigureAwait(false);
    }

    private static DiskContent Content(RestoreSnapshotOptions options, DiskFacts snapshot) => new()
    {
        SourceId = snapshot.Id.Text,
        Location = snapshot.Location,
        Sku = options.Sku ?? DefaultSku,
        SizeGB = options.DiskSizeGB,
        Zone = options.Zone,
        Tag = options.Tag ?? new Dictionary<string, string>(),
    };

    private static void Require(DiskFacts snapshot, RestoreSnapshotOptions options)
    {
        if (snapshot.CompletionPercent < 100)
        {
            throw new ImageCmdletsException(ErrorIds.SnapshotNotComplete,
                $"The snapshot '{snapshot.Id.Name}' is a copy of which {snapshot.CompletionPercent:0.#} percent has arrived.", snapshot.Id.Text);
        }

        if (options.DiskSizeGB < snapshot.SizeGB)
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument,
                $"A disk of {options.DiskSizeGB} GiB cannot hold the snapshot '{snapshot.Id.Name}' of {snapshot.SizeGB} GiB.", options.DiskSizeGB,
                $"Pass -DiskSizeGB {snapshot.SizeGB} or more, or leave it out.");
        }
    }

    private static void RequireSame(JsonElement existing, ResourceId id, DiskFacts snapshot)
    {
        if (!string.Equals(existing.Text("properties", "creationData", "sourceResourceId"), snapshot.Id.Text, StringComparison.OrdinalIgnoreCase))
        {
            throw new ImageCmdletsException(ErrorIds.ResourceAlreadyExists,
                $"The resource group '{id.ResourceGroupName}' has a disk '{id.Name}' already, and it is not of this snapshot.", id.Text);
        }
    }
}
