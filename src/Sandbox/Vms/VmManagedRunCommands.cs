using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>
/// Run commands that are resources: several at a time, with timeout and instance view. A script that fails leaves the resource
/// Succeeded unless <c>treatFailureAsDeploymentFailure</c> is set (bicep#10608).
/// </summary>
internal static class VmManagedRunCommands
{
    private const string PutKind = "VmRunCommands.Put";
    private const string DeleteKind = "VmRunCommands.Delete";
    private const string RunKey = "run";
    private const string DeadlineKey = "deadline";

    // Never given back.
    private static readonly string[] s_secret = ["protectedParameters", "runAsPassword"];

    /// <summary>Registers types, operations and effects.</summary>
    public static void Register(SandboxRegistry registry)
    {
        Register(registry, "virtualMachines/runCommands", "VirtualMachineRunCommands", "ByVirtualMachine");
        Register(
            registry,
            "virtualMachineScaleSets/virtualMachines/runCommands",
            "VirtualMachineScaleSetVMRunCommands",
            string.Empty);
        registry.Effect(PutKind, new OperationEffect(Written) { Failed = NotDelivered });
        registry.Effect(DeleteKind, new OperationEffect(static c => c.World.Store.Remove(c.Operation.SubjectId)));
    }

    private static void Register(SandboxRegistry registry, string name, string group, string suffix)
    {
        ResourceType type = registry.Add(new ResourceType(ComputeSubject.Namespace, name, ComputeApiVersions.Compute)
        {
            DeletionOrder = 10,
            View = Show,
        });
        registry.Put(type, $"{group}_CreateOrUpdate", Put, ComputeRateLimits.UpdateVM);
        registry.Patch(type, $"{group}_Update", Put, ComputeRateLimits.UpdateVM);
        registry.Get(type, $"{group}_Get{suffix}", ComputeRateLimits.GetVM);
        registry.ListInGroup(type, $"{group}_List{suffix}", ComputeRateLimits.GetVM);
        registry.Delete(type, $"{group}_Delete", Delete, ComputeRateLimits.DeleteVM);
    }

    private static ArmResponse Put(RequestContext context)
    {
        ResourceEntry vm = context.World.Store.Find(context.Target!.Parent!.ToString())!;
        string script = context.Body.Text("properties.source.script") ?? Kept(context) ?? throw ComputeErrors.Missing("source.script");
        long seconds = context.Body.Number("properties.timeoutInSeconds") ?? (long)VmProfiles.RunCommandLimit.TotalSeconds;
        if (VmFacts.PowerState(vm) != VmFacts.Running) throw VmErrors.NotRunning();
        bool created = context.Existing is null;
        var entry = new ResourceEntry(context.Target.ToString(), context.Operation.Type.FullName, Body(context, vm, created));
        context.World.Store.Put(entry);
        string id = context.World.Ids.NextGuid($"run|{entry.Id}");
        entry.State[RunKey] = id;
        IEnumerable<JsonObject> parameters =
            context.Body.Items("properties.parameters").Concat(context.Body.Items("properties.protectedParameters"));
        TimeSpan limit = TimeSpan.FromSeconds(seconds);
        DateTimeOffset end = VmRunCommands.Submit(context, vm, id, script, parameters, limit);
        entry.State[DeadlineKey] = ArmTime.Format(context.Now + limit);
        OperationProfile profile = VmProfiles.PutRunCommand;
        bool wait = context.Body.Flag("properties.asyncExecution") != true;
        if (wait && end - context.Now > profile.Duration) profile = profile with { Duration = end - context.Now };
        LongRunningOperation operation = context.Begin(PutKind, profile, entry.Id, context.Body.Text("location") ?? vm.Location!);
        return context.Accepted(operation, profile, created ? 201 : 200, Show(context, entry));
    }

    // A PATCH that names no script runs the present one again.
    private static string? Kept(RequestContext context) =>
        context.Request.Method == "PATCH" ? context.Resource.Body.Text("properties.source.script") : null;

    private static JsonObject Body(RequestContext context, ResourceEntry vm, bool created)
    {
        JsonObject properties = context.Request.Method == "PATCH" ? context.Resource.Properties.Copy() : JsonText.NewObject();
        foreach (KeyValuePair<string, JsonNode?> sent in context.Body.Object("properties") ?? JsonText.NewObject())
            properties[sent.Key] = sent.Value?.DeepClone();
        foreach (string name in s_secret) properties.Remove(name);
        properties.Remove("instanceView");
        properties["asyncExecution"] ??= false;
        properties["timeoutInSeconds"] ??= (long)VmProfiles.RunCommandLimit.TotalSeconds;
        properties["treatFailureAsDeploymentFailure"] ??= false;
        properties["provisioningState"] = created ? "Creating" : "Updating";
        JsonObject body = JsonText.NewObject();
        body["name"] = context.Target!.Name;
        body["id"] = context.Target.ToString();
        body["type"] = context.Operation.Type.FullName;
        body["location"] = vm.Location;
        if (context.Body["tags"] is JsonObject tags) body["tags"] = tags.DeepClone();
        body["properties"] = properties;
        return body;
    }

    private static ArmResponse Delete(RequestContext context)
    {
        ResourceEntry entry = context.Resource;
        context.World.Operations.Preempt(entry.Id);
        entry.ProvisioningState = "Deleting";
        LongRunningOperation operation = context.Begin(DeleteKind, VmProfiles.DeleteRunCommand, entry.Id, entry.Location!);
        return context.Accepted(operation, VmProfiles.DeleteRunCommand, 202);
    }

    private static void Written(OperationContext context)
    {
        if (context.Subject is not { } entry) return;
        entry.ProvisioningState = "Succeeded";
        bool matters = entry.Body.Flag("properties.treatFailureAsDeploymentFailure") == true;
        if (matters && Result(context.World, entry) is { } result && result.Number("exitCode") is not 0)
        {
            context.Fail(new ArmError(
                "VMExtensionProvisioningError",
                $"VM has reported a failure when processing extension '{entry.Name}'. Error message: " +
                $"\"{Failed(result.Number("exitCode"))}\"."));
        }
    }

    // The agent never had the script, unless it has already told what came of it.
    private static void NotDelivered(OperationContext context)
    {
        if (context.Subject is not { } entry) return;
        entry.ProvisioningState = "Failed";
        if (Result(context.World, entry) is null && Machine(context.World, entry) is { } vm)
            VmGuest.Withdraw(vm, entry.State.Text(RunKey)!);
    }

    private static JsonObject Show(RequestContext context, ResourceEntry entry)
    {
        JsonObject body = entry.Body.Copy();
        if (context.Query["$expand"]?.IndexOf("instanceView", StringComparison.OrdinalIgnoreCase) >= 0)
            body["properties"]!["instanceView"] = InstanceView(context, entry);
        return body;
    }

    private static JsonObject InstanceView(RequestContext context, ResourceEntry entry)
    {
        JsonObject? result = Result(context.World, entry);
        ResourceEntry? vm = Machine(context.World, entry);
        string run = entry.State.Text(RunKey)!;
        DateTimeOffset? began = vm is null || result is not null ? null : VmGuest.Began(vm, run, context.Now);
        string state = result is not null
            ? result.Number("exitCode") == 0 ? "Succeeded" : "Failed"
            : vm is null ? "Unknown" : Unreported(context, entry, VmGuest.IsPending(vm, run), began);
        var view = new JsonObject
        {
            ["executionState"] = state,
            ["executionMessage"] = state switch
            {
                "Succeeded" => "RunCommand script execution completed",
                "Failed" => Failed(result.Number("exitCode")),
                "Running" when began is not null => "Execution in progress",
                _ => string.Empty,
            },
            ["exitCode"] = result.Number("exitCode") ?? 0,
            ["output"] = VmRunCommands.Tail(result.Text("output") ?? string.Empty),
            ["error"] = VmRunCommands.Tail(result.Text("error") ?? string.Empty),
        };
        // The handler tells the time of the beginning as soon as it begins.
        if ((result.Text("start") ?? (began is { } time ? ArmTime.Format(time) : null)) is { } start) view["startTime"] = start;
        if (result is not null) view["endTime"] = result.Text("end");
        view["statuses"] = new JsonArray();
        return view;
    }

    // The handler in the guest keeps the time limit: one that was cut off with its script leaves "Running" for good.
    private static string Unreported(RequestContext context, ResourceEntry entry, bool isPending, DateTimeOffset? began)
    {
        if (!isPending && began is not null) return "Running";
        bool late = string.CompareOrdinal(ArmTime.Format(context.Now), entry.State.Text(DeadlineKey)) >= 0;
        return late ? "TimedOut" : isPending ? "Running" : "Unknown";
    }

    private static string Failed(long? exitCode) =>
        $"Command execution finished, but failed because it returned a non-zero exit code of: '{exitCode}'";

    private static JsonObject? Result(SandboxWorld world, ResourceEntry entry) =>
        Machine(world, entry) is { } vm ? VmGuest.Result(vm, entry.State.Text(RunKey)!) : null;

    private static ResourceEntry? Machine(SandboxWorld world, ResourceEntry entry) =>
        world.Store.Find(ResourceId.TryParse(entry.Id)!.Parent!.ToString());
}
