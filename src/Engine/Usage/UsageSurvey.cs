using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Usage;

/// <summary>Looks through a subscription for what uses images.</summary>
/// <param name="match">Which uses count.</param>
/// <param name="withVersions">Whether versions count that were made of them: these do not need them any more.</param>
internal sealed class UsageSurvey(UsageMatch match, bool withVersions)
{
    public UsageSurvey(IReadOnlyList<ResourceId> asked, bool withVersions) : this(new UsageMatch(asked), withVersions)
    {
    }

    /// <summary>Hands on every use in a subscription, as it is found; what cannot be read does not keep the rest from being looked at.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="subscriptionId">The subscription.</param>
    /// <param name="onUse">Takes a use.</param>
    /// <param name="onFailure">Takes what could not be read: uses there are not seen.</param>
    public Task RunAsync(Operation operation, string subscriptionId, Func<Operation, ImageUsage, Task> onUse, Func<Operation, ImageCmdletsException, Task> onFailure)
    {
        Func<Operation, string, Func<Operation, ImageUsage, Task>, Task>[] looks = withVersions ? [MachinesAsync, ScaleSetsAsync, VersionsAsync] : [MachinesAsync, ScaleSetsAsync];
        return operation.ForEachAsync(looks, async (look, branch) =>
        {
            try
            {
                await look(branch, subscriptionId, onUse).ConfigureAwait(false);
            }
            catch (ImageCmdletsException exception)
            {
                await onFailure(branch, exception).ConfigureAwait(false);
            }
        });
    }

    private Task MachinesAsync(Operation operation, string subscriptionId, Func<Operation, ImageUsage, Task> onUse) =>
        operation.Arm.ListAsync(ListOf(subscriptionId, ResourceTypes.VirtualMachine), ArmApiVersions.Compute, async item =>
        {
            ImageUsage? use = Use(item, ImageUserKind.VM, ReferenceOf(item));
            if (use is not null)
                await onUse(operation, use).ConfigureAwait(false);
        }, operation.CancellationToken);

    private async Task ScaleSetsAsync(Operation operation, string subscriptionId, Func<Operation, ImageUsage, Task> onUse)
    {
        var sets = new List<JsonElement>();
        await operation.Arm.ListAsync(ListOf(subscriptionId, ResourceTypes.ScaleSet), ArmApiVersions.Compute, item =>
        {
            sets.Add(item);
            return Task.CompletedTask;
        }, operation.CancellationToken).ConfigureAwait(false);
        await operation.ForEachAsync(sets, async (set, branch) =>
        {
            ImageReference? model = ImageReference.Of(set.Find("properties", "virtualMachineProfile", "storageProfile") ?? default);
            if (Use(set, ImageUserKind.ScaleSet, await match.ResolveAsync(branch, model, LocationCatalog.Of(set)).ConfigureAwait(false)) is { } use)
                await onUse(branch, use).ConfigureAwait(false);

            // The instances of a flexible scale set are in the list of machines. Those of a uniform one may be of what the model was before.
            if (set.Text("properties", "orchestrationMode") != "Flexible")
                await InstancesAsync(branch, set.Text("id")!, onUse).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>Hands on the uses by the instances of a uniform scale set.</summary>
    public async Task InstancesAsync(Operation operation, string scaleSetId, Func<Operation, ImageUsage, Task> onUse)
    {
        try
        {
            await operation.Arm.ListAsync(scaleSetId + "/virtualMachines", ArmApiVersions.Compute, async item =>
            {
                if (Use(item, ImageUserKind.ScaleSetInstance, ReferenceOf(item), scaleSetId) is { } use)
                    await onUse(operation, use).ConfigureAwait(false);
            }, operation.CancellationToken).ConfigureAwait(false);
        }
        catch (ArmOperationException exception) when (exception.Status == 404)
        {
            operation.Verbose($"The scale set '{scaleSetId}' was removed meanwhile.");
        }
    }

    private async Task VersionsAsync(Operation operation, string subscriptionId, Func<Operation, ImageUsage, Task> onUse)
    {
        await new GalleryWalk(operation, new GalleryQuery { SubscriptionId = subscriptionId }).VersionsAsync(async (_, versions) =>
        {
            foreach (JsonElement version in versions)
            {
                if (Use(version, ImageUserKind.ImageVersion, ImageReference.OfSource(version)) is { } use)
                    await onUse(operation, use).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }

    private ImageUsage? Use(JsonElement item, ImageUserKind kind, ImageReference? reference, string? scaleSetId = null) =>
        match.Use(item.Text("id")!, kind, LocationCatalog.Of(item), reference, scaleSetId ?? item.Text("properties", "virtualMachineScaleSet", "id"),
            item.Truth("properties", "latestModelApplied"));

    private static string ListOf(string subscriptionId, string resourceType) => $"/subscriptions/{subscriptionId}/providers/{resourceType}";

    private static ImageReference? ReferenceOf(JsonElement machine) => ImageReference.Of(machine.Find("properties", "storageProfile") ?? default);
}
