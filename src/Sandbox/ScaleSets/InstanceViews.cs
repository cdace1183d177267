using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>What is shown of the machines of a scale set.</summary>
internal static class InstanceViews
{
    private static readonly Regex s_comparison = new(
        @"^(?<name>[\w/]+)\s+eq\s+'?(?<value>[^']*)'?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex s_startsWith = new(
        @"^startswith\(\s*(?<name>[\w/]+)\s*,\s*'(?<value>[^']*)'\s*\)(\s+eq\s+true)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The instance by <c>$expand</c> and <c>$select</c>.</summary>
    public static JsonObject Show(RequestContext context, ResourceEntry instance)
    {
        JsonObject body = instance.Body.Copy();
        JsonObject properties = body.Object("properties")!;
        if (ScaleSetFacts.SetOf(context.World, instance) is { } set)
            properties["latestModelApplied"] = ScaleSetFacts.IsLatest(set, instance);
        if (VmViews.Expands(context, "instanceView")) properties["instanceView"] = View(context, instance);
        if (VmViews.Expands(context, "userData") && instance.State.Text("userData") is { } user) properties["userData"] = user;
        body["properties"] = InstanceSettings.Order(properties);
        JsonNode[] extensions = [.. InstanceExtensions.Of(context.World, instance).Select(static e => (JsonNode)e.Body.Copy())];
        if (extensions.Length > 0) body["resources"] = new JsonArray(extensions);
        if (VmViews.HasEtag(context)) body["etag"] = $"\"{VmChanges.Etag(instance)}\"";
        return body;
    }

    /// <summary>The instance view alone.</summary>
    public static ArmResponse InstanceView(RequestContext context) => ArmResponse.Ok(View(context, context.Resource));

    /// <summary>The machines of a set, filtered.</summary>
    public static ArmResponse List(RequestContext context)
    {
        ResourceEntry set = ScaleSetFacts.Find(context, context.Target!);
        if (ScaleSetFacts.IsFlexible(set) && VmViews.Expands(context, "instanceView"))
            throw ScaleSetErrors.NoInstanceViewOfFlexible(set.Name);
        Func<JsonObject, bool> filter = Filter(context.Query["$filter"]);
        ResourceEntry[] instances = [.. ScaleSetFacts.Instances(context.World, set).Where(i => filter(Facts(context, i)))];
        return ArmResponse.Ok(ResourceReads.Page(
            context, instances, i => (JsonNode)(VmFacts.IsInstance(i) ? Show(context, i) : Member(i))));
    }

    // What a filter can be about, whether the answer shows it or not.
    private static JsonObject Facts(RequestContext context, ResourceEntry instance)
    {
        JsonObject facts = VmFacts.IsInstance(instance) ? Show(context, instance) : Member(instance);
        facts["instanceView"] = new JsonObject { ["statuses"] = VmInstanceView.Statuses(instance, context.Now) };
        return facts;
    }

    // A machine of a flexible set has its own id and is known here by its name.
    private static JsonObject Member(ResourceEntry vm)
    {
        JsonObject body = JsonText.NewObject();
        body["name"] = vm.Name;
        body["id"] = ResourceId.UpperCaseGroup(vm.Id);
        body["type"] = VmFacts.Type;
        body["location"] = vm.Location;
        if (vm.Body["zones"] is { } zones) body["zones"] = zones.DeepClone();
        body["instanceId"] = vm.Name;
        body["sku"] = new JsonObject { ["name"] = vm.Body.Text("properties.hardwareProfile.vmSize"), ["tier"] = "Standard" };
        body["properties"] = new JsonObject
        {
            ["vmId"] = vm.Body.Text("properties.vmId"),
            ["provisioningState"] = vm.ProvisioningState,
            ["timeCreated"] = vm.Body.Text("properties.timeCreated"),
        };
        return body;
    }

    private static JsonObject View(RequestContext context, ResourceEntry instance)
    {
        JsonObject view = VmInstanceView.Of(context.World, instance, context.Now);
        int number = int.Parse(ScaleSetFacts.InstanceId(instance), System.Globalization.CultureInfo.InvariantCulture);
        ResourceEntry? set = ScaleSetFacts.SetOf(context.World, instance);
        int faults = (int)(set.Properties().Number("platformFaultDomainCount") ?? 1);
        view.Insert(0, "placementGroupId", set.Properties().Text("uniqueId"));
        view.Insert(1, "platformUpdateDomain", number % 5);
        view.Insert(2, "platformFaultDomain", number % Math.Max(1, faults));
        if (set is not null && ScaleSetHealth.IsWatched(set.Body)) view["vmHealth"] = ScaleSetHealth.Show(instance, context.Now);
        return view;
    }

    private static JsonObject? Properties(this ResourceEntry? set) => set?.Body.Object("properties");

    // Documented examples: startswith(instanceView/statuses/code, 'PowerState') eq true, properties/latestModelApplied eq true.
    private static Func<JsonObject, bool> Filter(string? filter)
    {
        if (string.IsNullOrWhiteSpace(filter)) return static _ => true;
        Match starts = s_startsWith.Match(filter!.Trim());
        Match equals = s_comparison.Match(filter.Trim());
        if (!starts.Success && !equals.Success) throw ComputeErrors.Invalid("$filter");
        Match match = starts.Success ? starts : equals;
        string path = match.Groups["name"].Value, value = match.Groups["value"].Value;
        return instance => Values(instance, path).Any(text => starts.Success
            ? text.StartsWith(value, StringComparison.OrdinalIgnoreCase)
            : string.Equals(text, value, StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> Values(JsonObject instance, string path)
    {
        IEnumerable<JsonNode?> nodes = [instance];
        foreach (string name in path.Split('/'))
        {
            nodes = nodes.SelectMany(node => node.At(name) is JsonArray list ? list : (IEnumerable<JsonNode?>)[node.At(name)]);
        }

        return nodes.OfType<JsonValue>().Select(static value => value.ToString());
    }
}
