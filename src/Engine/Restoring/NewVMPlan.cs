using System.Text.Json;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Restoring;

/// <summary>A machine that is made of snapshots.</summary>
/// <param name="Machine">The machine, as New-ImageVM plans one of a specialized image.</param>
/// <param name="Restore">Its disks.</param>
internal sealed record NewVMPlan(VMPlan Machine, RestorePlan Restore)
{
    /// <summary>The machine, where an earlier run of the same command has made it or begun to.</summary>
    public JsonElement? Existing { get; init; }

    public DiskFacts System => Restore.Members[0].Snapshot;

    /// <summary>What the disk for a snapshot is to be like.</summary>
    public DiskFacts PatternOf(RestoreMember member)
    {
        string? type = Machine.Options.StorageAccountType ?? Snapshots.MachineTags.DiskType(member.Snapshot.Tag);

        // What lies in all zones goes with a machine in any.
        bool isZonal = Machine.Options.Zone is not null && type?.EndsWith("_ZRS", StringComparison.Ordinal) != true;
        return new DiskFacts(member.Snapshot.Id)
        {
            Location = member.Snapshot.Location,
            Sku = type,
            Zone = isZonal ? [Machine.Options.Zone!] : [],
            DiskEncryptionSetId = member.Snapshot.DiskEncryptionSetId,
            Tag = member.Snapshot.Tag,
        };
    }
}
