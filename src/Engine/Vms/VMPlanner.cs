using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Networks;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Vms;

/// <summary>Makes plans of requests: every check that can be made, before anything is changed.</summary>
internal static class VMPlanner
{
    // Azure's limit of 50, less those that say who made the machine.
    private const int MostTags = 47;

    /// <summary>The plans of all requests that can be carried out. The others are reported, or thrown where there is only one.</summary>
    public static async Task<IReadOnlyList<VMPlan>> PlanAsync(Operation operation, IReadOnlyList<NewVMOptions> requests)
    {
        // Machines that differ only in their names share the answers to everything else.
        IGrouping<string, int>[] alike = [.. Enumerable.Range(0, requests.Count).GroupBy(index => PlatformKey(requests[index]), StringComparer.OrdinalIgnoreCase)];
        var plans = new VMPlan?[requests.Count];
        await operation.ForEachAsync(alike, async (indices, own) =>
        {
            VMPlatform? platform = await ReportingAsync(own, requests.Count, [.. indices.Select(index => requests[index].Name)],
                () => VMPlatformResolver.ResolveAsync(own, requests[indices.First()])).ConfigureAwait(false);
            foreach (int index in platform is null ? [] : indices.ToArray())
                plans[index] = new VMPlan(requests[index], platform!);
        }).ConfigureAwait(false);

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        bool[] isTwice = [.. plans.Select(plan => plan is not null && !names.Add(plan.Id.Text))];
        await operation.ForEachAsync([.. Enumerable.Range(0, plans.Length).Where(index => plans[index] is not null)], async (index, own) =>
            plans[index] = await ReportingAsync(own, requests.Count, [requests[index].Name], () => CheckAsync(own, plans[index]!, isTwice[index])).ConfigureAwait(false)).ConfigureAwait(false);
        return Network([.. plans.OfType<VMPlan>()]);
    }

    private static async Task<T?> ReportingAsync<T>(Operation operation, int requests, string[] names, Func<Task<T>> work)
        where T : class
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (ImageCmdletsException problem) when (requests > 1)
        {
            foreach (string name in names)
                await operation.ErrorAsync(For(name, problem)).ConfigureAwait(false);
            return null;
        }
    }

    private static ImageCmdletsException For(string name, ImageCmdletsException problem) =>
        problem.Message.Contains($"'{name}'") ? problem : new ImageCmdletsException(problem.ErrorId, $"{name}: {problem.Message}", problem.Target, problem.RecommendedAction, problem);

    private static async Task<VMPlan> CheckAsync(Operation operation, VMPlan plan, bool isTwice)
    {
        NewVMOptions options = plan.Options;
        var problems = new Problems();
        if (isTwice)
            problems.Add(ErrorIds.InvalidArgument, $"The name '{options.Name}' is given twice for the resource group '{options.ResourceGroupName}'.", options.Name, "Give each machine its own -Name.");
        CheckOptions(options, plan.Platform.Image, problems);
        problems.ThrowIfAny();
        if (plan.Platform.IsGroupMissing)
            return plan;

        if (await FindAsync(operation, plan).ConfigureAwait(false) is { } existing)
        {
            await RequireSameAsync(operation, plan, existing.Body).ConfigureAwait(false);
            return plan with { Existing = existing };
        }

        await CheckPartsAsync(operation, plan, problems).ConfigureAwait(false);
        problems.ThrowIfAny();
        return plan;
    }

    /// <summary>The machine of a plan, with its instance view; null where there is none.</summary>
    public static Task<ArmAnswer?> FindAsync(Operation operation, VMPlan plan) =>
        operation.Arm.FindAsync(plan.Id.Text, ArmApiVersions.Compute, operation.CancellationToken, "$expand=instanceView");

    /// <summary>Adds what is wrong with a machine's own options, whatever is there already.</summary>
    public static void CheckOptions(NewVMOptions options, MachineSource image, Problems problems)
    {
        problems.Add(ResourceNames.Problem(ResourceTypes.VirtualMachine, options.Name));
        if (options.ComputerName is { } computerName)
            problems.Add(ComputerName.Problem(computerName, image.IsWindows));
        if (!image.IsSpecialized)
            AdminAccount.Check(options, image.IsWindows, problems);
        else if (options.AdminPassword is not null || options.SshPublicKey.Count > 0 || options.AdminUserName is not null)
            problems.Add(ErrorIds.InvalidArgument, $"The image '{image.Reference}' is specialized: its accounts are in it.", image.Reference, "Leave -Credential and -SshPublicKey out.");
        if (image.IsSpecialized && options.CustomData is not null)
            problems.Add(ErrorIds.InvalidArgument, $"The image '{image.Reference}' is specialized: nothing in it looks for custom data.", nameof(options.CustomData), "Leave -CustomData out, or take a generalized image.");
        if (options.Tag?.Count > MostTags)
            problems.Add(ErrorIds.InvalidArgument, $"A machine can have {MostTags} tags of yours, not {options.Tag.Count}.", "Tag", "Pass fewer tags with -Tag.");
    }

    // A PUT would silently take over, and change, what somebody else made under a name of az vm create.
    private static async Task CheckPartsAsync(Operation operation, VMPlan plan, Problems problems)
    {
        string?[] parts = [plan.Names.NetworkInterfaceId, plan.Names.SecurityGroupId, plan.Options.NoPublicIPAddress ? null : plan.Names.PublicAddressId,
            plan.Platform.SubnetId is null ? plan.Names.VirtualNetworkId : null];
        await operation.ForEachInOrderAsync([.. parts.OfType<string>()],
            async (id, own) => (id, answer: await own.Arm.FindAsync(id, ArmApiVersions.Network, own.CancellationToken).ConfigureAwait(false)),
            found =>
            {
                if (found.answer is { } answer && !OperationTags.IsMadeFor(answer.Body.Map("tags"), VMCreation.OperationName, plan.Id.Text))
                    problems.Add(Exists(answer.Body.Text("name") ?? found.id, "a resource that New-ImageVM did not make for this machine", found.id));
                return Task.CompletedTask;
            }).ConfigureAwait(false);
    }

    private static ImageCmdletsException Exists(string name, string what, string id) =>
        new(ErrorIds.ResourceAlreadyExists, $"'{name}' exists already: {what}.", id);

    /// <summary>Refuses a machine that is there and is not what the plan would make: the same command again gets the machine that it made; any other
    /// would get one that it did not ask for.</summary>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists.</exception>
    public static async Task RequireSameAsync(Operation operation, VMPlan plan, JsonElement vm)
    {
        if (!OperationTags.IsMadeBy(vm.Map("tags"), VMCreation.OperationName))
            throw Exists(plan.Id.Name, "a virtual machine that New-ImageVM did not make", plan.Id.Text);

        bool hasItsInterface = VMMapper.NetworkInterfaces(vm).Any(id => string.Equals(id, plan.Names.NetworkInterfaceId, StringComparison.OrdinalIgnoreCase));
        ArmAnswer? networkInterface = hasItsInterface
            ? await operation.Arm.FindAsync(plan.Names.NetworkInterfaceId, ArmApiVersions.Network, operation.CancellationToken).ConfigureAwait(false)
            : null;
        IReadOnlyList<string> differences = VMDifferences.Find(vm, networkInterface?.Body, plan);
        if (differences.Count > 0)
        {
            throw new ImageCmdletsException(ErrorIds.ResourceAlreadyExists, $"The virtual machine '{plan.Id.Name}' exists already, and is not what was asked for: it has {string.Join("; ", differences)}.",
                plan.Id.Text, "Choose another -Name, ask for what the machine has, or remove it first with Remove-ImageVM.");
        }
    }

    private static List<VMPlan> Network(IReadOnlyList<VMPlan> plans)
    {
        var shared = new Dictionary<string, (SharedPart Network, string SubnetId)>(StringComparer.OrdinalIgnoreCase);
        var planned = new List<VMPlan>();
        foreach (VMPlan plan in plans)
        {
            if (plan.Platform.SubnetId is not null || plan.Existing is not null)
            {
                planned.Add(plan);
                continue;
            }

            string key = $"{plan.Platform.SubscriptionId} {plan.Platform.ResourceGroupName} {plan.Platform.Location}";
            if (!shared.TryGetValue(key, out (SharedPart Network, string SubnetId) made))
                shared[key] = made = (NetworkOf(plan), plan.Names.SubnetId);
            planned.Add(plan with { NewNetwork = made.Network, NewSubnetId = made.SubnetId });
        }

        return planned;
    }

    private static SharedPart NetworkOf(VMPlan owner) => new(owner.Names.VirtualNetworkId,
        NetworkBodies.VirtualNetwork(owner.Platform.Location, owner.Names.SubnetName, VMDefinition.Tags(owner, "VirtualNetwork", owner.Id.Text)));

    private static string PlatformKey(NewVMOptions options) => string.Join("|", options.SubscriptionId, options.ResourceGroupName, options.Location, options.Image, options.Size,
        options.SecurityType, options.Subnet, options.Zone, options.Plan, options.StorageAccountType, string.Join(",", options.DataDiskSizeGB),
        string.Join(",", options.Identity), string.Join(",", options.LoadBalancerPoolId), options.ProximityPlacementGroup, options.Spot, options.EvictionPolicy, options.MaxPrice);
}
