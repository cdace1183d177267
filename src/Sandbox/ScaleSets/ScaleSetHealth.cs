using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Faults;
using ImageCmdlets.Sandbox.Guest;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>
/// The health of instances, told by a load balancer's probe or by the application health extension. An instance is healthy
/// when its system runs and answers and nothing is wrong with its application.
/// </summary>
internal static class ScaleSetHealth
{
    /// <summary>Whether the set's body asks for somebody to watch the instances.</summary>
    public static bool IsWatched(JsonObject set)
    {
        JsonObject? profile = set.Object(ScaleSetFacts.ProfilePath);
        return profile.Text("networkProfile.healthProbe.id") is not null ||
            profile.Items("extensionProfile.extensions").Any(static e => IsWatcher(e.Object("properties")));
    }

    /// <summary>Whether an extension, by its properties, is the one that watches.</summary>
    public static bool IsWatcher(JsonObject? extension) =>
        extension.Text("type")?.StartsWith("ApplicationHealth", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether an instance answers its probe.</summary>
    public static bool IsHealthy(ResourceEntry instance, DateTimeOffset now)
    {
        if (instance.ProvisioningState == "Failed" || !VmGuest.Exists(instance)) return false;
        GuestMachine machine = VmGuest.At(instance, now).Machine;
        bool up = machine.IsRunning && machine.IsAgentReady && (machine.IsProvisioned || instance.State.Flag("attached") == true);
        return up && !machine.Disk.Faults.Any(fault => fault.Kind == GuestFaultKind.Unhealthy && Fits(fault, instance));
    }

    /// <summary>The member <c>vmHealth</c> of an instance view.</summary>
    public static JsonObject Show(ResourceEntry instance, DateTimeOffset now)
    {
        bool healthy = IsHealthy(instance, now);
        return new JsonObject
        {
            ["status"] = new JsonObject
            {
                ["code"] = healthy ? "HealthState/healthy" : "HealthState/unhealthy",
                ["level"] = "Info",
                ["displayStatus"] = healthy ? "The VM is reporting itself as healthy" : "The VM is reporting itself as unhealthy",
                ["time"] = ArmTime.Format(now),
            },
        };
    }

    // A defect can belong to one image: the machine then falls ill when it is upgraded to it.
    private static bool Fits(GuestFault fault, ResourceEntry instance)
    {
        if (fault.Detail is not { Length: > 0 } pattern) return true;
        JsonObject? reference = instance.Body.Object("properties.storageProfile.imageReference");
        string urn = string.Join(
            ":", reference.Text("publisher"), reference.Text("offer"), reference.Text("sku"), reference.Text("exactVersion"));
        return FaultPattern.Fits(pattern, reference.Text("id") ?? urn);
    }
}
