using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>The run commands that Azure offers, by operating system. Only the two that take a script are modelled.</summary>
internal static class RunCommandDocuments
{
    private static readonly (string Id, string OsType, string Label, string Description)[] s_known =
    [
        ("RunPowerShellScript", "Windows", "Executes a PowerShell script", "Custom multiline PowerShell script should be defined in script property."),
        ("RunShellScript", "Linux", "Executes a Linux shell script", "Custom multiline shell script should be defined in script property. Optional parameters can be set in parameters property."),
    ];

    /// <summary>All of them, without their scripts.</summary>
    public static ArmResponse List(RequestContext context)
    {
        VmLookups.Location(context);
        return ArmResponse.Ok(new JsonObject
        {
            ["value"] = new JsonArray([.. s_known.Select(static k => (JsonNode)Head(k.Id, k.OsType, k.Label, k.Description))]),
        });
    }

    /// <summary>One of them.</summary>
    public static ArmResponse Get(RequestContext context)
    {
        VmLookups.Location(context);
        string wanted = context.Route["commandId"];
        (string id, string osType, string label, string description) = s_known.FirstOrDefault(
            k => string.Equals(k.Id, wanted, StringComparison.OrdinalIgnoreCase));
        // The text is an assumption.
        if (id is null) throw ComputeErrors.NotFound($"The Run Command '{wanted}' cannot be found.");
        JsonObject document = Head(id, osType, label, description);
        document["script"] = new JsonArray("echo Hello World");
        document["parameters"] = new JsonArray();
        return ArmResponse.Ok(document);
    }

    private static JsonObject Head(string id, string osType, string label, string description)
    {
        JsonObject head = JsonText.NewObject();
        head["$schema"] = "http://schema.management.azure.com/schemas/2016-11-17/runcommands.json";
        head["id"] = id;
        head["osType"] = osType;
        head["label"] = label;
        head["description"] = description;
        return head;
    }
}
