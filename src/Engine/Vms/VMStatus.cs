using System.Text.Json;
using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Vms;

/// <summary>How a virtual machine is, as its instance view tells.</summary>
/// <remarks>Source: <c>VirtualMachines_Get</c> with <c>$expand=instanceView</c>; recorded status codes.</remarks>
internal sealed record VMStatus
{
    private const string Power = "PowerState/";
    private const string OS = "OSState/";
    private const string Provisioning = "ProvisioningState/";

    /// <summary><c>Running</c>, <c>Stopped</c>, <c>Deallocated</c>, or a state on the way there; null where Azure says none.</summary>
    public string? PowerState { get; private init; }

    /// <summary><c>Generalized</c> or <c>Specialized</c>; null: an ordinary machine.</summary>
    public string? OSState { get; private init; }

    /// <summary>The agent's display status: <c>Ready</c>, <c>Not Ready</c>; null while the machine is deallocated.</summary>
    public string? AgentState { get; private init; }

    /// <summary>When the last operation on the machine ended: power operations leave no other time behind.</summary>
    public DateTimeOffset? LastOperation { get; private init; }

    public static VMStatus Read(JsonElement vm)
    {
        JsonElement view = vm.Find("properties", "instanceView") ?? default;
        JsonElement[] statuses = [.. view.Items("statuses")];
        return new VMStatus
        {
            PowerState = StateOf(statuses, Power),
            OSState = StateOf(statuses, OS),
            AgentState = view.Items("vmAgent", "statuses").Select(status => status.Text("displayStatus")).FirstOrDefault(),
            LastOperation = statuses.Where(status => CodeOf(status).StartsWith(Provisioning, StringComparison.OrdinalIgnoreCase))
                .Select(status => status.Time("time")).FirstOrDefault(time => time is not null),
        };
    }

    private static string? StateOf(JsonElement[] statuses, string kind)
    {
        string? code = statuses.Select(CodeOf).FirstOrDefault(code => code.StartsWith(kind, StringComparison.OrdinalIgnoreCase));
        return code is null || code.Length == kind.Length
            ? null
            : char.ToUpperInvariant(code[kind.Length]) + code.Substring(kind.Length + 1);
    }

    private static string CodeOf(JsonElement status) => status.Text("code") ?? string.Empty;
}
