using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.UnmanagedDisks;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>Capture of a generalized machine with blob disks: its result is a template (recorded 2018).</summary>
internal static class VmCapture
{
    private const string Kind = "Vms.Capture";
    private const string PrefixRule = "^[a-zA-Z0-9-_]{1,250}$";

    private static readonly Regex s_prefix = new("^[a-zA-Z0-9_-]{1,250}$", RegexOptions.CultureInvariant);

    /// <summary>Registers the action and what it does when it ends.</summary>
    public static void Register(SandboxRegistry registry, ResourceType type)
    {
        registry.Action(type, "capture", "VirtualMachines_Capture", Capture, ComputeRateLimits.UpdateVM);
        // A capture that fails leaves the machine as it is.
        registry.Effect(Kind, new OperationEffect(Captured) { Failed = static _ => { } });
    }

    private static ArmResponse Capture(RequestContext context)
    {
        ResourceEntry vm = context.Resource;
        string prefix = context.Body.Text("vhdPrefix") ?? throw ComputeErrors.Missing("vhdPrefix");
        string container = context.Body.Text("destinationContainerName") ?? throw ComputeErrors.Missing("destinationContainerName");
        if (context.Body.Flag("overwriteVhds") is null) throw ComputeErrors.Missing("overwriteVhds");
        if (!s_prefix.IsMatch(prefix)) throw VmErrors.CapturePrefix(prefix, PrefixRule);
        VmRules.CheckFree(context, vm, "Capture VM");
        if (!VmFacts.HasBlobDisks(vm)) throw VmErrors.CaptureOfManagedDisks();
        if (!VmFacts.IsGeneralized(vm)) throw VmErrors.CaptureNotGeneralized();
        string image = ImageUri(vm, container, prefix);
        if (context.Body.Flag("overwriteVhds") == false && UnmanagedBlobs.IsCaptured(context.World, vm, image))
            throw VmErrors.CaptureTargetExists(image);
        JsonObject arguments = JsonText.NewObject();
        arguments["prefix"] = prefix;
        arguments["container"] = container;
        arguments["apiVersion"] = context.ApiVersion;
        LongRunningOperation operation = context.Begin(Kind, VmProfiles.Capture, vm.Id, vm.Location!, arguments);
        return context.Accepted(operation, VmProfiles.Capture, 202);
    }

    private static void Captured(OperationContext context)
    {
        if (context.Subject is not { } vm) return;
        JsonObject parameters = JsonText.NewObject();
        parameters["vmName"] = new JsonObject { ["type"] = "string" };
        parameters["vmSize"] = new JsonObject { ["type"] = "string", ["defaultValue"] = vm.Body.Text("properties.hardwareProfile.vmSize") };
        parameters["adminUserName"] = new JsonObject { ["type"] = "string" };
        parameters["adminPassword"] = new JsonObject { ["type"] = "securestring" };
        parameters["networkInterfaceId"] = new JsonObject { ["type"] = "string" };
        if (vm.Body.Text("properties.availabilitySet.id") is { } set)
            parameters["availabilitySetId"] = new JsonObject { ["type"] = "string", ["defaultValue"] = set };
        context.Operation.Output = new JsonObject
        {
            ["$schema"] = "http://schema.management.azure.com/schemas/2014-04-01-preview/VM_IP.json",
            ["contentVersion"] = "1.0.0.0",
            ["parameters"] = parameters,
            ["resources"] = new JsonArray(Resource(context, vm)),
        };
    }

    private static JsonObject Resource(OperationContext context, ResourceEntry vm)
    {
        JsonObject properties = JsonText.NewObject();
        if (vm.Body.Object("properties.availabilitySet") is not null)
            properties["availabilitySet"] = new JsonObject { ["id"] = "[parameters('availabilitySetId')]" };
        foreach (KeyValuePair<string, JsonNode?> profile in Profiles(context, vm)) properties[profile.Key] = profile.Value?.DeepClone();
        if (vm.Properties["diagnosticsProfile"] is { } diagnostics) properties["diagnosticsProfile"] = diagnostics.DeepClone();
        properties["provisioningState"] = 0;
        return new JsonObject
        {
            ["apiVersion"] = context.Arguments.Text("apiVersion"),
            ["properties"] = properties,
            ["type"] = VmFacts.Type,
            ["location"] = vm.Location,
            ["name"] = "[parameters('vmName')]",
        };
    }

    private static JsonObject Profiles(OperationContext context, ResourceEntry vm) => new()
    {
        ["hardwareProfile"] = new JsonObject { ["vmSize"] = "[parameters('vmSize')]" },
        ["storageProfile"] = new JsonObject { ["osDisk"] = OsDisk(context, vm) },
        ["osProfile"] = new JsonObject
        {
            ["computerName"] = "[parameters('vmName')]",
            ["adminUsername"] = "[parameters('adminUsername')]",
            ["adminPassword"] = "[parameters('adminPassword')]",
        },
        ["networkProfile"] = new JsonObject
        {
            ["networkInterfaces"] = new JsonArray(new JsonObject { ["id"] = "[parameters('networkInterfaceId')]" }),
        },
    };

    private static JsonObject OsDisk(OperationContext context, ResourceEntry vm)
    {
        JsonObject disk = vm.Body.Object("properties.storageProfile.osDisk")!;
        string account = Account(vm);
        string image = ImageUri(vm, context.Arguments.Text("container")!, context.Arguments.Text("prefix")!);
        string name = image.Substring(image.LastIndexOf('/') + 1);
        string copy = context.World.Ids.NextGuid($"capture|{vm.Id}");
        UnmanagedBlobs.Capture(context.World, vm, disk, image);
        return new JsonObject
        {
            ["osType"] = disk.Text("osType"),
            ["name"] = name,
            ["createOption"] = "FromImage",
            ["image"] = new JsonObject { ["uri"] = image },
            ["vhd"] = new JsonObject { ["uri"] = $"{account}/vmcontainer{copy}/osDisk.{copy}.vhd" },
            ["caching"] = disk.Text("caching"),
        };
    }

    private static string Account(ResourceEntry vm) =>
        new Uri(vm.Body.Text("properties.storageProfile.osDisk.vhd.uri")!).GetLeftPart(UriPartial.Authority);

    // The same for every capture of a machine with one prefix.
    private static string ImageUri(ResourceEntry vm, string container, string prefix) =>
        $"{Account(vm)}/system/Microsoft.Compute/Images/{container}/{prefix}-osDisk.{vm.Body.Text("properties.vmId")}.vhd";
}
