using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>Looks what has the names of a set already, before anything is changed: what an unfinished run of the same request
/// left is gone on with, whenever that is; anything else refuses the whole set.</summary>
internal static class SnapshotPresence
{
    private const string Advice = "Leave -Name out, by which every run takes new ones, or pass another -Name, or Remove-ImageSnapshot what has the name, with all of its set.";

    // Longer than a stopped command takes to be run again: the disks of a running machine are not taken in one moment anyway.
    private static readonly TimeSpan s_sameTime = TimeSpan.FromMinutes(15);

    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists: nothing was changed.</exception>
    public static async Task CheckAsync(Operation operation, SnapshotSet set)
    {
        var found = new List<(SnapshotMember Member, DiskFacts Facts)>();
        foreach (SnapshotMember member in set.Members)
        {
            member.Begun = await operation.Arm.FindAsync(member.Plan.Id.Text, ArmApiVersions.Disks, operation.CancellationToken).ConfigureAwait(false);
            if (member.Begun is { } there)
                found.Add((member, DiskFacts.Read(member.Plan.Id, there.Body)));
        }

        if (found.Count > 0)
            Require(operation, set, found);
        set.IsAccepted = true;
    }

    private static void Require(Operation operation, SnapshotSet set, List<(SnapshotMember Member, DiskFacts Facts)> found)
    {
        bool isUnfinished = found.Exists(item => SnapshotMark.IsOn(item.Facts.Tag));
        string?[] setIds = [.. found.Select(item => SnapshotTags.SetId(item.Facts.Tag)).Distinct(StringComparer.OrdinalIgnoreCase)];
        bool isMoving = found.Count(item => item.Facts.IsUsable) < set.Members.Count && set.Members.Any(member => member.Plan.Source.DiskState == "Attached");
        var usable = new List<(PresentDisk Present, SnapshotMember Member)>();
        foreach ((SnapshotMember member, DiskFacts facts) in found)
        {
            var present = new PresentDisk(operation, facts);
            present.Differs(!isUnfinished, "no unfinished run of this command left it, and what is finished is never given for a new one: the disk may have changed since");
            present.Differs(setIds.Length > 1, "the snapshots of these names are of more than one set");
            present.Differs(!Same(facts.SourceId, member.Plan.Source.Id.Text), "it is not of this disk");
            if (facts.IsUsable)
            {
                Compare(present, facts, member.Plan);
                present.Differs(isMoving && present.IsOlderThan(s_sameTime), "others of its set are missing, and taken of the running machine now they would be of another time");
                usable.Add((present, member));
            }

            present.Require(Advice);
        }

        foreach ((PresentDisk present, SnapshotMember member) in usable)
            present.Tell(member.Plan.Content.Tag);
        Join(operation, set, setIds[0], found);
    }

    private static void Compare(PresentDisk present, DiskFacts found, SnapshotPlan plan)
    {
        present.CompareSource(plan.Source);
        present.Differs(found.Incremental != plan.Content.Incremental, found.Incremental ? "it is incremental, not full" : "it is full, not incremental");
        present.Differs(found.SizeGB != plan.Source.SizeGB, $"it has {found.SizeGB} GiB, and the disk has {plan.Source.SizeGB}");
        present.Differs(plan.Content.Sku is { } sku && !Same(found.Sku, sku), $"it lies on {found.Sku}, not on {plan.Content.Sku}");
        present.Differs(plan.Source.OwnershipChanged > found.TimeCreated, "the disk was attached or detached, or its machine started or stopped, since");
    }

    // A PUT of the same content makes a failed one again.
    private static void Join(Operation operation, SnapshotSet set, string? setId, List<(SnapshotMember Member, DiskFacts Facts)> found)
    {
        foreach ((SnapshotMember member, DiskFacts facts) in found.Where(item => !item.Facts.IsUsable))
        {
            operation.Verbose($"The making of '{facts.Id.Name}' ended as {facts.ProvisioningState}; it is made again.");
            member.Begun = null;
        }

        foreach (SnapshotMember member in setId is null ? [] : set.Members)
            member.Join(setId!);
    }

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
