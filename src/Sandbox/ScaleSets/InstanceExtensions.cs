using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>The extensions of an instance, as its set's model wants them.</summary>
internal static class InstanceExtensions
{
    /// <summary>Key, on the set: protected settings by the name of the extension.</summary>
    public const string SecretsKey = "protectedSettings";

    public const string Type = "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/extensions";

    /// <summary>Adds what the model has and drops what it no longer has; custom scripts are run where they are new.</summary>
    /// <param name="world">The world.</param>
    /// <param name="set">The set.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="fresh">Whether the instance has been set up anew, so that all extensions are.</param>
    public static void Match(SandboxWorld world, ResourceEntry set, ResourceEntry instance, bool fresh)
    {
        JsonObject[] wanted = [.. ScaleSetFacts.Extensions(set)];
        foreach (ResourceEntry present in Of(world, instance).ToArray())
        {
            bool kept = wanted.Any(w => string.Equals(w.Text("name"), present.Name, StringComparison.OrdinalIgnoreCase));
            if (!kept && present.State.Flag("fromModel") == true) world.Store.Remove(present.Id);
        }

        foreach (JsonObject model in wanted)
        {
            ResourceEntry entry = Entry(instance, model, VmFacts.IsInstance(instance) ? Type : VmExtensions.TypeName);
            bool same = !fresh && world.Store.Find(entry.Id) is { } present &&
                JsonNode.DeepEquals(present.Body["properties"], entry.Body["properties"]);
            if (same) continue;
            world.Store.Put(entry);
            JsonObject? secret = set.State.Object(SecretsKey)?[entry.Name] as JsonObject;
            if (VmExtensionScript.Find(entry.Properties, secret) is { } script)
                VmExtensionScript.Submit(world, instance, entry, script);
        }
    }

    /// <summary>Shows what came of the scripts of an instance.</summary>
    /// <returns>Why the instance has failed; null when it has not.</returns>
    public static ArmError? Settle(SandboxWorld world, ResourceEntry instance)
    {
        ArmError? first = null;
        foreach (ResourceEntry extension in Of(world, instance))
        {
            ArmError? failure = VmExtensionViews.Failure(instance, extension);
            extension.ProvisioningState = failure is null ? "Succeeded" : "Failed";
            if (extension.Body.Flag("properties.suppressFailures") != true) first ??= failure;
        }

        return first;
    }

    public static IEnumerable<ResourceEntry> Of(SandboxWorld world, ResourceEntry instance) =>
        world.Store.Below(instance.Id).Where(static e => e.Type is Type or VmExtensions.TypeName);

    private static ResourceEntry Entry(ResourceEntry instance, JsonObject model, string type)
    {
        string name = model.Text("name") ?? string.Empty;
        JsonObject body = JsonText.NewObject();
        body["name"] = name;
        body["id"] = $"{instance.Id}/extensions/{name}";
        body["type"] = type;
        body["location"] = instance.Location;
        JsonObject properties = model.Object("properties")?.Copy() ?? JsonText.NewObject();
        properties.Remove("provisionAfterExtensions");
        properties["provisioningState"] = "Succeeded";
        body["properties"] = properties;
        var entry = new ResourceEntry(body.Text("id")!, type, body);
        entry.State["fromModel"] = true;
        return entry;
    }
}
