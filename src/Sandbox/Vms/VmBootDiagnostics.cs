using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>Where a machine's console can be looked at.</summary>
internal static class VmBootDiagnostics
{
    // Documented: 120 minutes unless the request says otherwise.
    private const int DefaultMinutes = 120;
    private const int MostMinutes = 1440;

    /// <summary>Registers the action that machines and instances of scale sets share.</summary>
    public static void RegisterAction(SandboxRegistry registry, ResourceType type, string group) => registry.Action(
        type, "retrieveBootDiagnosticsData", $"{group}_RetrieveBootDiagnosticsData", Retrieve, ComputeRateLimits.GetVM);

    private static ArmResponse Retrieve(RequestContext context)
    {
        ResourceEntry vm = context.Resource;
        if (vm.Body.Flag("properties.diagnosticsProfile.bootDiagnostics.enabled") != true)
            throw ComputeErrors.NotAllowed("Boot diagnostics is not enabled on the VM.");
        int minutes = DefaultMinutes;
        if (context.Query["sasUriExpirationTimeInMinutes"] is { } asked &&
            (!int.TryParse(asked, out minutes) || minutes is < 1 or > MostMinutes))
        {
            throw ComputeErrors.Invalid("sasUriExpirationTimeInMinutes");
        }

        string account = context.World.Ids.NextName($"boot|{vm.Id}", 12);
        string end = Uri.EscapeDataString(context.Now.AddMinutes(minutes).UtcDateTime.ToString("s") + "Z");
        string signature = Uri.EscapeDataString(VmConsoleLog.Signature(context.World, vm));
        string address = $"https://md-{account}.z1.blob.storage.azure.net/{VmConsoleLog.Container(vm)}/";
        string query = $"sv=2018-03-28&sr=b&se={end}&sp=r&sig={signature}";
        return ArmResponse.Ok(new JsonObject
        {
            ["consoleScreenshotBlobUri"] = $"{address}{vm.Name}.screenshot.bmp?{query}",
            ["serialConsoleLogBlobUri"] = $"{address}{VmConsoleLog.Blob(vm)}?{query}",
        });
    }
}
