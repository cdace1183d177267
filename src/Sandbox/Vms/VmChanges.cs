using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>
/// The provisioning state of a machine, with the time that its instance view tells and the reason of a failure.
/// </summary>
internal static class VmChanges
{
    private const string TimeKey = "stateTime";
    private const string FailureKey = "failure";
    private const string EtagKey = "etag";

    /// <summary>An operation has begun that shows.</summary>
    public static void Begin(ResourceEntry vm, string state)
    {
        vm.ProvisioningState = state;
        Count(vm);
    }

    /// <summary>An operation has ended well.</summary>
    public static void Finish(ResourceEntry vm, DateTimeOffset now)
    {
        vm.ProvisioningState = "Succeeded";
        vm.State[TimeKey] = ArmTime.Format(now);
        vm.State.Remove(FailureKey);
        Count(vm);
    }

    /// <summary>An operation has failed.</summary>
    public static void Fail(ResourceEntry vm, OperationContext context) => Fail(vm, context.Operation.Error, context.Now);

    /// <summary>A part of an operation has failed.</summary>
    public static void Fail(ResourceEntry vm, JsonObject? error, DateTimeOffset now)
    {
        vm.ProvisioningState = "Failed";
        vm.State[TimeKey] = ArmTime.Format(now);
        vm.State[FailureKey] = new JsonObject { ["code"] = error.Text("code"), ["message"] = error.Text("message") };
        Count(vm);
    }

    /// <summary>When the state was reached.</summary>
    public static string Time(ResourceEntry vm) =>
        vm.State.Text(TimeKey) ?? vm.Body.Text("properties.timeCreated") ?? string.Empty;

    /// <summary>Code and message of the failure; null when the machine has not failed.</summary>
    public static JsonObject? Failure(ResourceEntry vm) => vm.State.Object(FailureKey);

    /// <summary>Shown from api-version 2024-07-01: a small number that grows with each change.</summary>
    public static long Etag(ResourceEntry vm) => vm.State.Number(EtagKey) ?? 1;

    private static void Count(ResourceEntry vm) => vm.State[EtagKey] = Etag(vm) + 1;
}
