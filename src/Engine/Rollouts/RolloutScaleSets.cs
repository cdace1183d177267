using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Rollouts;

/// <summary>What becomes of scale sets when a version is taken back: their models, and what is to be said of their instances.</summary>
/// <remarks>Source: <c>VirtualMachineScaleSets_Update</c>. Instances get the model by the upgrade policy of their set: at once, in batches, or when somebody asks for it.</remarks>
internal static class RolloutScaleSets
{
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

    /// <summary>An instance of a uniform set.</summary>
    public static ImageRolloutResult Instance(ImageRolloutResult row) => row with
    {
        State = RolloutState.Runs,
        Reason = "It gets the image of its scale set's model when it is upgraded or reimaged.",
    };

    /// <summary>Gives a model the good version, and waits until Azure has it.</summary>
    /// <exception cref="ImageCmdletsException">What Azure refused.</exception>
    public static async Task RepointAsync(Operation operation, ImageRolloutResult row)
    {
        var storage = new JsonObject { ["imageReference"] = new JsonObject { ["id"] = row.To } };
        var body = new JsonObject { ["properties"] = new JsonObject { ["virtualMachineProfile"] = new JsonObject { ["storageProfile"] = storage } } };
        ArmAnswer begun = await operation.Arm.SendAsync(RequestMethod.Patch, row.Id, ArmApiVersions.Compute, body, operation.CancellationToken).ConfigureAwait(false);
        await operation.Poller.WaitAsync(begun, row.Id, null, operation.CancellationToken).ConfigureAwait(false);
    }
}
