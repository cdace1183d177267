using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Fleets;

/// <summary>Makes a fleet: the same command again makes what is missing of it.</summary>
internal static class FleetCreation
{
    public static async Task RunAsync(Operation operation, NewFleetOptions options, RunOptions run)
    {
        VMCreation.RequireWaiting(options.Machine.Extension, run);
        FleetPlan plan = await new FleetPlanner(operation, options, run.ThrottleLimit).PlanAsync().ConfigureAwait(false);
        VMCreation.WarnOfPasswords(operation, [.. plan.Machines.Select(machine => machine.Plan)]);
        await FleetReplicas.EnsureAsync(operation, plan.Replicas).ConfigureAwait(false);
        if (plan.First.IsGroupMissing)
            await VMCreation.MakeGroupAsync(operation, plan.First).ConfigureAwait(false);

        await operation.ForEachAsync(plan.Parts, (part, own) => part.MakeAsync(own)).ConfigureAwait(false);
        await new FleetRun(options, plan, run).RunAsync(operation).ConfigureAwait(false);
    }
}
