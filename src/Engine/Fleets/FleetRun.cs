using System.Collections.Concurrent;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Fleets;

/// <summary>Makes the machines of a fleet: some branches ask for them, and one looks for all of them together which are ready.</summary>
/// <remarks>To ask about each machine by itself takes more reads than the front end gives (25 a second); one list tells of hundreds. Source:
/// <c>VirtualMachines_CreateOrUpdate</c>, <c>VirtualMachines_List</c>.</remarks>
internal sealed class FleetRun(NewFleetOptions options, FleetPlan plan, RunOptions run)
{
    /// <summary>How many machines are asked for at once: more than Azure lets through would only wait for their turn.</summary>
    public const int Starters = 64;

    private const int MostMissed = 3;

    // What Azure asks for between two looks at a machine (recorded Retry-After of its PUT).
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(2);

    // Azure has begun and given up; whatever it refuses at once, it refuses again.
    private static readonly HashSet<string> s_retried = new(StringComparer.Ordinal)
    {
        ErrorIds.SkuNotAvailable, ErrorIds.ProvisioningFailed, ErrorIds.OSProvisioningFailed, ErrorIds.ServiceUnavailable,
    };

    private readonly ConcurrentQueue<FleetMachine> _waiting = new(plan.Machines);
    private readonly ConcurrentDictionary<string, FleetStart> _begun = new(StringComparer.OrdinalIgnoreCase);
    private int _starting;

    /// <summary>Writes each machine when it is ready, and an error for each that could not be made.</summary>
    public async Task RunAsync(Operation operation)
    {
        var progress = new FleetProgress(operation, options, plan.Machines.Count);
        int starters = Math.Min(Math.Min(Starters, run.ThrottleLimit), plan.Machines.Count);
        _starting = starters;
        IEnumerable<Func<Operation, Task>> watcher = run.NoWait ? [] : [own => WatchAsync(own, progress)];
        Func<Operation, Task>[] branches = [.. watcher, .. Enumerable.Repeat<Func<Operation, Task>>(own => StartAllAsync(own, progress), starters)];
        await operation.ForEachAsync(branches, (branch, own) => branch(own)).ConfigureAwait(false);
        progress.End();
    }

    private async Task StartAllAsync(Operation operation, FleetProgress progress)
    {
        try
        {
            while (_waiting.TryDequeue(out FleetMachine? machine))
            {
                while (_begun.Count >= run.ThrottleLimit)
                    await operation.Clock.DelayAsync(s_turn, operation.CancellationToken).ConfigureAwait(false);
                await StartAsync(operation, machine, 1, progress).ConfigureAwait(false);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _starting);
        }
    }

    private async Task StartAsync(Operation operation, FleetMachine machine, int attempt, FleetProgress progress)
    {
        ResourceId id = machine.Plan.Id;
        try
        {
            if (machine.IsBroken)
            {
                operation.Verbose($"'{id.Name}' is there, but Azure has given it up: it is removed and made anew.");
                await RemoveAsync(operation, machine.Plan).ConfigureAwait(false);
            }

            DateTimeOffset begin = operation.Clock.UtcNow;
            ArmAnswer answer = machine.Plan.Existing ?? await BeginAsync(operation, machine.Plan).ConfigureAwait(false);
            if (run.NoWait)
            {
                await StartedOperation.WriteAsync(operation, id, "Create", begin, answer).ConfigureAwait(false);
                progress.Ready(id.Name);
            }
            else if (answer.Body.Text("properties", "provisioningState") == "Succeeded" && machine.Plan.Options.Extension.Count == 0)
            {
                await ReadyAsync(operation, id, progress).ConfigureAwait(false);
            }
            else
            {
                _begun[id.Text] = new FleetStart(machine, answer, attempt);
            }
        }
        catch (ImageCmdletsException failure)
        {
            await FailedAsync(operation, machine, attempt, failure, progress).ConfigureAwait(false);
        }
    }

    private static async Task<ArmAnswer> BeginAsync(Operation operation, VMPlan machine)
    {
        using var hidden = new StepProgress(operation, machine.Id.Text, machine.Id.Name, isShown: false);
        return await VMCreation.BeginAsync(operation, machine, hidden).ConfigureAwait(false);
    }

    private async Task WatchAsync(Operation operation, FleetProgress progress)
    {
        while (true)
        {
            // Read first: a starter leaves its machine behind before it ends.
            bool isLast = Volatile.Read(ref _starting) == 0;
            if (!_begun.IsEmpty)
                await LookAsync(operation, progress).ConfigureAwait(false);
            if (isLast && _begun.IsEmpty)
                return;

            await operation.Clock.DelayAsync(s_pause, operation.CancellationToken).ConfigureAwait(false);
        }
    }

    private async Task LookAsync(Operation operation, FleetProgress progress)
    {
        FleetStart[] begun = [.. _begun.Values];
        Dictionary<string, string?>? states = await StatesAsync(operation).ConfigureAwait(false);
        if (states is null)
            return;

        FleetStart[] due = [.. begun.Where(start => start.IsReady || HasEnded(start, states))];
        await operation.ForEachAsync(due, (start, own) => FinishAsync(own, start, progress)).ConfigureAwait(false);
    }

    private static bool HasEnded(FleetStart start, Dictionary<string, string?> states) =>
        states.TryGetValue(start.Machine.Plan.Id.Text, out string? state) ? state is not null && ArmStates.IsEnd(state) : ++start.Missed >= MostMissed;

    // A look that fails says nothing of the machines: the next one will tell.
    private async Task<Dictionary<string, string?>?> StatesAsync(Operation operation)
    {
        var states = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        try
        {
            await operation.Arm.ListAsync(ResourceId.OfGroup(plan.First.SubscriptionId, plan.First.ResourceGroupName).Text + "/providers/" + ResourceTypes.VirtualMachine, ArmApiVersions.Compute, item =>
            {
                states[item.Text("id")!] = item.Text("properties", "provisioningState");
                return Task.CompletedTask;
            }, operation.CancellationToken).ConfigureAwait(false);
            return states;
        }
        catch (ImageCmdletsException exception) when (ArmPoller.MayPass(exception))
        {
            operation.Verbose($"The machines could not be looked at just now: {exception.Message}");
            return null;
        }
    }

    // The operation has ended, so that its own answer comes at once: with the reason, where it failed. Extensions take their time, a step of it at each look.
    private async Task FinishAsync(Operation operation, FleetStart start, FleetProgress progress)
    {
        ResourceId id = start.Machine.Plan.Id;
        try
        {
            if (!start.IsReady && start.Missed >= MostMissed)
                throw new ImageCmdletsException(ErrorIds.VMNotFound, $"Somebody removed the virtual machine '{id.Name}' while it was made.", id.Text, "Run the same command again to make it.");

            if (!start.IsReady)
                await operation.Poller.WaitAsync(start.Answer, id.Text, null, operation.CancellationToken).ConfigureAwait(false);
            start.IsReady = true;
            if (!await start.Extensions.AdvanceAsync(operation).ConfigureAwait(false))
                return;

            await ReadyAsync(operation, id, progress).ConfigureAwait(false);
            _begun.TryRemove(id.Text, out _);
        }
        catch (ImageCmdletsException failure)
        {
            _begun.TryRemove(id.Text, out _);
            await FailedAsync(operation, start.Machine, start.Attempt, failure, progress, start.IsReady).ConfigureAwait(false);
        }
    }

    private static async Task ReadyAsync(Operation operation, ResourceId id, FleetProgress progress)
    {
        await operation.WriteAsync(await VMReader.DescribeAsync(operation, id.Text).ConfigureAwait(false)).ConfigureAwait(false);
        progress.Ready(id.Name);
    }

    private async Task FailedAsync(Operation operation, FleetMachine machine, int attempt, ImageCmdletsException failure, FleetProgress progress, bool isReady = false)
    {
        VMPlan broken = machine.Plan;
        if (isReady || attempt > options.RetryCount || !s_retried.Contains(failure.ErrorId) || run.NoWait || !WasNeverReady(broken))
        {
            progress.Failed(broken.Id.Name);
            await operation.ErrorAsync(failure).ConfigureAwait(false);
            return;
        }

        VMPlan next = InNextZone(broken, machine.Zones) with { Existing = null };
        operation.Warning($"'{broken.Id.Name}' could not be made, and is made anew{(next.Options.Zone == broken.Options.Zone ? string.Empty : $" in zone {next.Options.Zone}")}: {failure.Message}");
        try
        {
            await RemoveAsync(operation, broken).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception)
        {
            progress.Failed(broken.Id.Name);
            operation.Verbose($"'{broken.Id.Name}' could not be removed to be made anew: {exception.Message}");
            await operation.ErrorAsync(failure).ConfigureAwait(false);
            return;
        }

        await StartAsync(operation, machine with { Plan = next, IsBroken = false }, attempt + 1, progress).ConfigureAwait(false);
    }

    // What was there before and is only being changed by somebody is never removed.
    private static bool WasNeverReady(VMPlan machine) => machine.Existing is not { } existing || existing.Body.Text("properties", "provisioningState") == "Creating";

    // Where a zone has no room, another one may have.
    private static VMPlan InNextZone(VMPlan machine, IReadOnlyList<string> zones)
    {
        if (zones.Count < 2 || machine.Options.Zone is not { } zone)
            return machine;

        string next = zones[(zones.ToList().IndexOf(zone) + 1) % zones.Count];
        return machine with { Options = machine.Options with { Zone = next } };
    }

    // Disks, interface and address go with the machine by their delete options, but not where there never was one; an address cannot change its zone.
    private static async Task RemoveAsync(Operation operation, VMPlan machine)
    {
        await ResourceRemoval.RemoveIfThereAsync(operation, machine.Id.Text).ConfigureAwait(false);
        await ResourceRemoval.RemoveIfThereAsync(operation, machine.Names.NetworkInterfaceId).ConfigureAwait(false);
        if (!machine.Options.NoPublicIPAddress)
            await ResourceRemoval.RemoveIfThereAsync(operation, machine.Names.PublicAddressId).ConfigureAwait(false);
    }
}
