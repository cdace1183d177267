using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.ScaleSets;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Rollouts;

/// <summary>What becomes of scale sets when a version is taken back: their models, and what is to be said of their instances.</summary>
/// <remarks>Source: <c>VirtualMachineScaleSets_Update</c>. Instances get the model by the upgrade policy of their set: at once, in batches, or when somebody asks for it.</remarks>
internal static class RolloutScaleSets
{
    private const int MostConflicts = 10;
    private static readonly TimeSpan s_conflict = TimeSpan.FromSeconds(10);

    /// <summary>A model that names the definition: the next instance gets what is the latest version then.</summary>
    public static ImageRolloutResult Follower(ImageRolloutResult row, string? latest) => row with
    {
        State = RolloutState.Follows,
        To = latest,
        Reason = latest is null ? $"No version counts as latest in {row.Location} any more: it can make no instances." : null,
    };

    /// <summary>A model that names the bad version.</summary>
    public static ImageRolloutResult Pinned(ImageRolloutResult row, string? good, bool isLeft) => isLeft
        ? row with { State = RolloutState.Pinned, Reason = "Its next instances get the bad version." }
        : good is not null ? row with { Action = ImageRolloutAction.Repoint, To = good }
        : row with
        {
            Action = ImageRolloutAction.Repoint,
            State = RolloutState.Failed,
            Error = new ImageCmdletsException(ErrorIds.RegionMismatch, $"No good version is in {row.Location}, where the scale set '{row.Name}' is.", row.Id, $"Replicate one to {row.Location} with Set-ImageReplication, and run the same command again."),
        };

    /// <summary>A machine of a set that runs the bad version.</summary>
    /// <param name="row">The machine.</param>
    /// <param name="isFlexible">Whether it is an ordinary machine.</param>
    /// <param name="model">The version that the set's model names or means once the bad one is taken back; null where it is none of the definition, or none is there.</param>
    /// <param name="options">What is asked for.</param>
    public static ImageRolloutResult Machine(ImageRolloutResult row, bool isFlexible, string? model, UndoRolloutOptions options)
    {
        ImageRolloutResult left = row with { State = RolloutState.Runs };
        if (options.ExcludeOnly || options.ModelOnly || model is null)
            return left with { Reason = isFlexible ? "Only another machine in its place has another image." : "It gets the image of its scale set's model when it is upgraded or reimaged." };
        if (!isFlexible)
            return row with { Action = ImageRolloutAction.Upgrade, To = model };
        return options.ReplaceMachine
            ? row with { Action = ImageRolloutAction.Replace, To = model }
            : left with { Reason = "Azure gives no machine of a flexible scale set another image: pass -ReplaceMachine to have another made in its place." };
    }

    /// <summary>A machine that a rollout reached, or did not.</summary>
    public static ImageRolloutResult Machine(SetRollout rollout, ImageScaleSetInstance machine, ImageRolloutAction action, string state) => new()
    {
        Id = machine.Id,
        Kind = ResourceId.TryParse(machine.Id)!.Is(ResourceTypes.VirtualMachine) ? ImageUserKind.VM : ImageUserKind.ScaleSetInstance,
        Location = machine.Location,
        Action = action,
        State = state,
        From = machine.Image,
        To = rollout.Image,
        Health = machine.Health,
        ScaleSetId = rollout.Id.Text,
    };

    /// <summary>Whether the model of a set names an image; of one that follows latest Azure may tell besides which version that is.</summary>
    public static bool Names(JsonElement set, string model)
    {
        JsonElement reference = set.Find("properties", "virtualMachineProfile", "storageProfile", "imageReference") ?? default;
        return ScaleSetDefinition.Reference(model).All(member => string.Equals(reference.Text(member.Key), (string?)member.Value, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Gives a model another image, and waits until Azure has it and has done what the set's policy says.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="setId">The set.</param>
    /// <param name="model">A URN, or the id of an image, definition or version.</param>
    /// <param name="onPoll">Told the time waited so far; null: nobody.</param>
    /// <param name="more">What else is changed: members of the set's body.</param>
    /// <exception cref="ImageCmdletsException">What Azure refused, or that its own upgrade of the machines failed.</exception>
    public static async Task RepointAsync(Operation operation, string setId, string model, Action<TimeSpan>? onPoll = null, JsonObject? more = null)
    {
        ArmAnswer begun = await BeginAsync(operation, setId, model, more).ConfigureAwait(false);
        await operation.Poller.WaitAsync(begun, setId, onPoll, operation.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until Azure has ended what it does with a set: it takes nothing else meanwhile.</summary>
    public static Task SettleAsync(Operation operation, string setId, Action<TimeSpan>? onPoll) =>
        Watch.UntilAsync(operation, () => operation.Arm.GetAsync(setId, ArmApiVersions.Compute, operation.CancellationToken),
            seen => ArmStates.IsEnd(seen.Body.Text("properties", "provisioningState") ?? "Succeeded"), TimeSpan.MaxValue, onPoll);

    /// <summary>Does something to a set, and again when Azure refused because it was busy with somebody else's change.</summary>
    public static async Task WhenFreeAsync(Operation operation, string setId, Func<Task> work)
    {
        for (int left = MostConflicts; ; left--)
        {
            try
            {
                await work().ConfigureAwait(false);
                return;
            }
            catch (ArmOperationException exception) when (left > 0 && exception.Status == 409 && exception.ErrorId is ErrorIds.ResourceBusy or ErrorIds.ConcurrentUpdate)
            {
                operation.Verbose($"Azure is busy with '{setId}', waiting for it: {exception.Message}");
                await operation.Clock.DelayAsync(s_conflict, operation.CancellationToken).ConfigureAwait(false);
                await SettleAsync(operation, setId, null).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Ends Azure's own rolling upgrade of a set where one is under way: the batch that it is at is its last one.</summary>
    public static async Task CancelUpgradeAsync(Operation operation, string setId)
    {
        ArmAnswer set = await operation.Arm.GetAsync(setId, ArmApiVersions.Compute, operation.CancellationToken).ConfigureAwait(false);
        if (ArmStates.IsEnd(set.Body.Text("properties", "provisioningState") ?? "Succeeded"))
            return;

        if (ScaleSetMapper.Map(set.Body).UpgradeMode == "Rolling")
        {
            try
            {
                ArmAnswer begun = await operation.Arm.SendAsync(RequestMethod.Post, setId + "/rollingUpgrades/cancel", ArmApiVersions.Compute, null, operation.CancellationToken).ConfigureAwait(false);
                await operation.Poller.WaitAsync(begun, setId, null, operation.CancellationToken).ConfigureAwait(false);
            }
            catch (ArmOperationException exception) when (exception.Status == 409)
            {
                operation.Verbose($"No upgrade of '{setId}' could be cancelled: {exception.Message}");
            }
        }

        await SettleAsync(operation, setId, null).ConfigureAwait(false);
    }

    /// <summary>As <see cref="RepointAsync"/>, and does not wait.</summary>
    public static Task<ArmAnswer> BeginAsync(Operation operation, string setId, string model, JsonObject? more = null)
    {
        var storage = new JsonObject { ["imageReference"] = ScaleSetDefinition.Reference(model) };
        JsonObject body = more ?? [];
        JsonObject properties = body["properties"]?.AsObject() ?? [];
        properties["virtualMachineProfile"] = new JsonObject { ["storageProfile"] = storage };
        body["properties"] = properties;
        return operation.Arm.SendAsync(RequestMethod.Patch, setId, ArmApiVersions.Compute, body, operation.CancellationToken);
    }
}
