using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Vms;

/// <summary>Reads virtual machines.</summary>
/// <remarks>Source: <c>VirtualMachines_Get</c>, <c>_List</c>, <c>_ListAll</c>, <c>NetworkInterfaces_Get</c>, <c>PublicIPAddresses_Get</c>.</remarks>
internal static class VMReader
{
    public static readonly ResourceReader Resources = new(ResourceTypes.VirtualMachine, ErrorIds.VMNotFound);

    private const string InstanceView = "instanceView";

    /// <summary>Hands on the machines of a query; with their run-time state when it is asked for or only one is meant.</summary>
    public static async Task ReadAsync(Operation operation, ResourceQuery query, bool withStatus)
    {
        bool isOne = query.Name is not null && !NamePattern.HasWildcard(query.Name);
        string? id = query.Id ?? (isOne && query.ResourceGroupName is { } group && !NamePattern.HasWildcard(group) ? IdOf(operation, query, group) : null);
        if (id is not null)
        {
            await operation.WriteAsync(await DescribeAsync(operation, id).ConfigureAwait(false)).ConfigureAwait(false);
            return;
        }

        // A list never has the instance view, so each machine is asked for its own.
        var wave = new List<string>();
        await Resources.ReadAsync(operation, query, async item =>
        {
            if (!withStatus && !isOne)
            {
                await operation.WriteAsync(VMMapper.Map(item)).ConfigureAwait(false);
                return;
            }

            wave.Add(item.Text("id")!);
            if (wave.Count == operation.ThrottleLimit)
                await WriteWaveAsync(operation, wave, isOne).ConfigureAwait(false);
        }).ConfigureAwait(false);
        await WriteWaveAsync(operation, wave, isOne).ConfigureAwait(false);
    }

    /// <summary>A machine with its instance view, as Azure answered.</summary>
    /// <exception cref="ArmOperationException">VMNotFound.</exception>
    public static Task<ArmAnswer> GetAsync(Operation operation, string id) =>
        operation.Arm.GetAsync(Resources.RequireId(id).Text, ArmApiVersions.Compute, operation.CancellationToken, "$expand=" + InstanceView);

    /// <summary>A machine with its instance view, or null when there is none.</summary>
    public static async Task<JsonElement?> FindAsync(Operation operation, string id)
    {
        ArmAnswer? answer = await operation.Arm.FindAsync(id, ArmApiVersions.Compute, operation.CancellationToken, "$expand=" + InstanceView).ConfigureAwait(false);
        return answer?.Body;
    }

    /// <summary>Everything about one machine, its addresses included.</summary>
    public static async Task<ImageVM> DescribeAsync(Operation operation, string id)
    {
        JsonElement item = await Resources.ReadOneAsync(operation, id, InstanceView).ConfigureAwait(false);
        return VMMapper.Map(item, await AddressAsync(operation, item).ConfigureAwait(false));
    }

    /// <summary>The subnet of a machine's first interface; null where it has none, or nobody may know.</summary>
    public static async Task<string?> SubnetAsync(Operation operation, JsonElement item) => VMMapper.NetworkInterfaces(item).FirstOrDefault() is { } networkInterface
        ? Primary(await ReadNetworkAsync(operation, item, networkInterface).ConfigureAwait(false)).Text("properties", "subnet", "id")
        : null;

    private static string IdOf(Operation operation, ResourceQuery query, string group) =>
        ResourceId.Of(query.SubscriptionId ?? operation.Session.SubscriptionId, group, ResourceTypes.VirtualMachine, query.Name!).Text;

    private static async Task WriteWaveAsync(Operation operation, List<string> wave, bool withAddress)
    {
        string[] ids = [.. wave];
        wave.Clear();
        await operation.ForEachInOrderAsync(ids, async (id, own) =>
        {
            // Gone between the list and the question: no longer what was asked for.
            if (await FindAsync(own, id).ConfigureAwait(false) is not { } item)
                return null;

            return VMMapper.Map(item, withAddress ? await AddressAsync(own, item).ConfigureAwait(false) : null);
        }, (ImageVM? vm) => vm is null ? Task.CompletedTask : operation.WriteAsync(vm)).ConfigureAwait(false);
    }

    private static async Task<VMAddress?> AddressAsync(Operation operation, JsonElement item)
    {
        if (VMMapper.NetworkInterfaces(item).FirstOrDefault() is not { } networkInterface)
            return null;

        JsonElement configuration = Primary(await ReadNetworkAsync(operation, item, networkInterface).ConfigureAwait(false));
        JsonElement publicAddress = configuration.Text("properties", "publicIPAddress", "id") is { } publicId
            ? await ReadNetworkAsync(operation, item, publicId).ConfigureAwait(false)
            : default;
        return new VMAddress(configuration.Text("properties", "privateIPAddress"), publicAddress.Text("properties", "ipAddress"));
    }

    // Who may read machines may not always read networks; the machine is worth showing without an address.
    private static async Task<JsonElement> ReadNetworkAsync(Operation operation, JsonElement item, string id)
    {
        try
        {
            return (await operation.Arm.GetAsync(id, ArmApiVersions.Network, operation.CancellationToken).ConfigureAwait(false)).Body;
        }
        catch (ArmOperationException exception) when (exception.Status is 403 or 404)
        {
            operation.Verbose($"The network of '{item.Text("name")}' could not be read: {exception.Message}");
            return default;
        }
    }

    private static JsonElement Primary(JsonElement networkInterface) =>
        networkInterface.Items("properties", "ipConfigurations")
            .OrderByDescending(configuration => configuration.Truth("properties", "primary") ?? false)
            .FirstOrDefault();
}
