using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.AvailabilitySets;
using ImageCmdlets.Sandbox.Guest;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.ScaleSets;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>The instance view of a machine.</summary>
internal static class VmInstanceView
{
    /// <summary>The whole view at a time.</summary>
    public static JsonObject Of(SandboxWorld world, ResourceEntry vm, DateTimeOffset now)
    {
        var view = new JsonObject();
        GuestMachine? guest = VmGuest.Exists(vm) ? VmGuest.At(vm, now).Machine : null;
        bool deallocated = VmFacts.PowerState(vm) == VmFacts.Deallocated;
        ResourceEntry[] extensions = [.. InstanceExtensions.Of(world, vm)];
        if (AvailabilitySetFacts.Place(world, vm) is { } place)
        {
            view["platformUpdateDomain"] = place.UpdateDomain;
            view["platformFaultDomain"] = place.FaultDomain;
        }

        if (guest is not null && !deallocated) AddAgent(view, vm, guest, extensions, now);
        view["disks"] = new JsonArray([.. DiskNames(vm).Select(n => (JsonNode)new JsonObject
        {
            ["name"] = n,
            ["statuses"] = new JsonArray(Succeeded(VmChanges.Time(vm))),
        })]);
        if (extensions.Length > 0 && !deallocated)
            view["extensions"] = new JsonArray([.. extensions.Select(e => (JsonNode)VmExtensionViews.InstanceView(vm, e))]);
        if (vm.Body.Flag("properties.diagnosticsProfile.bootDiagnostics.enabled") == true)
            view["bootDiagnostics"] = new JsonObject();
        // Of instances the set knows; a machine of its own says what the extension in it reports (specification, VirtualMachineInstanceView).
        if (!VmFacts.IsInstance(vm) && !deallocated && extensions.Any(static e => ScaleSetHealth.IsWatcher(e.Properties)))
            view["vmHealth"] = ScaleSetHealth.Show(vm, now);
        view["hyperVGeneration"] = vm.State.Text("generation") ?? "V1";
        view["statuses"] = Statuses(vm, guest);
        return view;
    }

    /// <summary>The machine's statuses: OS state when generalized, provisioning state, power state.</summary>
    public static JsonArray Statuses(ResourceEntry vm, DateTimeOffset now) =>
        Statuses(vm, VmGuest.Exists(vm) ? VmGuest.At(vm, now).Machine : null);

    private static JsonArray Statuses(ResourceEntry vm, GuestMachine? guest)
    {
        var statuses = new JsonArray();
        // Recorded 24 times: first of all, and without a time.
        if (VmFacts.IsGeneralized(vm)) statuses.Add((JsonNode)Status("OSState/generalized", "VM generalized"));
        statuses.Add((JsonNode)Provisioning(vm));
        string power = guest is null ? VmFacts.PowerState(vm)
            : guest.IsRunning ? VmFacts.Running
            : VmFacts.PowerState(vm) == VmFacts.Running ? VmFacts.Stopped : VmFacts.PowerState(vm);
        statuses.Add((JsonNode)Status($"PowerState/{power}", $"VM {power}"));
        return statuses;
    }

    /// <summary>The status of what was last done to a machine or a scale set.</summary>
    public static JsonObject Provisioning(ResourceEntry vm)
    {
        switch (vm.ProvisioningState)
        {
            case "Creating":
                return Status("ProvisioningState/creating", "Creating");
            case "Updating":
                return Status("ProvisioningState/updating", "Updating");
            case "Deleting":
                return Status("ProvisioningState/deleting", "Deleting");
            case "Failed":
                JsonObject failed = Status(
                    $"ProvisioningState/failed/{VmChanges.Failure(vm).Text("code")}", "Provisioning failed");
                failed["level"] = "Error";
                failed["message"] = VmChanges.Failure(vm).Text("message");
                failed["time"] = VmChanges.Time(vm);
                return failed;
            default:
                return Succeeded(VmChanges.Time(vm));
        }
    }

    private static void AddAgent(
        JsonObject view, ResourceEntry vm, GuestMachine guest, ResourceEntry[] extensions, DateTimeOffset now)
    {
        // A machine that was switched off keeps what its agent said last (recorded: test_vm_create_state_modifications#52).
        bool ready = guest.IsAgentReady || (!guest.IsRunning && guest.IsProvisioned);
        if (!ready && !guest.IsProvisioned && vm.State.Flag("attached") != true && vm.ProvisioningState == "Creating") return;
        if (ready)
        {
            view["computerName"] = guest.Profile.ComputerName;
            view["osName"] = guest.Disk.OsName;
            view["osVersion"] = guest.Disk.OsVersion;
        }

        JsonObject status = ready
            ? Status("ProvisioningState/succeeded", "Ready")
            : Status("ProvisioningState/Unavailable", "Not Ready");
        if (!ready) status["level"] = "Warning";
        status["message"] = ready
            ? guest.Disk.IsWindows ? "GuestAgent is running and processing the extensions." : "Guest Agent is running"
            : "VM status blob is found but not yet populated.";
        status["time"] = ArmTime.Format(now);
        view["vmAgent"] = new JsonObject
        {
            ["vmAgentVersion"] = !ready ? "Unknown" : guest.Disk.IsWindows ? "2.7.41491.1139" : "2.12.0.2",
            ["statuses"] = new JsonArray((JsonNode)status),
            ["extensionHandlers"] = new JsonArray([.. extensions.Select(static e => (JsonNode)Handler(e))]),
        };
    }

    private static JsonObject Handler(ResourceEntry extension)
    {
        JsonObject status = Status("ProvisioningState/succeeded", "Ready");
        status["message"] = "Plugin enabled";
        return new JsonObject
        {
            ["type"] = VmExtensionViews.HandlerType(extension),
            ["typeHandlerVersion"] = extension.Body.Text("properties.typeHandlerVersion"),
            ["status"] = status,
        };
    }

    private static IEnumerable<string> DiskNames(ResourceEntry vm)
    {
        IEnumerable<string?> names = vm.Body.Items("properties.storageProfile.dataDisks").Select(static d => d.Text("name"));
        return names.Prepend(vm.Body.Text("properties.storageProfile.osDisk.name")).OfType<string>();
    }

    private static JsonObject Succeeded(string time)
    {
        JsonObject status = Status("ProvisioningState/succeeded", "Provisioning succeeded");
        status["time"] = time;
        return status;
    }

    private static JsonObject Status(string code, string display) =>
        new() { ["code"] = code, ["level"] = "Info", ["displayStatus"] = display };
}
