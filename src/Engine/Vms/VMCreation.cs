using System.Text.Json.Nodes;
using Azure.Core;
using Azure.ResourceManager.Compute;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using WaitUntil = Azure.WaitUntil;

namespace ImageCmdlets.Engine.Vms;

/// <summary>Makes machines with everything they need, each part by its own PUT that may be sent again.</summary>
/// <remarks>Not one template deployment as az sends it: a broken run goes on where it was, each failure names its resource, and nothing is
/// left in the group's list of deployments.</remarks>
internal static class VMCreation
{
    /// <summary>The value of the operation tag.</summary>
    public const string OperationName = "New-ImageVM";

    public static async Task RunAsync(Operation operation, IReadOnlyList<NewVMOptions> requests, RunOptions run)
    {
        RequireWaiting([.. requests.SelectMany(request => request.Extension)], run);
        IReadOnlyList<VMPlan> plans = await VMPlanner.PlanAsync(operation, requests).ConfigureAwait(false);
        if (plans.Count == 0)
            return;

        WarnOfPasswords(operation, plans);
        foreach (VMPlatform platform in plans.Select(plan => plan.Platform).Where(platform => platform.IsGroupMissing).GroupBy(GroupId, StringComparer.OrdinalIgnoreCase).Select(group => group.First()))
            await MakeGroupAsync(operation, platform).ConfigureAwait(false);
        foreach (SharedPart network in plans.Select(plan => plan.NewNetwork).OfType<SharedPart>().Distinct())
            await network.BeginAsync(operation).ConfigureAwait(false);
        await operation.ForEachItemAsync(plans, (plan, own) => MakeAsync(own, plan, run)).ConfigureAwait(false);
    }

    /// <summary>Makes one machine, or waits for the one that is there, and writes it.</summary>
    public static async Task MakeAsync(Operation operation, VMPlan plan, RunOptions run)
    {
        using var progress = new StepProgress(operation, plan.Id.Text, $"Making virtual machine {plan.Id.Name}");
        DateTimeOffset begin = operation.Clock.UtcNow;
        ArmAnswer accepted = plan.Existing ?? await BeginAsync(operation, plan, progress).ConfigureAwait(false);
        if (run.NoWait)
        {
            await StartedOperation.WriteAsync(operation, plan.Id, "Create", begin, accepted).ConfigureAwait(false);
            return;
        }

        if (plan.Existing is not null && accepted.Body.Text("properties", "provisioningState") == "Succeeded")
            operation.Warning($"The virtual machine '{plan.Id.Name}' was made by an earlier run of this command; nothing was changed, its password neither{(plan.Options.Extension.Count > 0 ? ". It gets the extensions that it lacks" : string.Empty)}.");

        progress.Begin("Waiting for the virtual machine", 15);
        await operation.Poller.WaitAsync(accepted, plan.Id.Text, progress.Waiting, operation.CancellationToken).ConfigureAwait(false);
        await VMExtensionInstallation.RunAsync(operation, plan, progress).ConfigureAwait(false);
        await operation.WriteAsync(await VMReader.DescribeAsync(operation, plan.Id.Text).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>Refuses extensions where nobody waits for the machine: Azure takes them when it is ready.</summary>
    /// <exception cref="ImageCmdletsException">InvalidArgument.</exception>
    public static void RequireWaiting(IReadOnlyList<ImageVMExtension> extensions, RunOptions run)
    {
        if (run.NoWait && extensions.Count > 0)
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, "Extensions are installed when the machine is ready, and -NoWait does not wait for it.", nameof(NewVMOptions.Extension), "Leave -NoWait out, or pass -AsJob instead.");
    }

    /// <summary>Makes the network of one machine and asks for it.</summary>
    /// <remarks>Asked for once: a machine that takes data disks from its image cannot be asked for again in the same words (InvalidParameter, dataDisk.lun).</remarks>
    public static async Task<ArmAnswer> BeginAsync(Operation operation, VMPlan plan, StepProgress progress)
    {
        progress.Begin("Network", 0);
        var network = new VMNetworkBuilder(operation, plan);
        try
        {
            await network.MakeAsync(progress).ConfigureAwait(false);
            progress.Begin("Asking for the virtual machine", 14);
            VirtualMachineData definition = VMDefinition.Build(plan);
            return await operation.Arm.BeginAsync(plan.Id.Text, client =>
                client.GroupOf(plan.Id).GetVirtualMachines()
                    .CreateOrUpdateAsync(WaitUntil.Started, plan.Id.Name, definition, operation.CancellationToken), operation.CancellationToken, isOnce: true).ConfigureAwait(false);
        }
        catch (ImageCmdletsException) when (network.Made.Count > 0 && !plan.IsTemporary)
        {
            operation.Warning($"What was made for '{plan.Id.Name}' stays: {string.Join(", ", network.Made)}. Run the same command again to go on, or Remove-ImageVM to remove it.");
            throw;
        }
    }

    /// <summary>Makes the resource group of machines.</summary>
    public static async Task MakeGroupAsync(Operation operation, VMPlatform platform, string operationName = OperationName)
    {
        string id = GroupId(platform);
        operation.Verbose($"The resource group '{platform.ResourceGroupName}' is made in {platform.Location}.");
        var tags = new JsonObject();
        foreach (KeyValuePair<string, string> tag in OperationTags.For(operationName, "ResourceGroup", id))
            tags[tag.Key] = tag.Value;
        var body = new JsonObject { ["location"] = platform.Location, ["tags"] = tags };
        await operation.Arm.SendAsync(RequestMethod.Put, id, ArmApiVersions.Resources, body, operation.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says whose password nobody will know.</summary>
    public static void WarnOfPasswords(Operation operation, IReadOnlyList<VMPlan> plans)
    {
        string[] names = [.. plans.Where(HasRandomPassword).Select(plan => plan.Id.Name)];
        if (names.Length > 0)
            operation.Warning($"No password or SSH key was given: that of {string.Join(", ", names)} is random and kept nowhere. Set one to sign in: az vm user update, or 'Reset password' in the portal.");
    }

    private static bool HasRandomPassword(VMPlan plan) =>
        plan.Existing is null && !plan.Platform.Image.IsSpecialized && plan.Options.AdminPassword is null && plan.Options.SshPublicKey.Count == 0;

    private static string GroupId(VMPlatform platform) => ResourceId.OfGroup(platform.SubscriptionId, platform.ResourceGroupName).Text;
}
