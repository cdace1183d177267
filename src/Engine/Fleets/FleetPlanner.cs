using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Fleets;

/// <summary>Makes a plan of a fleet: everything that can be checked, in every region, before the first change.</summary>
/// <param name="operation">The running command.</param>
/// <param name="options">The fleet.</param>
/// <param name="mostAtOnce">How many machines are made at once at the most.</param>
internal sealed class FleetPlanner(Operation operation, NewFleetOptions options, int mostAtOnce)
{
    private const string Fewer = "a smaller -Count, another -Size or more regions with -Location";

    private readonly Problems _problems = new();

    /// <exception cref="ImageCmdletsException">The first of all problems; the message names the others.</exception>
    public async Task<FleetPlan> PlanAsync()
    {
        VMPlatform[] platforms = await PlatformsAsync().ConfigureAwait(false);
        if (platforms.Length > 0)
            VMPlanner.CheckOptions(options.Machine with { Name = FleetLayout.NameOf(options.NamePrefix, options.Count) }, platforms[0].Image, _problems);
        FleetPlace[] places = [.. platforms.Select(PlaceOf)];
        CheckVersions(platforms);
        _problems.ThrowIfAny();

        string[] names = [.. Enumerable.Range(1, options.Count).Select(number => FleetLayout.NameOf(options.NamePrefix, number))];
        var groupId = ResourceId.OfGroup(platforms[0].SubscriptionId, platforms[0].ResourceGroupName);
        FleetInventory inventory = platforms[0].IsGroupMissing ? new FleetInventory() : await FleetInventory.ReadAsync(operation, groupId, names).ConfigureAwait(false);
        IReadOnlyList<FleetMember> members = FleetLayout.Of(options.NamePrefix, options.Count, places, inventory.Begun);
        Dictionary<string, FleetNetwork> networks = platforms.ToDictionary(platform => platform.Location,
            platform => new FleetNetwork(platform, options.NamePrefix, members.Count(member => member.Location == platform.Location), options.Machine.Tag), StringComparer.OrdinalIgnoreCase);
        IReadOnlyList<FleetMachine> machines = await MachinesAsync(members, platforms, places, networks).ConfigureAwait(false);
        CheckParts(machines, networks, inventory);
        if (machines.Any(IsNew))
            await FleetRights.CheckAsync(operation, [.. platforms.Where(platform => machines.Any(machine => IsNew(machine) && machine.Plan.Platform == platform))], options.Machine, _problems).ConfigureAwait(false);
        IReadOnlyList<ImageReplicaMeasure> replicas = await CheckRoomAsync(machines, platforms, inventory).ConfigureAwait(false);
        _problems.ThrowIfAny();
        HashSet<string> used = new(machines.Where(IsNew).Select(machine => machine.Plan.Platform.Location), StringComparer.OrdinalIgnoreCase);
        return new FleetPlan
        {
            First = platforms[0],
            Parts = [.. networks.Where(network => used.Contains(network.Key)).SelectMany(network => network.Value.Parts)],
            Machines = machines,
            Replicas = replicas,
        };
    }

    private static bool IsNew(FleetMachine machine) => machine.Plan.Existing is null;

    // What stands against one region says nothing of the others, so that all of it is told at once.
    private async Task<VMPlatform[]> PlatformsAsync()
    {
        string?[] locations = options.Location.Count == 0 ? [options.Machine.Location] : [.. options.Location];
        var platforms = new VMPlatform?[locations.Length];
        await operation.ForEachAsync([.. Enumerable.Range(0, locations.Length)], async (index, own) =>
        {
            try
            {
                platforms[index] = await VMPlatformResolver.ResolveAsync(own, options.Machine with { Location = locations[index], Zone = null }).ConfigureAwait(false);
            }
            catch (ImageCmdletsException problem)
            {
                AddProblem(locations[index], problem);
            }
        }).ConfigureAwait(false);
        return [.. platforms.OfType<VMPlatform>().GroupBy(platform => platform.Location, StringComparer.OrdinalIgnoreCase).Select(same => same.First())];
    }

    // Branches come here side by side.
    private void AddProblem(string? location, ImageCmdletsException problem)
    {
        string message = location is null || problem.Message.Contains(location) ? problem.Message : $"{location}: {problem.Message}";
        lock (_problems)
            _problems.Add(new ImageCmdletsException(problem.ErrorId, message, problem.Target, problem.RecommendedAction, problem));
    }

    private FleetPlace PlaceOf(VMPlatform platform)
    {
        string[] offered = [.. platform.Size.Zones.OrderBy(zone => zone, StringComparer.Ordinal)];
        foreach (string zone in options.Zone.Where(zone => !offered.Contains(zone)))
        {
            _problems.Add(ErrorIds.ZoneNotSupported, $"{platform.Location} has {(offered.Length == 0 ? "no zones" : $"the zones {string.Join(", ", offered)}")} for the size {platform.Size.Name}, not '{zone}'.",
                zone, "Pass zones that all regions have with -Zone, leave it out, or pass -NoZone.");
        }

        return new FleetPlace(platform.Location, options.NoZone ? [] : options.Zone.Count > 0 ? options.Zone : offered);
    }

    // Latest can be another version in every region, and then the machines would not be the same.
    private void CheckVersions(VMPlatform[] platforms)
    {
        IGrouping<string, VMPlatform>[] versions = [.. platforms.GroupBy(platform => platform.Image.Reference, StringComparer.OrdinalIgnoreCase)];
        if (versions.Length > 1)
        {
            _problems.Add(ErrorIds.RegionMismatch, $"The latest version of '{options.Machine.Image}' is not the same in all regions: {string.Join("; ", versions.Select(version => $"{version.Key} in {string.Join(", ", version.Select(platform => platform.Location))}"))}.",
                options.Machine.Image, "Replicate the latest version to all regions with Set-ImageReplication, or pass the id of one version with -Image.");
        }
    }

    private async Task<IReadOnlyList<FleetMachine>> MachinesAsync(IReadOnlyList<FleetMember> members, VMPlatform[] platforms, FleetPlace[] places, Dictionary<string, FleetNetwork> networks)
    {
        var machines = new FleetMachine?[members.Count];
        await operation.ForEachAsync([.. Enumerable.Range(0, members.Count)], async (index, own) =>
        {
            FleetMember member = members[index];
            if (Array.Find(platforms, candidate => candidate.Location == member.Location) is not { } platform)
            {
                AddProblem(null, new ImageCmdletsException(ErrorIds.ResourceAlreadyExists, $"'{member.Name}' is in {member.Location}, where the fleet is not to be.", member.Name,
                    "Add the region to -Location, choose another -NamePrefix, or remove the machine with Remove-ImageVM."));
                return;
            }

            FleetNetwork network = networks[member.Location];
            var plan = new VMPlan(options.Machine with { Name = member.Name, Location = member.Location, Zone = member.Zone }, platform)
            {
                NewNetwork = network.Network,
                NewSubnetId = network.SubnetId,
                SharedSecurityGroup = network.SecurityGroup,
            };
            IReadOnlyList<string> zones = Array.Find(places, place => place.Location == member.Location)!.Zones;
            machines[index] = member.IsThere ? await ExistingAsync(own, plan, zones).ConfigureAwait(false) : new FleetMachine(plan, zones, IsBroken: false);
        }).ConfigureAwait(false);
        return [.. machines.OfType<FleetMachine>()];
    }

    private async Task<FleetMachine?> ExistingAsync(Operation own, VMPlan plan, IReadOnlyList<string> zones)
    {
        if (await VMPlanner.FindAsync(own, plan).ConfigureAwait(false) is not { } existing)
            return new FleetMachine(plan, zones, IsBroken: false);

        ImageVM vm = VMMapper.Map(existing.Body);
        bool isOurs = OperationTags.IsMadeBy(vm.Tag, VMCreation.OperationName);
        // Deleting: an earlier run was killed while it removed a machine that had failed.
        if (isOurs && (vm.ProvisioningState == "Deleting" || (vm.ProvisioningState == "Failed" && options.ReplaceFailed)))
            return new FleetMachine(plan, zones, IsBroken: true);
        if (isOurs && vm.ProvisioningState == "Failed")
        {
            AddProblem(null, new ImageCmdletsException(ErrorIds.ProvisioningFailed, $"'{plan.Id.Name}' is there, in the state Failed: it was never ready, or failed at something since.", plan.Id.Text,
                "Mend it (Get-ImageVM shows its state) or remove it with Remove-ImageVM; -ReplaceFailed removes all such machines with their disks, and makes them anew."));
            return null;
        }

        try
        {
            await VMPlanner.RequireSameAsync(own, Like(plan, vm), existing.Body).ConfigureAwait(false);
            return new FleetMachine(plan with { Existing = existing }, zones, IsBroken: false);
        }
        catch (ImageCmdletsException problem)
        {
            AddProblem(null, problem);
            return null;
        }
    }

    // Where latest has moved on since the fleet was begun, a machine of an older version is one of the fleet all the same.
    private VMPlan Like(VMPlan plan, ImageVM vm)
    {
        string? versions = SharedImageId.TryParse(options.Machine.Image) is { Version: null } shared ? shared.Prefix
            : ResourceId.TryParse(options.Machine.Image) is { } asked && asked.Is(ResourceTypes.GalleryImage) ? asked.Text + "/versions/" : null;
        bool isOfDefinition = versions is not null && vm.Tag.TryGetValue(OperationTags.SourceTag, out string? source) && source.StartsWith(versions, StringComparison.OrdinalIgnoreCase);
        if (!isOfDefinition || OperationTags.IsMadeFor(vm.Tag, VMCreation.OperationName, plan.Platform.Image.Reference))
            return plan;

        operation.Warning($"'{plan.Id.Name}' was made of an older version, {vm.Image}. It stays as it is.");
        return plan with { Platform = plan.Platform with { Image = plan.Platform.Image with { Reference = vm.Tag[OperationTags.SourceTag] } } };
    }

    private void CheckParts(IReadOnlyList<FleetMachine> machines, Dictionary<string, FleetNetwork> networks, FleetInventory inventory)
    {
        IEnumerable<(string Id, string MadeFor)> own = machines.Where(IsNew).SelectMany(machine =>
            new[] { machine.Plan.Names.NetworkInterfaceId, machine.Plan.Options.NoPublicIPAddress ? null : machine.Plan.Names.PublicAddressId }.OfType<string>().Select(id => (id, machine.Plan.Id.Text)));
        IEnumerable<(string Id, string MadeFor)> shared = networks.Values.SelectMany(network => network.Parts.Select(part => (part.Id, network.MadeFor)));
        foreach ((string id, string _) in own.Concat(shared).Where(part => inventory.IsForeign(part.Id, part.MadeFor)))
        {
            _problems.Add(ErrorIds.ResourceAlreadyExists, $"'{ResourceId.TryParse(id)!.Name}' exists already: a resource that New-ImageVM did not make for this fleet.", id,
                "Choose another -NamePrefix, or remove what is there.");
        }
    }

    // What is there already has its cores, addresses and replicas.
    private async Task<IReadOnlyList<ImageReplicaMeasure>> CheckRoomAsync(IReadOnlyList<FleetMachine> machines, VMPlatform[] platforms, FleetInventory inventory)
    {
        var missing = platforms.ToDictionary(platform => platform.Location, platform => machines.Count(machine => IsNew(machine) && machine.Plan.Platform == platform));
        foreach (VMPlatform platform in platforms.Where(platform => missing[platform.Location] > 0))
        {
            VMPlan[] made = [.. machines.Where(machine => IsNew(machine) && machine.Plan.Platform == platform).Select(machine => machine.Plan)];
            var needs = new FleetNeeds(made.Length, options.Machine.NoPublicIPAddress ? 0 : made.Count(plan => !inventory.IsThere(plan.Names.PublicAddressId)),
                made.Count(plan => !inventory.IsThere(plan.Names.NetworkInterfaceId)));
            await FleetQuota.CheckAsync(operation, platform, options.Machine.Spot, made.Length, _problems).ConfigureAwait(false);
            await FleetQuota.CheckNetworkAsync(operation, platform, needs, _problems).ConfigureAwait(false);
            _problems.Add(await FleetNetwork.ProblemAsync(operation, platform, missing[platform.Location], Fewer).ConfigureAwait(false));
        }

        if (ResourceId.TryParse(platforms[0].Image.Reference) is not { } version || !version.Is(ResourceTypes.GalleryImageVersion))
            return [];

        Dictionary<string, int> atOnce = missing.Where(region => region.Value > 0).ToDictionary(region => region.Key, region => Math.Min(region.Value, mostAtOnce));
        ImageReplicaMeasure[] tooFew = [.. (await FleetReplicas.MeasureAsync(operation, version, atOnce).ConfigureAwait(false)).Where(measure => !measure.IsEnough)];
        if (options.EnsureReplica)
            return tooFew;

        foreach (ImageReplicaMeasure measure in tooFew)
            _problems.Add(FleetReplicas.Problem(measure));
        return [];
    }
}
