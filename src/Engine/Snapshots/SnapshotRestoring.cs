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
        DiskContent content = Content(options, snapshot);
        using var progress = new StepProgress(operation, id.Text, $"Restoring disk {id.Name}");
        progress.Begin("Asking for it", 10);
        ArmAnswer? existing = await operation.Arm.FindAsync(id.Text, ArmApiVersions.Disks, operation.CancellationToken).ConfigureAwait(false);
        if (existing is not null && IsFailed(operation, existing.Body, id, snapshot))
            existing = null;
        if (existing is not null)
            RequireSame(operation, existing.Body, id, content, snapshot);

        ArmAnswer begun = existing ?? await DiskWriter.BeginAsync(operation, id, content).ConfigureAwait(false);
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

    /// <exception cref="ImageCmdletsException">SnapshotNotComplete.</exception>
    public static void RequireComplete(DiskFacts snapshot)
    {
        if (snapshot.CompletionPercent < 100)
        {
            throw new ImageCmdletsException(ErrorIds.SnapshotNotComplete,
                $"The snapshot '{snapshot.Id.Name}' is a copy of which {snapshot.CompletionPercent:0.#} percent has arrived.", snapshot.Id.Text);
        }
    }

    private static void Require(DiskFacts snapshot, RestoreSnapshotOptions options)
    {
        RequireComplete(snapshot);
        if (options.DiskSizeGB < snapshot.SizeGB)
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument,
                $"A disk of {options.DiskSizeGB} GiB cannot hold the snapshot '{snapshot.Id.Name}' of {snapshot.SizeGB} GiB.", options.DiskSizeGB,
                $"Pass -DiskSizeGB {snapshot.SizeGB} or more, or leave it out.");
        }
    }

    // What was made of the same snapshot and never was in a machine since holds what the snapshot holds.
    private static void RequireSame(Operation operation, JsonElement existing, ResourceId id, DiskContent content, DiskFacts snapshot)
    {
        DiskFacts found = DiskFacts.Read(id, existing);
        var present = new PresentDisk(operation, found);
        present.CompareSource(snapshot);
        present.Differs(!found.IsUsable, $"its making ended as {found.ProvisioningState}");
        int? size = content.SizeGB ?? snapshot.SizeGB;
        present.Differs(found.SizeGB != size, $"it has {found.SizeGB} GiB, not {size}");
        present.Differs(!Same(found.Sku, content.Sku), $"it is {found.Sku}, not {content.Sku}");
        present.Differs(!Same(found.Zone.FirstOrDefault(), content.Zone), $"it is in {ZoneText(found.Zone.FirstOrDefault())}, not in {ZoneText(content.Zone)}");
        if (found.ManagedBy is { } vm)
            present.Differs(true, $"it is attached to '{ResourceId.TryParse(vm)?.Name ?? vm}'");
        else if (found.OwnershipChanged > found.TimeCreated)
            present.Differs(true, "it was attached to a machine since, which may have changed it");
        else
            present.Differs(found.DiskState is not (null or "Unattached"), $"its state is {found.DiskState}");
        present.Require("Pass another -Name, or Remove-ImageDisk that disk first.");
        present.Tell(content.Tag);
    }

    // A disk whose making failed was never in a machine and holds nothing; a PUT of the same content makes it again.
    private static bool IsFailed(Operation operation, JsonElement existing, ResourceId id, DiskFacts snapshot)
    {
        DiskFacts found = DiskFacts.Read(id, existing);
        if (found.ProvisioningState != "Failed" || found.ManagedBy is not null || found.OwnershipChanged is not null || !Same(found.SourceId, snapshot.Id.Text))
            return false;

        operation.Verbose($"The making of '{id.Name}' ended as {found.ProvisioningState}; it is made again.");
        return true;
    }

    private static string ZoneText(string? zone) => zone is null ? "no zone" : "zone " + zone;

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
