using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Cloning;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Vms;

/// <summary>Removes machines and what New-ImageVM made for them, and nothing else.</summary>
/// <remarks>Disks, interface and address go with the machine by their delete options; security group and virtual network are found by
/// their tags, also where the machine itself is gone already. Source: <c>VirtualMachines_Delete</c>, <c>Resources_ListByResourceGroup</c>.</remarks>
internal static class VMRemoval
{
    private const string Detach = "Detach";
    private const string Delete = "Delete";

    public static async Task RunAsync(Operation operation, IReadOnlyList<RemoveVMOptions> targets, RunOptions run)
    {
        // A network may have been several machines': whether it is still in use is known when all of them are gone.
        var shared = new ConcurrentBag<string>();
        var gone = new ConcurrentBag<ResourceId>();
        var missing = new ConcurrentBag<ResourceId>();
        await operation.ForEachItemAsync(targets, async (target, own) =>
        {
            ResourceId id = VMReader.Resources.RequireId(target.Id);
            bool isFound = await RemoveAsync(own, target, id, run, shared).ConfigureAwait(false);
            if (!run.NoWait || !isFound)
                (isFound ? gone : missing).Add(id);
        }).ConfigureAwait(false);

        HashSet<string> kept = new(targets.Where(target => target.KeepNetwork).Select(target => target.Id), StringComparer.OrdinalIgnoreCase);
        IGrouping<string, ResourceId>[] groups = [.. gone.Concat(missing).GroupBy(GroupOf, StringComparer.OrdinalIgnoreCase)];
        string[] emptied = [.. targets.Where(target => target.RemoveResourceGroup && !run.NoWait)
            .Select(target => GroupOf(VMReader.Resources.RequireId(target.Id)))
            .Distinct(StringComparer.OrdinalIgnoreCase)];
        HashSet<string> going = new(emptied, StringComparer.OrdinalIgnoreCase);
        await operation.ForEachAsync(groups, async (group, own) =>
        {
            bool isLeftEmpty = going.Contains(group.Key) && group.All(missing.Contains) && await MadeResources.IsLeftEmptyAsync(own, group.Key).ConfigureAwait(false);
            ResourceId[] absent = isLeftEmpty ? [] : [.. missing];
            await RemovePartsAsync(own, group.Key, [.. group], absent, kept, shared, targets.Count).ConfigureAwait(false);
        }).ConfigureAwait(false);
        foreach (string part in shared.Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(id => id, StringComparer.OrdinalIgnoreCase))
            await MadeResources.RemoveUnusedAsync(operation, part).ConfigureAwait(false);
        await operation.ForEachItemAsync(emptied, (group, own) => MadeResources.RemoveGroupAsync(own, group)).ConfigureAwait(false);
    }

    // Whether there was such a machine.
    private static async Task<bool> RemoveAsync(Operation operation, RemoveVMOptions target, ResourceId id, RunOptions run, ConcurrentBag<string> shared)
    {
        using var progress = new StepProgress(operation, id.Text, $"Removing virtual machine {id.Name}");
        progress.Begin("Reading what it has", 0);
        ArmAnswer? found = await operation.Arm
            .FindAsync(id.Text, ArmApiVersions.Compute, operation.CancellationToken, "$expand=instanceView").ConfigureAwait(false);
        if (found is null)
            return false;

        if (!target.KeepDisk && !target.KeepNetwork && !run.NoWait && MachineClone.SourceOf(found.Body.Map("tags")) is { } cloned)
        {
            await new CloneRemoval(operation, cloned, id.Name).RunAsync().ConfigureAwait(false);
            return true;
        }

        RequireKeepable(target, id, found.Body);
        foreach (string part in target.KeepNetwork ? [] : await SharedPartsAsync(operation, found.Body).ConfigureAwait(false))
            shared.Add(part);
        await KeepAsync(operation, target, id, found.Body, progress).ConfigureAwait(false);
        WarnOfWhatStays(operation, target, id, found.Body);
        progress.Begin("Virtual machine", 10);
        await ResourceRemoval.RemoveAsync(operation, id, run).ConfigureAwait(false);
        return true;
    }

    // One list of a group serves all its machines.
    private static async Task RemovePartsAsync(Operation operation, string groupId, ResourceId[] machines, ResourceId[] missing, HashSet<string> kept, ConcurrentBag<string> shared, int targets)
    {
        ILookup<string, string> made = await MadeResources.ListAsync(operation, groupId).ConfigureAwait(false);
        foreach (ResourceId id in machines.Where(id => missing.Contains(id)))
        {
            string[] parts = [.. made[OperationTags.Value(id.Text)]];
            if (parts.Any(MadeResources.IsNetworkPart))
                operation.Verbose($"'{id.Name}' is gone already; what was made for it is removed.");
            else if (targets > 1)
                await operation.ErrorAsync(NotFound(id, parts)).ConfigureAwait(false);
            else
                throw NotFound(id, parts);
        }

        string[] left = [.. machines.Where(id => !kept.Contains(id.Text)).SelectMany(id => made[OperationTags.Value(id.Text)])];
        await MadeResources.RemoveNetworkPartsAsync(operation, left).ConfigureAwait(false);
        foreach (string part in left.Where(part => ResourceId.TryParse(part)?.Is(ResourceTypes.VirtualNetwork) == true))
            shared.Add(part);
    }

    // Disks of a machine that is gone were kept on purpose, and go only when they are named.
    private static ImageCmdletsException NotFound(ResourceId id, IReadOnlyList<string> made)
    {
        string[] disks = [.. made.Select(ResourceId.TryParse).OfType<ResourceId>().Where(one => one.Is(ResourceTypes.Disk)).Select(one => one.Name)];
        string text = $"There is no virtual machine '{id.Name}' in the resource group '{id.ResourceGroupName}'.";
        return disks.Length == 0
            ? new ImageCmdletsException(ErrorIds.VMNotFound, text, id.Text)
            : new ImageCmdletsException(ErrorIds.VMNotFound, $"{text} Disks made for it are still there: {string.Join(", ", disks)}.", id.Text,
                "Remove them with Remove-ImageDisk, if nobody needs them.");
    }

    // Azure changes nothing of a generalized machine any more: what it deletes with the machine, it will delete.
    private static void RequireKeepable(RemoveVMOptions target, ResourceId id, JsonElement vm)
    {
        bool cutsDisks = CutsDisks(target, vm);
        if (VMMapper.OSState(vm) != "Generalized" || !(cutsDisks || CutsNetwork(target, vm)))
            return;

        throw new ImageCmdletsException(ErrorIds.VMIsGeneralized,
            $"'{id.Name}' is generalized, and its {(cutsDisks ? "disks" : "network interfaces")} are set to go with it: Azure lets nobody change that any more.",
            id.Text,
            cutsDisks
                ? "Take snapshots of its disks with New-ImageSnapshot, or make an image with New-CustomImage; then remove it without -KeepDisk."
                : "Remove it without -KeepNetwork.");
    }

    private static bool CutsDisks(RemoveVMOptions target, JsonElement vm) => target.KeepDisk && Disks(vm).Any(IsDeleted);

    private static bool CutsNetwork(RemoveVMOptions target, JsonElement vm) =>
        target.KeepNetwork && Interfaces(vm).Any(reference => IsDeleted(reference.Find("properties") ?? default));

    // What is kept must be cut loose before the machine goes, or Azure removes it too.
    private static async Task KeepAsync(Operation operation, RemoveVMOptions target, ResourceId id, JsonElement vm, StepProgress progress)
    {
        var properties = new JsonObject();
        if (CutsDisks(target, vm))
        {
            JsonObject osDisk = Detached(vm.Find("properties", "storageProfile", "osDisk") ?? default);
            JsonNode?[] dataDisks = [.. vm.Items("properties", "storageProfile", "dataDisks").Select(Detached)];
            properties["storageProfile"] = new JsonObject { ["osDisk"] = osDisk, ["dataDisks"] = new JsonArray(dataDisks) };
        }

        if (CutsNetwork(target, vm))
        {
            JsonNode?[] interfaces = [.. Interfaces(vm).Select(reference => new JsonObject
            {
                ["id"] = reference.Text("id"),
                ["properties"] = Detached(reference.Find("properties") ?? default),
            })];
            properties["networkProfile"] = new JsonObject { ["networkInterfaces"] = new JsonArray(interfaces) };
        }

        if (properties.Count == 0)
            return;

        progress.Begin("Detaching what is kept", 5);
        var body = new JsonObject { ["properties"] = properties };
        ArmAnswer accepted = await operation.Arm.SendAsync(RequestMethod.Patch, id.Text, ArmApiVersions.Compute, body, operation.CancellationToken).ConfigureAwait(false);
        await operation.Poller.WaitAsync(accepted, id.Text, progress.Waiting, operation.CancellationToken).ConfigureAwait(false);
    }

    private static void WarnOfWhatStays(Operation operation, RemoveVMOptions target, ResourceId id, JsonElement vm)
    {
        IEnumerable<string?> disks = target.KeepDisk ? [] : Disks(vm).Where(disk => !IsDeleted(disk)).Select(disk => disk.Text("managedDisk", "id") ?? disk.Text("vhd", "uri"));
        IEnumerable<string?> interfaces = target.KeepNetwork || OperationTags.IsMadeBy(vm.Map("tags"), VMCreation.OperationName)
            ? []
            : Interfaces(vm).Where(reference => !IsDeleted(reference.Find("properties") ?? default)).Select(reference => reference.Text("id"));
        string[] names = [.. disks.Concat(interfaces).OfType<string>().Select(one => ResourceId.TryParse(one)?.Name ?? one)];
        if (names.Length > 0)
            operation.Warning($"What is not set to go with '{id.Name}' stays: {string.Join(", ", names)}.");
    }

    // What a machine shares with others may have been made for one that is gone: whoever leaves it last removes it.
    private static async Task<IReadOnlyList<string>> SharedPartsAsync(Operation operation, JsonElement vm)
    {
        if (VMMapper.NetworkInterfaces(vm).FirstOrDefault() is not { } interfaceId)
            return [];

        ArmAnswer? found = await operation.Arm.FindAsync(interfaceId, ArmApiVersions.Network, operation.CancellationToken).ConfigureAwait(false);
        string? subnet = found?.Body.Items("properties", "ipConfigurations").FirstOrDefault().Text("properties", "subnet", "id");
        int end = subnet?.IndexOf("/subnets/", StringComparison.OrdinalIgnoreCase) ?? -1;
        return [.. new[] { end < 0 ? null : subnet!.Substring(0, end), found?.Body.Text("properties", "networkSecurityGroup", "id") }.OfType<string>()];
    }

    private static JsonObject Detached(JsonElement item)
    {
        JsonObject copy = item.ValueKind == JsonValueKind.Object ? JsonNode.Parse(item.GetRawText())!.AsObject() : [];
        copy["deleteOption"] = Detach;
        return copy;
    }

    private static bool IsDeleted(JsonElement item) => string.Equals(item.Text("deleteOption"), Delete, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<JsonElement> Disks(JsonElement vm) =>
        new[] { vm.Find("properties", "storageProfile", "osDisk") ?? default }.Concat(vm.Items("properties", "storageProfile", "dataDisks"));

    private static IEnumerable<JsonElement> Interfaces(JsonElement vm) => vm.Items("properties", "networkProfile", "networkInterfaces");

    private static string GroupOf(ResourceId id) => ResourceId.OfGroup(id.SubscriptionId, id.ResourceGroupName!).Text;
}
