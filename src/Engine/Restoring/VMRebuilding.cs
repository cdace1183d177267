using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Restoring;

/// <summary>Makes a generalized machine again: Azure changes nothing of it any more (<c>Operation 'Update VM' is not allowed on VM
/// since the VM is generalized</c>), so it is removed, and one with its name, size, network, tags and settings made of the restored
/// disks.</summary>
/// <remarks>What is about to go is first recorded with the new OS disk (<see cref="VMRecord"/>). Source: <c>VirtualMachines_Delete</c>,
/// <c>VirtualMachines_CreateOrUpdate</c> with <c>createOption: Attach</c>, <c>NetworkInterfaces_CreateOrUpdate</c>.</remarks>
internal sealed class VMRebuilding(Operation operation, RestorePlan plan, RestoredDisks disks)
{
    /// <summary>Makes the disks, notes what the machine is, and removes it.</summary>
    public async Task RemoveAsync(JsonElement vm, IReadOnlyDictionary<string, DiskFacts> present, StepProgress progress)
    {
        progress.Begin("Making the disks", 5);
        JsonObject record = disks.Record ?? await MachineRecord.ReadAsync(operation, vm).ConfigureAwait(false);
        await disks.MakeAsync(present, isRunning: false, record).ConfigureAwait(false);
        WarnOfWhatIsLost(vm);
        foreach (JsonNode? address in record["addresses"]!.AsArray())
            await SetDeleteOptionAsync((string)address!, "Detach", progress).ConfigureAwait(false);

        progress.Begin("Removing the generalized machine", 30);
        await ResourceRemoval.RemoveIfThereAsync(operation, plan.VMId.Text).ConfigureAwait(false);
    }

    /// <summary>Makes it again, from the record.</summary>
    public async Task MakeAsync(StepProgress progress)
    {
        JsonObject record = disks.Record!;
        await disks.MakeAsync(new Dictionary<string, DiskFacts>(), isRunning: false, record: null).ConfigureAwait(false);
        progress.Begin("Network", 45);
        foreach (JsonNode? card in record["networkInterfaces"]!.AsArray())
            await EnsureInterfaceAsync(card!.AsObject(), progress).ConfigureAwait(false);

        progress.Begin("Making it again", 55);
        JsonObject body = record["vm"]!.DeepClone().AsObject();
        JsonObject storage = body["properties"]!["storageProfile"]!.AsObject();
        ResourceId system = disks[plan.Members[0]];
        storage["osDisk"]!["name"] = system.Name;
        storage["osDisk"]!["managedDisk"] = new JsonObject { ["id"] = system.Text };
        using JsonDocument recorded = JsonDocument.Parse(storage.ToJsonString());
        storage["dataDisks"] = RestoredStorage.DataDisks(recorded.RootElement.Items("dataDisks"), plan, disks);
        await ResourceWriter.PutAsync(operation, plan.VMId, body, progress.Waiting).ConfigureAwait(false);
    }

    /// <summary>Gives the addresses back what was set aside.</summary>
    public async Task FinishAsync()
    {
        foreach (JsonNode? address in disks.Record?["addresses"]?.AsArray() ?? [])
            await SetDeleteOptionAsync((string)address!, "Delete", null).ConfigureAwait(false);
    }

    private void WarnOfWhatIsLost(JsonElement vm)
    {
        string name = plan.VMId.Name;
        operation.Warning($"'{name}' is generalized: it is removed and made again of its snapshots, with a new id of its own inside Azure (vmId).");
        string[] extensions = [.. vm.Items("resources").Select(item => item.Text("id")).OfType<string>()
            .Select(id => ResourceId.TryParse(id)).OfType<ResourceId>().Where(id => id.ResourceType?.EndsWith("/extensions", StringComparison.OrdinalIgnoreCase) == true)
            .Select(id => id.Name)];
        if (extensions.Length > 0)
            operation.Warning($"The extensions of '{name}' are still on its disk, but Azure no longer knows them: {string.Join(", ", extensions)}. Install again those that are needed.");
        if (vm.Text("identity", "type")?.IndexOf("SystemAssigned", StringComparison.OrdinalIgnoreCase) >= 0)
            operation.Warning($"The machine's own identity of '{name}' becomes another one: whatever roles the old one had must be assigned to it.");
    }

    // A dynamic address would be another one now: it is asked for as a static one, and set free again.
    private async Task EnsureInterfaceAsync(JsonObject card, StepProgress progress)
    {
        ResourceId id = ResourceId.TryParse((string)card["id"]!)!;
        ArmAnswer? found = await operation.Arm.FindAsync(id.Text, ArmApiVersions.Network, operation.CancellationToken).ConfigureAwait(false);
        string[] wanted = MachineRecord.Allocations(card);
        if (found is not null)
            await WaitAsync(found, id.Text).ConfigureAwait(false);
        if (found is null)
            await ResourceWriter.PutAsync(operation, id, MachineRecord.WithStaticAddresses(card), progress.Waiting).ConfigureAwait(false);
        if (found is null ? wanted.Contains("Dynamic") : !wanted.SequenceEqual(MachineRecord.Allocations(JsonNode.Parse(found.Body.GetRawText())!.AsObject())))
            await ResourceWriter.PutAsync(operation, id, card.DeepClone().AsObject(), progress.Waiting).ConfigureAwait(false);
    }

    private async Task SetDeleteOptionAsync(string id, string option, StepProgress? progress)
    {
        ArmAnswer found = await operation.Arm.GetAsync(id, ArmApiVersions.Network, operation.CancellationToken).ConfigureAwait(false);
        await WaitAsync(found, id).ConfigureAwait(false);
        if (found.Body.Text("properties", "deleteOption") == option)
            return;

        JsonObject body = MachineRecord.Writable(found.Body);
        body["properties"]!["deleteOption"] = option;
        await ResourceWriter.PutAsync(operation, ResourceId.TryParse(id)!, body, progress is null ? null : progress.Waiting).ConfigureAwait(false);
    }

    // An interrupted run may have begun what is not done yet.
    private async Task WaitAsync(ArmAnswer found, string id) =>
        await operation.Poller.WaitAsync(found, id, null, operation.CancellationToken).ConfigureAwait(false);
}
