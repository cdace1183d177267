using System.Globalization;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>What is known of a scale set and of its instances. The keys are those of <see cref="ResourceEntry.State"/>.</summary>
internal static class ScaleSetFacts
{
    public const string ProfilePath = "properties.virtualMachineProfile";

    /// <summary>Key, on the set and on its instances: which model stands, and which was applied.</summary>
    public const string ModelKey = "model";

    /// <summary>Key, on the set: the image reference of the model with the version that it meant when it was written.</summary>
    public const string ReferenceKey = "reference";

    /// <summary>Key, on an instance: made beyond the capacity, to be removed when enough others have come up.</summary>
    public const string ExtraKey = "extra";

    private const string NextKey = "nextInstance";

    public static bool IsFlexible(ResourceEntry set) => set.Body.Text("properties.orchestrationMode") == "Flexible";

    /// <summary><c>Manual</c>, <c>Automatic</c> or <c>Rolling</c>.</summary>
    public static string UpgradeMode(ResourceEntry set) => set.Body.Text("properties.upgradePolicy.mode") ?? "Manual";

    public static int Capacity(ResourceEntry set) => (int)(set.Body.Number("sku.capacity") ?? 0);

    /// <summary>The machines of a uniform set by their numbers; those of a flexible set by their names.</summary>
    public static IReadOnlyList<ResourceEntry> Instances(SandboxWorld world, ResourceEntry set) => IsFlexible(set)
        ? [.. world.Store.OfType(VmFacts.Type, set.SubscriptionId).Where(vm => BelongsTo(vm, set))]
        : [.. world.Store.Below(set.Id).Where(VmFacts.IsInstance).OrderBy(static i => Number(i))];

    /// <summary>The number of an instance, or the name of a flexible set's machine: what clients call its id.</summary>
    public static string InstanceId(ResourceEntry instance) => instance.Id.Substring(instance.Id.LastIndexOf('/') + 1);

    /// <summary>The set of an instance.</summary>
    public static ResourceEntry? SetOf(SandboxWorld world, ResourceEntry instance) => VmFacts.IsInstance(instance)
        ? world.Store.Find(ResourceId.TryParse(instance.Id)!.Parent!.ToString(), VmFacts.ScaleSetType)
        : world.Store.Find(instance.Body.Text("properties.virtualMachineScaleSet.id"), VmFacts.ScaleSetType);

    /// <summary>The set above the resource that a request names.</summary>
    /// <exception cref="ArmException">404 ResourceNotFound.</exception>
    public static ResourceEntry ParentSet(RequestContext context) => Find(context, context.Target!.Parent!);

    /// <summary>A set that a request is about without naming it as its resource.</summary>
    /// <exception cref="ArmException">404 ResourceNotFound.</exception>
    public static ResourceEntry Find(RequestContext context, ResourceId id) =>
        context.World.Store.Find(id.ToString(), VmFacts.ScaleSetType) ??
        throw GatewayErrors.ResourceNotFound(id.TypeAndNames, context.Group?.Name ?? string.Empty);

    /// <summary>Whether an instance is as its set wants it to be.</summary>
    public static bool IsLatest(ResourceEntry set, ResourceEntry instance) =>
        set.State.Text(ModelKey) == instance.State.Text(ModelKey);

    public static bool IsExtra(ResourceEntry instance) => instance.State.Flag(ExtraKey) == true;

    /// <summary>Numbers for new instances; a number is never used again.</summary>
    public static IReadOnlyList<string> TakeNumbers(ResourceEntry set, int count)
    {
        long next = set.State.Number(NextKey) ?? 0;
        set.State[NextKey] = next + count;
        return [.. Enumerable.Range(0, count).Select(i => (next + i).ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>The extensions that a model asks for.</summary>
    public static IEnumerable<JsonObject> Extensions(ResourceEntry set) =>
        set.Body.Items($"{ProfilePath}.extensionProfile.extensions");

    private static bool BelongsTo(ResourceEntry vm, ResourceEntry set) => string.Equals(
        vm.Body.Text("properties.virtualMachineScaleSet.id"), set.Id, StringComparison.OrdinalIgnoreCase);

    private static int Number(ResourceEntry instance) => int.Parse(InstanceId(instance), CultureInfo.InvariantCulture);
}
