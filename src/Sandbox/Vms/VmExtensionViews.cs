using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>What an extension says of itself.</summary>
internal static class VmExtensionViews
{
    /// <summary>The extension, with its instance view when it is asked for.</summary>
    public static JsonObject Show(RequestContext context, ResourceEntry extension)
    {
        JsonObject body = extension.Body.Copy();
        if (VmViews.Expands(context, "instanceView") && Machine(context.World, extension) is { } vm)
            body.Object("properties")!["instanceView"] = InstanceView(vm, extension);
        return body;
    }

    /// <summary>The machine that an extension belongs to.</summary>
    public static ResourceEntry? Machine(SandboxWorld world, ResourceEntry extension) =>
        world.Store.Find(ResourceId.TryParse(extension.Id)!.Parent!.ToString());

    /// <summary>Handler, version and what the extension reported.</summary>
    public static JsonObject InstanceView(ResourceEntry vm, ResourceEntry extension)
    {
        var view = new JsonObject
        {
            ["name"] = extension.Name,
            ["type"] = HandlerType(extension),
            ["typeHandlerVersion"] = extension.Body.Text("properties.typeHandlerVersion"),
        };
        bool windows = vm.Body.Text("properties.storageProfile.osDisk.osType") == "Windows";
        JsonObject? result = VmExtensionScript.Result(vm, extension);
        if (windows && result is not null)
        {
            view["substatuses"] = new JsonArray(
                Substatus("StdOut", result.Text("output")), Substatus("StdErr", result.Text("error")));
        }

        view["statuses"] = new JsonArray(Status(extension, result, windows));
        return view;
    }

    /// <summary>The name under which the agent knows the extension.</summary>
    public static string HandlerType(ResourceEntry extension) =>
        $"{extension.Body.Text("properties.publisher")}.{extension.Body.Text("properties.type")}";

    /// <summary>Why an extension that ran a script has failed; null when it has not.</summary>
    public static ArmError? Failure(ResourceEntry vm, ResourceEntry extension)
    {
        if (!VmExtensionScript.IsScript(extension)) return null;
        JsonObject? result = VmExtensionScript.Result(vm, extension);
        if (result is null) return VmErrors.RunCommandTimedOut(extension.Name);
        bool windows = vm.Body.Text("properties.storageProfile.osDisk.osType") == "Windows";
        return result.Number("exitCode") == 0 ? null : new ArmError(
            "VMExtensionProvisioningError",
            $"VM has reported a failure when processing extension '{extension.Name}'. Error message: " +
            $"\"{Message(result, windows)}\".");
    }

    private static JsonObject Status(ResourceEntry extension, JsonObject? result, bool windows)
    {
        bool failed = result is not null && result.Number("exitCode") != 0;
        string state = extension.ProvisioningState == "Succeeded" || result is not null
            ? failed ? $"failed/{result.Number("exitCode")}" : "succeeded"
            : extension.ProvisioningState == "Failed" ? "failed" : "transitioning";
        bool bad = state.StartsWith("failed", StringComparison.Ordinal);
        return new JsonObject
        {
            ["code"] = $"ProvisioningState/{state}",
            ["level"] = bad ? "Error" : "Info",
            ["displayStatus"] = bad ? "Provisioning failed" : state == "succeeded" ? "Provisioning succeeded" : "Transitioning",
            ["message"] = result is null ? "Enable succeeded." : Message(result, windows),
        };
    }

    private static string Message(JsonObject result, bool windows)
    {
        long? code = result.Number("exitCode");
        if (windows) return code == 0 ? "Finished executing command" : $"Command execution finished, but failed because it returned a non-zero exit code of: '{code}'";
        string streams = $"\n[stdout]\n{result.Text("output")}\n[stderr]\n{result.Text("error")}";
        return code == 0
            ? $"Enable succeeded: {streams}"
            : $"Enable failed: failed to execute command: command terminated with exit status={code}{streams}";
    }

    private static JsonObject Substatus(string stream, string? text) => new()
    {
        ["code"] = $"ComponentStatus/{stream}/succeeded",
        ["level"] = "Info",
        ["displayStatus"] = "Provisioning succeeded",
        ["message"] = VmRunCommands.Tail(text ?? string.Empty),
    };
}
