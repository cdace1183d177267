using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Networks;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vms;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.ScaleSets;

/// <summary>Makes scale sets, each by one PUT, with a virtual network where there is none.</summary>
internal static class ScaleSetCreation
{
    /// <summary>The value of the operation tag.</summary>
    public const string OperationName = "New-ImageScaleSet";

    /// <summary>The value of the step tag of a set itself.</summary>
    public const string SetStep = "ScaleSet";

    public static async Task RunAsync(Operation operation, NewScaleSetOptions options, RunOptions run)
    {
        ScaleSetPlan plan = await ScaleSetPlanner.PlanAsync(operation, options).ConfigureAwait(false);
        ArmAnswer? existing = plan.Existing;
        DateTimeOffset begin = operation.Clock.UtcNow;
        if (existing is not null)
            ScaleSetPlanner.RequireSame(plan, existing.Body);
        using var progress = new StepProgress(operation, plan.Id.Text, $"Making scale set {plan.Id.Name}");
        ArmAnswer accepted = existing ?? await BeginAsync(operation, plan, progress).ConfigureAwait(false);
        if (run.NoWait)
        {
            await StartedOperation.WriteAsync(operation, plan.Id, "Create", begin, accepted).ConfigureAwait(false);
            return;
        }

        if (existing?.Body.Text("properties", "provisioningState") == "Succeeded")
            operation.Warning($"The scale set '{plan.Id.Name}' was made by an earlier run of this command; nothing was changed, its password neither.");
        progress.Begin("Waiting for the scale set", 15);
        await WaitAsync(operation, plan, accepted, progress).ConfigureAwait(false);
        await ScaleSetReader.ReadAsync(operation, new ResourceQuery { Id = plan.Id.Text }, withInstances: true).ConfigureAwait(false);
    }

    private static async Task WaitAsync(Operation operation, ScaleSetPlan plan, ArmAnswer accepted, StepProgress progress)
    {
        try
        {
            await operation.Poller.WaitAsync(accepted, plan.Id.Text, progress.Waiting, operation.CancellationToken).ConfigureAwait(false);
        }
        catch (ImageCmdletsException failure) when (plan.Options.Machine.Extension.Any(extension => extension.ProtectedSetting is not null))
        {
            throw VMExtensions.Masked(plan.Options.Machine.Extension, failure, plan.Id.Text, failure.Message, failure.RecommendedAction);
        }
    }

    private static async Task<ArmAnswer> BeginAsync(Operation operation, ScaleSetPlan plan, StepProgress progress)
    {
        NewVMOptions machine = plan.Options.Machine;
        if (!plan.Platform.Image.IsSpecialized && machine.AdminPassword is null && machine.SshPublicKey.Count == 0)
            operation.Warning($"No password or SSH key was given: that of the machines of '{plan.Id.Name}' is random and kept nowhere. Set one in the scale set's model to sign in.");
        progress.Begin("Network", 0);
        if (plan.Platform.IsGroupMissing)
            await VMCreation.MakeGroupAsync(operation, plan.Platform, OperationName).ConfigureAwait(false);
        if (plan.Platform.SubnetId is null)
            await MakeNetworkAsync(operation, plan).ConfigureAwait(false);
        progress.Begin("Asking for the scale set", 10);
        return await operation.Arm.SendAsync(RequestMethod.Put, plan.Id.Text, ArmApiVersions.Compute, ScaleSetDefinition.Build(plan), operation.CancellationToken, isOnce: true).ConfigureAwait(false);
    }

    // The subnet of az vm create has room for 251 machines.
    private static async Task MakeNetworkAsync(Operation operation, ScaleSetPlan plan)
    {
        string subnet = plan.Options.Capacity > 200 ? "10.0.0.0/20" : NetworkBodies.SubnetPrefix;
        var network = new SharedPart(plan.Names.VirtualNetworkId, NetworkBodies.VirtualNetwork(plan.Platform.Location, plan.Names.SubnetName,
            VMDefinition.Tags(plan.Options.Machine.Tag, "VirtualNetwork", plan.Id.Text, OperationName), subnet));
        await network.MakeAsync(operation).ConfigureAwait(false);
        network.Require();
    }
}
