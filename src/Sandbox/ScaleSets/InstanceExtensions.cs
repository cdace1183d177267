using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>The extensions of an instance, as its set's model wants them.</summary>
internal static class InstanceExtensions
{
    public const string Type = "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/extensions";

    /// <summary>Adds what the model has and drops what it no longer has.</summary>
    public static void Match(SandboxWorld world, ResourceEntry set, ResourceEntry instance, DateTimeOffset now)
    {
        JsonObject[] wanted = [.. ScaleSetFacts.Extensions(set)];
        foreach (ResourceEntry present in Of(world, instance).ToArray())
        {
            bool kept = wanted.Any(w => string.Equals(w.Text("name"), present.Name, StringComparison.OrdinalIgnoreCase));
            if (!kept && present.State.Flag("fromModel") == true) world.Store.Remove(present.Id);
        }

        foreach (JsonObject model in wanted) world.Store.Put(Entry(instance, model));
    }

    public static IEnumerable<ResourceEntry> Of(SandboxWorld world, ResourceEntry instance) =>
        world.Store.Below(instance.Id).Where(static e => e.Type is Type or VmExtensions.TypeName);

    private static ResourceEntry Entry(ResourceEntry instance, JsonObject model)
    {
        string name = model.Text("name") ?? string.Empty;
        JsonObject body = JsonText.NewObject();
        body["name"] = name;
        body["id"] = $"{instance.Id}/extensions/{name}";
        body["type"] = Type;
        body["location"] = instance.Location;
        JsonObject properties = model.Object("properties")?.Copy() ?? JsonText.NewObject();
        properties.Remove("provisionAfterExtensions");
        properties["provisioningState"] = "Succeeded";
        body["properties"] = properties;
        var entry = new ResourceEntry(body.Text("id")!, Type, body);
        entry.State["fromModel"] = true;
        return entry;
    }
}
