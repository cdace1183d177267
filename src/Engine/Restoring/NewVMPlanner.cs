using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Lineage;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Networks;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Restoring;

/// <summary>Finds what machines are to be made of snapshots: every check that can be made, before anything is changed.</summary>
internal static class NewVMPlanner
{
    /// <exception cref="ImageCmdletsException">SnapshotNotFound, SnapshotNotComplete, InvalidArgument, RegionMismatch, OSStateMismatch,
    /// ResourceGroupNotFound, ResourceAlreadyExists, and what does not fit together as with New-ImageVM.</exception>
    public static async Task<IReadOnlyList<NewVMPlan>> PlanAsync(Operation operation, IReadOnlyList<RestoreSnapshotOptions> items)
    {
        var snapshots = new DiskFacts[items.Count];
        await operation.ForEachAsync([.. Enumerable.Range(0, items.Count)], async (index, branch) =>
            snapshots[index] = await RestorePlanner.ReadAsync(branch, items[index]).ConfigureAwait(false)).ConfigureAwait(false);
        var plans = new List<NewVMPlan>();
        foreach (IGrouping<string, int> machine in Enumerable.Range(0, items.Count).GroupBy(index => IdOf(items[index], snapshots[index]).Text, StringComparer.OrdinalIgnoreCase))
        {
            ResourceId id = ResourceId.TryParse(machine.Key)!;
            var restore = new RestorePlan(id, RestorePlanner.Members(id, machine.Select(index => RestorePlanner.MemberOf(snapshots[index]))));
            NewVMRules.Require(restore);
            plans.Add(await PlanOneAsync(operation, items[machine.First()], restore).ConfigureAwait(false));
        }

        return plans;
    }

    private static ResourceId IdOf(RestoreSnapshotOptions options, DiskFacts snapshot) => ResourceId.Of(snapshot.Id.SubscriptionId,
        options.ResourceGroupName ?? snapshot.Id.ResourceGroupName!, ResourceTypes.VirtualMachine, options.NewVMName!);

    private static async Task<NewVMPlan> PlanOneAsync(Operation operation, RestoreSnapshotOptions options, RestorePlan restore)
    {
        ResourceId id = restore.VMId;
        DiskFacts system = restore.Members[0].Snapshot;
        string location = LocationCatalog.Normalize(system.Location);
        await ResourceGroups.RequireAsync(operation, id.SubscriptionId, id.ResourceGroupName!).ConfigureAwait(false);
        JsonElement? original = SnapshotTags.VMId(system.Tag) is { } vm && ResourceId.TryParse(vm) is not null ? await VMReader.FindAsync(operation, vm).ConfigureAwait(false) : null;
        var problems = new Problems();
        problems.Add(ResourceNames.Problem(ResourceTypes.VirtualMachine, id.Name));
        MachineSource source = NewVMRules.SourceOf(restore);
        string sizeName = SizeName(options, system, original);
        VMSize? size = await problems.TryAsync(() => VMSizeCatalog.ResolveAsync(operation, id.SubscriptionId, location, sizeName)).ConfigureAwait(false);
        NewVMOptions request = Request(operation, options, restore, size, sizeName);
        VMCompatibility.Check(request, source, size, location, problems);
        SubnetChoice? subnet = await problems.TryAsync(() => SubnetAsync(operation, request, system, original)).ConfigureAwait(false);
        problems.ThrowIfAny();

        var platform = new VMPlatform
        {
            SubscriptionId = id.SubscriptionId,
            ResourceGroupName = id.ResourceGroupName!,
            IsGroupMissing = false,
            Location = location,
            Image = source,
            Size = size!,
            SubnetId = subnet!.Id,
        };
        var plan = new NewVMPlan(new VMPlan(request, platform), restore);
        if (await VMReader.FindAsync(operation, id.Text).ConfigureAwait(false) is not { } existing)
            return plan;

        await NewVMRules.RequireSameAsync(operation, plan, existing).ConfigureAwait(false);
        return plan with { Existing = existing };
    }

    private static string SizeName(RestoreSnapshotOptions options, DiskFacts system, JsonElement? original) =>
        options.Size ?? MachineTags.Size(system.Tag) ?? original?.Text("properties", "hardwareProfile", "vmSize")
        ?? throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"Nothing tells how large the machine was that '{system.Id.Name}' was taken of.", system.Id.Text, "Pass -Size.");

    private static NewVMOptions Request(Operation operation, RestoreSnapshotOptions options, RestorePlan restore, VMSize? size, string sizeName)
    {
        DiskFacts system = restore.Members[0].Snapshot;
        string? zone = options.Zone ?? MachineTags.Zone(system.Tag);
        if (options.Zone is null && zone is not null && size?.Zones.Contains(zone) == false)
        {
            operation.Warning($"{system.Location} has no zone {zone} for the size {size.Name}: '{restore.VMId.Name}' is made without one.");
            zone = null;
        }

        return new NewVMOptions
        {
            SubscriptionId = restore.VMId.SubscriptionId,
            ResourceGroupName = restore.VMId.ResourceGroupName!,
            Name = restore.VMId.Name,
            Location = system.Location,
            Image = system.Id.Text,
            Size = sizeName,
            SecurityType = system.SecurityType ?? "Standard",
            StorageAccountType = options.Sku,
            Subnet = options.Subnet,
            NoPublicIPAddress = true,
            Zone = zone,
            Tag = TagOf(system, options),
        };
    }

    // Of what image the machine was Azure does not know of one made of disks.
    private static Dictionary<string, string> TagOf(DiskFacts system, RestoreSnapshotOptions options)
    {
        Dictionary<string, string> tags = OperationTags.CarriedOver(system.Tag, options.Tag);
        LineageTags.Carry(system.Tag, tags);
        return tags;
    }

    // As the machine's that was: where that network is gone or elsewhere, one that is there.
    private static async Task<SubnetChoice> SubnetAsync(Operation operation, NewVMOptions request, DiskFacts system, JsonElement? original)
    {
        string? wanted = request.Subnet ?? MachineTags.SubnetId(system.Tag) ?? (original is { } vm ? await VMReader.SubnetAsync(operation, vm).ConfigureAwait(false) : null);
        SubnetChoice choice;
        try
        {
            choice = await FindAsync(operation, request, wanted).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception) when (request.Subnet is null && wanted is not null)
        {
            operation.Verbose($"The network that the machine was in cannot be used: {exception.Message}");
            choice = await FindAsync(operation, request, wanted: null).ConfigureAwait(false);
        }

        return choice.Id is not null ? choice : throw new ImageCmdletsException(ErrorIds.InvalidArgument,
            $"The resource group '{request.ResourceGroupName}' has no virtual network in {request.Location}, and the one that the machine was in is not there.", request.Name, "Pass the id of a subnet with -Subnet.");
    }

    private static Task<SubnetChoice> FindAsync(Operation operation, NewVMOptions request, string? wanted) =>
        SubnetFinder.FindAsync(operation, request.SubscriptionId!, request.ResourceGroupName, LocationCatalog.Normalize(request.Location!), wanted);
}
