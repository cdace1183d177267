using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.LoadBalancers;
using ImageCmdlets.Sandbox.Networks;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>
/// Interfaces that a machine's PUT describes instead of naming them (<c>networkInterfaceConfigurations</c>): Compute makes them,
/// with their public addresses, and the machine then names them like any other.
/// </summary>
internal static class VmNicConfigurations
{
    private const string Path = "properties.networkProfile.networkInterfaceConfigurations";
    private const string NetworkVersion = "2023-04-01";

    /// <summary>Whether a request describes interfaces.</summary>
    public static bool Any(RequestContext context) => context.Body.Items(Path).Any();

    /// <summary>Refuses interfaces that could not be made.</summary>
    public static void Check(RequestContext context, VmSize size)
    {
        JsonObject[] nics = [.. context.Body.Items(Path)];
        string vm = context.Target!.Name;
        if (context.Body.Text("properties.networkProfile.networkApiVersion") is null)
            throw ComputeErrors.Missing("networkProfile.networkApiVersion");
        if (nics.Length > size.MaxNics) throw VmRequestErrors.TooManyNics(vm, size.Name, nics.Length, size.MaxNics);
        if (nics.Length > 1 && nics.Count(static n => n.Flag("properties.primary") == true) != 1)
            throw VmRequestErrors.NoPrimaryNic(vm);
        foreach (JsonObject nic in nics)
        {
            if (nic.Text("name") is null) throw ComputeErrors.Missing("networkInterfaceConfiguration.name");
            JsonObject[] configurations = [.. nic.Items("properties.ipConfigurations")];
            if (configurations.Length == 0) throw ComputeErrors.Missing("networkInterfaceConfiguration.ipConfigurations");
            NetworkReferences.Find(
                context, nic.At("properties.networkSecurityGroup"), NetworkTypes.SecurityGroups, $"{Path}[0].networkSecurityGroup");
            foreach (JsonObject configuration in configurations)
            {
                JsonNode? subnet = configuration.At("properties.subnet");
                if (subnet is null) throw ComputeErrors.Missing("ipConfiguration.subnet");
                NetworkReferences.Find(context, subnet, NetworkTypes.Subnets, $"{Path}[0].ipConfigurations[0].subnet");
                LoadBalancerMembers.Read(context, configuration.Object("properties"), $"{Path}[0].ipConfigurations[0]");
            }
        }
    }

    /// <summary>Makes the interfaces and writes their ids into the machine.</summary>
    public static void Make(RequestContext context, ResourceEntry vm)
    {
        var named = new JsonArray();
        foreach (JsonObject nic in context.Body.Items(Path))
        {
            JsonObject body = JsonText.NewObject();
            body["location"] = vm.Location;
            JsonObject properties = nic.Object("properties")!.Copy();
            foreach (JsonObject configuration in properties.Items("ipConfigurations")) PublicAddress(context, vm, configuration);
            string deleteOption = nic.Text("properties.deleteOption") ?? "Delete";
            bool primary = nic.Flag("properties.primary") ?? true;
            foreach (string name in new[] { "deleteOption", "primary" }) properties.Remove(name);
            body["properties"] = properties;
            string id = Put(context, vm, "networkInterfaces", nic.Text("name")!, body);
            named.Add((JsonNode)new JsonObject
            {
                ["id"] = id,
                ["properties"] = new JsonObject { ["primary"] = primary, ["deleteOption"] = deleteOption },
            });
        }

        vm.Properties["networkProfile"] = new JsonObject { ["networkInterfaces"] = named };
    }

    private static void PublicAddress(RequestContext context, ResourceEntry vm, JsonObject configuration)
    {
        JsonObject settings = configuration.Ensure("properties");
        if (settings.Object("publicIPAddressConfiguration") is not { } wanted) return;
        settings.Remove("publicIPAddressConfiguration");
        JsonObject body = JsonText.NewObject();
        body["location"] = vm.Location;
        if (wanted["sku"] is { } sku) body["sku"] = sku.DeepClone();
        JsonObject properties = wanted.Object("properties")?.Copy() ?? JsonText.NewObject();
        properties["publicIPAllocationMethod"] ??= wanted.Text("sku.name") == "Standard" ? "Static" : "Dynamic";
        body["properties"] = properties;
        string id = Put(context, vm, "publicIPAddresses", wanted.Text("name") ?? "publicIp", body);
        settings["publicIPAddress"] = new JsonObject { ["id"] = id };
    }

    // Compute appends eight digits to the name and waits for each resource before it goes on; the machine's own operation takes
    // longer than all of them.
    private static string Put(RequestContext context, ResourceEntry vm, string type, string name, JsonObject body)
    {
        string suffix = context.World.Ids.NextGuid($"{type}|{vm.Id}|{name}").Substring(0, 8);
        ResourceId machine = ResourceId.TryParse(vm.Id)!;
        var id = new ResourceId(
            machine.SubscriptionId, machine.ResourceGroup, NetworkTypes.Namespace, [type], [$"{name}-{suffix}"]);
        var authority = new Uri(context.Request.Uri.GetLeftPart(UriPartial.Authority));
        context.World.Dispatcher!.Call(new InnerRequest(authority, "PUT", id.ToString(), NetworkVersion, body));
        if (context.World.Store.Find(id.ToString()) is { } made) made.ProvisioningState = "Succeeded";
        return id.ToString();
    }
}
