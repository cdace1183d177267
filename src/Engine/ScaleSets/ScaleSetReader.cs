using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.ScaleSets;

/// <summary>Reads scale sets and their instances.</summary>
/// <remarks>Source: <c>VirtualMachineScaleSets_Get</c>, <c>_List</c>, <c>_ListAll</c>, <c>VirtualMachineScaleSetVMs_List</c>, <c>VirtualMachines_Get</c>.</remarks>
internal static class ScaleSetReader
{
    public static readonly ResourceReader Resources = new(ResourceTypes.ScaleSet, ErrorIds.ResourceNotFound);

    // Several sets are read at once, each with its machines: not more than a few of these at once.
    private const int MostMachines = 8;

    /// <summary>Hands on the sets of a query, with their instances when they are asked for.</summary>
    public static async Task ReadAsync(Operation operation, ResourceQuery query, bool withInstances)
    {
        var wave = new List<JsonElement>();
        await Resources.ReadAsync(operation, query, async item =>
        {
            if (!withInstances)
            {
                await operation.WriteAsync(ScaleSetMapper.Map(item)).ConfigureAwait(false);
                return;
            }

            wave.Add(item);
            if (wave.Count == operation.ThrottleLimit)
                await WriteWaveAsync(operation, wave).ConfigureAwait(false);
        }).ConfigureAwait(false);
        await WriteWaveAsync(operation, wave).ConfigureAwait(false);
    }

    /// <summary>The instances of a set, in the order of Azure's list.</summary>
    /// <exception cref="ArmOperationException">ResourceNotFound where the set is gone.</exception>
    public static async Task<IReadOnlyList<ImageScaleSetInstance>> InstancesAsync(Operation operation, JsonElement set)
    {
        // Azure refuses the instance view in the list of a flexible set's machines, which are asked one by one.
        bool isFlexible = ScaleSetMapper.IsFlexible(set);
        var items = new List<JsonElement>();
        await operation.Arm.ListAsync(set.Text("id") + "/virtualMachines", ArmApiVersions.Compute, item =>
        {
            items.Add(item);
            return Task.CompletedTask;
        }, operation.CancellationToken, isFlexible ? null : "$expand=instanceView").ConfigureAwait(false);
        if (!isFlexible)
            return [.. items.Select(ScaleSetMapper.Instance)];

        var machines = new JsonElement?[items.Count];
        await operation.ForEachAsync([.. Enumerable.Range(0, items.Count)], async (index, own) =>
            machines[index] = await VMReader.FindAsync(own, items[index].Text("id")!).ConfigureAwait(false), MostMachines).ConfigureAwait(false);
        return [.. machines.OfType<JsonElement>().Select(ScaleSetMapper.Instance)];
    }

    private static async Task WriteWaveAsync(Operation operation, List<JsonElement> wave)
    {
        JsonElement[] sets = [.. wave];
        wave.Clear();
        await operation.ForEachInOrderAsync(sets, DescribeAsync, set => set is null ? Task.CompletedTask : operation.WriteAsync(set)).ConfigureAwait(false);
    }

    private static async Task<ImageScaleSet?> DescribeAsync(JsonElement set, Operation operation)
    {
        try
        {
            return ScaleSetMapper.Map(set, await InstancesAsync(operation, set).ConfigureAwait(false));
        }
        catch (ArmOperationException exception) when (exception.Status == 404)
        {
            operation.Verbose($"The scale set '{set.Text("name")}' was removed meanwhile.");
            return null;
        }
    }
}
