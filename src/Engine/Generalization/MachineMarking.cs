using Azure.Core;
using Azure.ResourceManager.Compute;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>The end of a generalization: deallocates the machine, marks it, and reads the mark back. What another run of the command does at
/// the same moment is waited for and taken as done.</summary>
internal sealed class MachineMarking(Operation operation, MachineReader reader, GeneralizeTimeline timeline)
{
    public const string DeallocateName = "Deallocate";
    public const string MarkName = "Mark";
    public const string VerifyName = "Verify";

    /// <summary>Whether the guest was proven to be generalized, which is remembered before the machine stops.</summary>
    public required bool IsProven { get; init; }

    /// <summary>Whether the deallocation is not to be waited for.</summary>
    public required bool NoWait { get; init; }

    /// <returns>False: begun, and not waited for.</returns>
    public async Task<bool> DeallocateAsync(Machine machine)
    {
        if (machine.IsDeallocated)
        {
            timeline.Skip(DeallocateName, "Deallocated before.");
            return true;
        }

        await timeline.RunAsync(DeallocateName, 75, async () =>
        {
            if (IsProven)
                await new GuestProof(operation, machine).KeepAsync().ConfigureAwait(false);
            return await DoAsync(static seen => seen.IsDeallocated, async () =>
            {
                ArmAnswer begun = await VMPower.BeginAsync(operation, machine.Id, VMPowerAction.Deallocate).ConfigureAwait(false);
                if (NoWait)
                    return "InProgress";

                await operation.Poller.WaitAsync(begun, machine.Id, timeline.Waiting, operation.CancellationToken).ConfigureAwait(false);
                return GeneralizeTimeline.Succeeded;
            }, null).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return !NoWait;
    }

    /// <summary>Marks the machine, and looks until the mark shows.</summary>
    /// <returns>The machine as it was seen last.</returns>
    public async Task<Machine> MarkAsync(Machine machine)
    {
        await timeline.RunAsync(MarkName, 90, () => DoAsync(static seen => seen.IsGeneralized, async () =>
        {
            await SetMarkAsync(machine).ConfigureAwait(false);
            return GeneralizeTimeline.Succeeded;
        }, "It can never be started again.")).ConfigureAwait(false);

        Machine marked = machine;
        await timeline.RunAsync(VerifyName, 95, async () =>
        {
            Watched<Machine> watched = await Watch
                .UntilAsync(operation, reader.ReadAsync, seen => seen.IsGeneralized, GeneralizeLimits.Mark, timeline.Waiting).ConfigureAwait(false);
            marked = watched.Last;
            return Verify(marked);
        }).ConfigureAwait(false);
        return marked;
    }

    /// <summary>The state of the last step, and what was seen.</summary>
    public static (string State, string? Detail) Verify(Machine machine) => machine.IsGeneralized
        ? (GeneralizeTimeline.Succeeded, "OSState/generalized")
        : (GeneralizeTimeline.Unverified, "OSState/generalized is missing.");

    // Another operation on the machine may be the very one that is wanted, of another run.
    private async Task<(string State, string? Detail)> DoAsync(Func<Machine, bool> isDone, Func<Task<string>> work, string? detail)
    {
        try
        {
            return (await work().ConfigureAwait(false), detail);
        }
        catch (ImageCmdletsException exception) when (exception.ErrorId is ErrorIds.ResourceBusy or ErrorIds.ConcurrentUpdate && !NoWait)
        {
            operation.Verbose($"Another operation on '{reader.Id.Name}' is waited for: {exception.Message}");
        }

        return isDone(await reader.WaitUntilSettledAsync(timeline.Waiting).ConfigureAwait(false))
            ? (GeneralizeTimeline.Succeeded, "Somebody else did it at the same time.")
            : (await work().ConfigureAwait(false), detail);
    }

    // Synchronous: 200 with an empty body (51 of 51 recorded). Azure does not look into the guest.
    private Task<ArmAnswer> SetMarkAsync(Machine machine) => operation.Arm.InvokeAsync(machine.Id, client =>
        client.GetVirtualMachineResource(new ResourceIdentifier(machine.Id)).GeneralizeAsync(operation.CancellationToken), operation.CancellationToken);
}
