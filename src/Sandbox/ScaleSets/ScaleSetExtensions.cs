using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>The extensions of a set's model as resources. They live in the model; changing one changes the model.</summary>
internal static class ScaleSetExtensions
{
    private const string Type = "Microsoft.Compute/virtualMachineScaleSets/extensions";
    private const string Path = ScaleSetSubject.Path + "/extensions/{vmssExtensionName}";

    /// <summary>Registers type and operations.</summary>
    public static void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType(
            ComputeSubject.Namespace, "virtualMachineScaleSets/extensions", ComputeApiVersions.Compute)
        {
            NeedsLocation = false,
            Capabilities = "None",
        });
        const string group = "VirtualMachineScaleSetExtensions";
        RateLimitPolicy update = ComputeRateLimits.UpdateVM, get = ComputeRateLimits.GetVM;
        registry.Map("PUT", Path, $"{group}_CreateOrUpdate", type, Put, update);
        registry.Map("PATCH", Path, $"{group}_Update", type, Patch, update);
        registry.Map("GET", Path, $"{group}_Get", type, static c => ArmResponse.Ok(Show(c, Found(c))), get);
        registry.Map("DELETE", Path, $"{group}_Delete", type, Delete, ComputeRateLimits.DeleteVM);
        registry.Map("GET", ScaleSetSubject.Path + "/extensions", $"{group}_List", type, List, get);
    }

    private static ArmResponse Put(RequestContext context) => Write(context, Find(context));

    private static ArmResponse Patch(RequestContext context) => Write(context, Found(context));

    private static ArmResponse Write(RequestContext context, JsonObject? present)
    {
        ResourceEntry set = ScaleSetFacts.ParentSet(context);
        ScaleSetRules.CheckFree(context.World, set);
        JsonObject properties = present?.Object("properties")?.Copy() ?? JsonText.NewObject();
        foreach (KeyValuePair<string, JsonNode?> sent in context.Body.Object("properties") ?? JsonText.NewObject())
            properties[sent.Key] = sent.Value?.DeepClone();
        properties.Remove("protectedSettings");
        foreach (string name in new[] { "publisher", "type", "typeHandlerVersion" })
        {
            if (properties.Text(name) is null) throw ComputeErrors.Missing(name);
        }

        if (context.Body.Object("properties.protectedSettings") is { } secret)
            set.State.Ensure(InstanceExtensions.SecretsKey)[context.Target!.Name] = secret.DeepClone();
        properties["autoUpgradeMinorVersion"] ??= false;
        JsonObject extension = JsonText.NewObject();
        extension["name"] = context.Target!.Name;
        extension["properties"] = properties;
        JsonArray extensions = Others(set, context.Target.Name);
        extensions.Add((JsonNode)extension);
        OperationProfile profile = Change(context, set, extensions, ScaleSetProfiles.PutExtension, out LongRunningOperation operation);
        JsonObject shown = Show(context, extension);
        shown["properties"]!["provisioningState"] = present is null ? "Creating" : "Updating";
        return context.Accepted(operation, profile, present is null ? 201 : 200, shown);
    }

    private static ArmResponse Delete(RequestContext context)
    {
        ResourceEntry set = ScaleSetFacts.ParentSet(context);
        if (Find(context) is null) return new ArmResponse(204);
        ScaleSetRules.CheckFree(context.World, set);
        JsonArray extensions = Others(set, context.Target!.Name);
        OperationProfile profile =
            Change(context, set, extensions, ScaleSetProfiles.DeleteExtension, out LongRunningOperation operation);
        return context.Accepted(operation, profile, 202);
    }

    private static ArmResponse List(RequestContext context)
    {
        ResourceEntry set = ScaleSetFacts.Find(context, context.Target!);
        JsonNode[] items = [.. ScaleSetFacts.Extensions(set).Select(e => (JsonNode)Show($"{set.Id}/extensions", e))];
        return ArmResponse.Ok(new JsonObject { ["value"] = new JsonArray(items) });
    }

    private static OperationProfile Change(
        RequestContext context,
        ResourceEntry set,
        JsonArray extensions,
        OperationProfile profile,
        out LongRunningOperation operation)
    {
        set.Body.Object(ScaleSetFacts.ProfilePath)!.Ensure("extensionProfile")["extensions"] = extensions;
        ScaleSetModel.Rename(set);
        var change = new ScaleSetChange(context, set, null);
        change.Upgrade();
        if (change.Duration > profile.Duration) profile = profile with { Duration = change.Duration };
        VmChanges.Begin(set, "Updating");
        operation = context.Begin(ScaleSetEnd.WriteKind, profile, set.Id, set.Location!, change.ToArguments());
        return profile;
    }

    private static JsonArray Others(ResourceEntry set, string name) => new([.. ScaleSetFacts.Extensions(set)
        .Where(e => !string.Equals(e.Text("name"), name, StringComparison.OrdinalIgnoreCase))
        .Select(static e => (JsonNode)e.Copy())]);

    private static JsonObject Found(RequestContext context)
    {
        return Find(context) ?? throw ScaleSetErrors.EntityNotFound();
    }

    private static JsonObject? Find(RequestContext context) => ScaleSetFacts.Extensions(ScaleSetFacts.ParentSet(context)).FirstOrDefault(e =>
        string.Equals(e.Text("name"), context.Target!.Name, StringComparison.OrdinalIgnoreCase));

    private static JsonObject Show(RequestContext context, JsonObject extension) =>
        Show($"{context.Target!.Parent}/extensions", extension);

    private static JsonObject Show(string path, JsonObject extension)
    {
        JsonObject body = JsonText.NewObject();
        body["name"] = extension.Text("name");
        body["id"] = $"{path}/{extension.Text("name")}";
        body["type"] = Type;
        body["properties"] = extension.Object("properties")?.Copy() ?? JsonText.NewObject();
        body["properties"]!["provisioningState"] = "Succeeded";
        return body;
    }
}
