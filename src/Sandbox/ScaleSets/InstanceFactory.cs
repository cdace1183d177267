using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>Makes the machines of a uniform scale set.</summary>
/// <param name="machine">The request, with the set's model as the body of a machine.</param>
/// <param name="set">The set, with its new body.</param>
/// <param name="source">What the machines are made from.</param>
/// <param name="size">Their size.</param>
internal sealed class InstanceFactory(RequestContext machine, ResourceEntry set, VmSource source, VmSize size)
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private readonly List<string?> _zones = [.. ScaleSetFacts.Instances(machine.World, set)
        .Select(static i => i.Body.Array("zones")?.FirstOrDefault()?.ToString())];

    /// <summary>Makes machines and switches them on.</summary>
    /// <param name="numbers">Their numbers.</param>
    /// <returns>How long it takes until the last of them is up, or given up.</returns>
    public TimeSpan Make(IEnumerable<string> numbers) => numbers.Select(Make).DefaultIfEmpty(TimeSpan.Zero).Max();

    /// <summary>Refuses disks that the machines cannot have; nothing is made.</summary>
    public void Check() => Plan("0", null);

    private TimeSpan Make(string number)
    {
        string? zone = NextZone();
        (VmDisk system, IReadOnlyList<VmDisk> data) = Plan(number, zone);
        var instance = new ResourceEntry(
            $"{set.Id}/virtualMachines/{number}", VmFacts.InstanceType, Body(number, zone, system, data));
        machine.World.Store.Put(instance);
        VmDisks.Make(machine.World, [system, .. data], instance, machine.Now);
        foreach (string key in new[] { "generation", "architecture", "customData", "userData", ScaleSetFacts.ModelKey })
        {
            if (set.State[key] is { } value) instance.State[key] = value.DeepClone();
        }

        TimeSpan boot = VmCreation.Boot(machine.World, instance, source, machine.Now);
        InstanceExtensions.Match(machine.World, set, instance, fresh: true);
        return boot;
    }

    private (VmDisk System, IReadOnlyList<VmDisk> Data) Plan(string number, string? zone)
    {
        JsonObject body = JsonText.NewObject();
        body["location"] = set.Location;
        if (zone is not null) body["zones"] = new JsonArray(zone);
        body["properties"] = new JsonObject { ["storageProfile"] = machine.Body.Object("properties.storageProfile")!.Copy() };
        JsonObject storage = body.Object("properties.storageProfile")!;
        JsonObject system = storage.Ensure("osDisk");
        system.Remove("name");
        foreach (JsonObject disk in storage.Items("dataDisks").Append(system)) disk["deleteOption"] ??= "Delete";
        ResourceId id = ResourceId.TryParse($"{set.Id}/virtualMachines/{number}")!;
        var disks = new VmDisks(machine.For(id, body), size, set.Location!, $"{set.Name}_{set.Name}_{number}");
        return (disks.System(source), disks.Data(source, []));
    }

    private JsonObject Body(string number, string? zone, VmDisk system, IReadOnlyList<VmDisk> data)
    {
        JsonObject body = JsonText.NewObject();
        body["name"] = $"{set.Name}_{number}";
        body["id"] = $"{set.Id}/virtualMachines/{number}";
        body["type"] = VmFacts.InstanceType;
        body["location"] = set.Location;
        foreach (string name in new[] { "tags", "plan" })
        {
            if (set.Body[name] is { } value) body[name] = value.DeepClone();
        }

        if (zone is not null) body["zones"] = new JsonArray(zone);
        body["instanceId"] = number;
        body["sku"] = new JsonObject { ["name"] = size.Name, ["tier"] = set.Body.Text("sku.tier") ?? "Standard" };
        JsonObject properties = JsonText.NewObject();
        properties["modelDefinitionApplied"] = "VirtualMachineScaleSet";
        properties["vmId"] = machine.World.Ids.NextGuid($"vm|{set.Id}/virtualMachines/{number}");
        properties["hardwareProfile"] = JsonText.NewObject();
        properties["storageProfile"] = Storage(system, data);
        if (Profile(number) is { } profile) properties["osProfile"] = profile;
        properties["provisioningState"] = "Creating";
        properties["timeCreated"] = ArmTime.Format(machine.Now);
        body["properties"] = properties;
        InstanceSettings.Apply(set, body);
        return body;
    }

    private JsonObject Storage(VmDisk system, IReadOnlyList<VmDisk> data)
    {
        JsonObject storage = JsonText.NewObject();
        if (source.Reference is { } reference) storage["imageReference"] = reference.DeepClone();
        storage["osDisk"] = system.Shown;
        storage["dataDisks"] = new JsonArray([.. data.Select(static d => (JsonNode)d.Shown)]);
        return storage;
    }

    private JsonObject? Profile(string number)
    {
        if (set.Body.Object($"{ScaleSetFacts.ProfilePath}.osProfile") is not { } model) return null;
        JsonObject profile = model.Copy();
        profile.Remove("computerNamePrefix");
        profile.Insert(0, "computerName", model.Text("computerNamePrefix") + ComputerNumber(int.Parse(number)));
        return profile;
    }

    // Six digits to the base of 36.
    private static string ComputerNumber(int number)
    {
        char[] digits = [.. Enumerable.Repeat('0', 6)];
        for (int i = digits.Length - 1; number > 0; i--, number /= Digits.Length) digits[i] = Digits[number % Digits.Length];
        return new string(digits);
    }

    // The zone that has the fewest.
    private string? NextZone()
    {
        if (set.Body.Array("zones") is not { Count: > 0 } zones) return null;
        string zone = zones.Select(static z => z!.ToString()).OrderBy(z => _zones.Count(used => used == z)).First();
        _zones.Add(zone);
        return zone;
    }
}
