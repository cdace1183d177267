using System.Text;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>
/// The action <c>runCommand</c>: one at a time, the last 4,096 bytes of output, given up after 90 minutes ("Run scripts in your
/// VM by using action Run Commands"). The shapes of the answers are recorded (VMOperationalTests__TestVMOperations).
/// </summary>
internal static class VmRunCommands
{
    public const string Kind = "Vms.RunCommand";

    private const int OutputLimit = 4096;

    // Before, the result was the list itself (recorded in 2018-04-01 and 2018-10-01).
    private const string WrappedSince = "2018-06-01";

    // Trivial scripts take 16 s in the recordings: the agent fetches its task, then reports.
    private static readonly TimeSpan s_fetch = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_report = TimeSpan.FromSeconds(10);

    /// <summary>Registers the action and what it does when it ends.</summary>
    public static void Register(SandboxRegistry registry, ResourceType type)
    {
        RegisterAction(registry, type, "VirtualMachines");
        // A run command that fails leaves the machine as it is.
        registry.Effect(Kind, new OperationEffect(Ended) { Failed = static _ => { } });
    }

    /// <summary>Registers the action that machines and instances of scale sets share.</summary>
    public static void RegisterAction(SandboxRegistry registry, ResourceType type, string group) =>
        registry.Action(type, "runCommand", $"{group}_RunCommand", Run, ComputeRateLimits.UpdateVM);

    /// <summary>The output as Azure keeps it: the end of it.</summary>
    public static string Tail(string output)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(output);
        return bytes.Length <= OutputLimit ? output : Encoding.UTF8.GetString(bytes, bytes.Length - OutputLimit, OutputLimit);
    }

    /// <summary>Asks the guest and tells when the answer will be there.</summary>
    public static DateTimeOffset Submit(
        RequestContext context, ResourceEntry vm, string id, string script, IEnumerable<JsonObject> parameters, TimeSpan limit)
    {
        DateTimeOffset? reported = VmGuest.Submit(
            context.World,
            vm,
            id,
            script,
            parameters.Select(static p =>
                new KeyValuePair<string, string>(p.Text("name") ?? string.Empty, p.Text("value") ?? string.Empty)),
            context.Now + s_fetch);
        DateTimeOffset latest = context.Now + limit;
        return reported is { } time && time + s_report < latest ? time + s_report : latest;
    }

    private static ArmResponse Run(RequestContext context)
    {
        ResourceEntry vm = context.Resource;
        string command = context.Body.Text("commandId") ?? throw ComputeErrors.Missing("commandId");
        bool windows = vm.Body.Text("properties.storageProfile.osDisk.osType") == "Windows";
        string expected = windows ? "RunPowerShellScript" : "RunShellScript";
        if (!string.Equals(command, expected, StringComparison.OrdinalIgnoreCase))
            throw ComputeErrors.InvalidParameter("The value of parameter commandId is invalid.", "commandId");
        VmRules.CheckFree(context, vm, "Run Command");
        if (context.World.Operations.Pending(vm.Id) is not null) throw VmErrors.RunCommandInProgress();
        if (VmFacts.PowerState(vm) != VmFacts.Running) throw VmErrors.NotRunning();
        IEnumerable<string> lines = context.Body.Array("script")?.Select(static l => l?.GetValue<string>() ?? string.Empty) ?? [];
        string id = context.World.Ids.NextGuid($"run|{vm.Id}");
        DateTimeOffset end = Submit(
            context, vm, id, string.Join("\n", lines), context.Body.Items("parameters"), VmProfiles.RunCommandLimit);
        JsonObject arguments = JsonText.NewObject();
        arguments["run"] = id;
        arguments["bare"] = string.CompareOrdinal(context.ApiVersion, WrappedSince) < 0;
        OperationProfile profile = VmProfiles.RunCommand with { Duration = end - context.Now };
        LongRunningOperation operation = context.Begin(Kind, profile, vm.Id, vm.Location!, arguments);
        return context.Accepted(operation, profile, 202);
    }

    private static void Ended(OperationContext context)
    {
        if (context.Subject is not { } vm) return;
        bool windows = vm.Body.Text("properties.storageProfile.osDisk.osType") == "Windows";
        string id = context.Arguments.Text("run")!;
        // A script that failed has succeeded as far as Azure is concerned (azure-cli#14425): only its output tells.
        if (VmGuest.Result(vm, id) is not { } result)
        {
            context.Fail(VmErrors.RunCommandTimedOut(windows ? "RunCommandWindows" : "RunCommandLinux"));
            return;
        }

        VmGuest.ForgetResult(vm, id);
        string output = result.Text("output")!;
        string error = result.Text("error")!;
        JsonArray statuses = windows
            ? new JsonArray(
                Status("ComponentStatus/StdOut/succeeded", Tail(output.TrimEnd('\r', '\n'))),
                Status("ComponentStatus/StdErr/succeeded", Tail(error.TrimEnd('\r', '\n'))))
            : new JsonArray(Status(
                "ProvisioningState/succeeded", $"Enable succeeded: \n[stdout]\n{Tail(output)}\n[stderr]\n{Tail(error)}"));
        context.Operation.Output = context.Arguments.Flag("bare") == true ? statuses : new JsonObject { ["value"] = statuses };
    }

    private static JsonObject Status(string code, string message) => new()
    {
        ["code"] = code,
        ["level"] = "Info",
        ["displayStatus"] = "Provisioning succeeded",
        ["message"] = message,
    };
}
