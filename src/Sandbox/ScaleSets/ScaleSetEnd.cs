using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>The end of a PUT or PATCH of a scale set.</summary>
internal static class ScaleSetEnd
{
    public const string WriteKind = "ScaleSets.Write";

    // How often an operation looks after the rolling upgrade that it waits for.
    private static readonly TimeSpan s_watch = TimeSpan.FromSeconds(5);

    /// <summary>Registers what the operation does when it ends.</summary>
    public static void Register(SandboxRegistry registry) => registry.Effect(WriteKind, new OperationEffect(Written)
    {
        Failed = static context =>
        {
            if (context.Subject is { } set) VmChanges.Fail(set, context);
        },
    });

    private static void Written(OperationContext context)
    {
        if (context.Subject is not { } set) return;
        foreach (ResourceEntry gone in Find(context, "removed")) InstanceRemoval.Remove(context.World, gone);
        ArmError? failure = Refusal(context) ?? FinishNew(context, set);
        foreach (ResourceEntry upgraded in Find(context, "upgraded")) failure = Finish(context.World, upgraded, context.Now) ?? failure;
        if (context.Arguments.Flag("rolling") == true && failure is null)
        {
            if (RollingUpgrade.IsRunning(set))
            {
                context.GoOn(context.Now + s_watch);
                return;
            }

            if (RollingUpgrade.Latest(set).Object("error") is { } error)
                failure = new ArmError(error.Text("code")!, error.Text("message")!);
        }

        if (failure is null)
            VmChanges.Finish(set, context.Now);
        else
            context.Fail(failure);
    }

    private static ArmError? Refusal(OperationContext context) => context.Arguments.Object("refusal") is { } refusal
        ? new ArmError(refusal.Text("code")!, refusal.Text("message")!)
        : null;

    private static ArmError? FinishNew(OperationContext context, ResourceEntry set)
    {
        ArmError? failure = null;
        foreach (ResourceEntry instance in ScaleSetFacts.Instances(context.World, set)
                     .Where(static i => VmFacts.IsInstance(i) && i.ProvisioningState == "Creating"))
        {
            if (ScaleSetFacts.IsExtra(instance))
                InstanceRemoval.Remove(context.World, instance);
            else
                failure = Finish(context.World, instance, context.Now) ?? failure;
        }

        foreach (ResourceEntry vm in ScaleSetFacts.Instances(context.World, set).Where(vm => !VmFacts.IsInstance(vm)
                     && InstanceExtensions.Of(context.World, vm).Any(static extension => extension.ProvisioningState == "Creating")))
        {
            failure = InstanceExtensions.Settle(context.World, vm) ?? failure;
        }

        return failure;
    }

    /// <summary>Shows whether an instance that was made or set up anew has come up.</summary>
    /// <returns>Why it has not; null when it has.</returns>
    public static ArmError? Finish(SandboxWorld world, ResourceEntry instance, DateTimeOffset now)
    {
        ArmError? failure = null;
        if (VmFacts.PowerState(instance) == VmFacts.Running)
            failure = VmCreation.Failure(instance, now) ?? InstanceExtensions.Settle(world, instance);
        if (failure is null)
            VmChanges.Finish(instance, now);
        else
            VmChanges.Fail(instance, failure.ToJson(), now);
        return failure;
    }

    private static IEnumerable<ResourceEntry> Find(OperationContext context, string list) =>
        (context.Arguments.Array(list) ?? []).Select(id => context.World.Store.Find(id!.ToString())).OfType<ResourceEntry>();
}
