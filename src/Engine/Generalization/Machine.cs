using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>What generalizing has to know of a virtual machine.</summary>
internal sealed record Machine
{
    private static readonly HashSet<string?> s_restless = new(StringComparer.OrdinalIgnoreCase) { "Creating", "Updating", "Starting", "Stopping", "Deallocating" };

    public required ResourceId Id { get; init; }

    public required string Location { get; init; }

    public required IReadOnlyDictionary<string, string> Tag { get; init; }

    public required VMStatus Status { get; init; }

    public string? VMId { get; init; }

    public string? ProvisioningState { get; init; }

    /// <summary><c>Windows</c> or <c>Linux</c>.</summary>
    public string? OSType { get; init; }

    /// <summary>Null for a disk in a storage account.</summary>
    public string? OSDiskId { get; init; }

    public string Name => Id.Name;

    public bool IsWindows => string.Equals(OSType, "Windows", StringComparison.OrdinalIgnoreCase);

    public bool IsGeneralized => Status.OSState == "Generalized";

    public bool IsRunning => Status.PowerState == "Running";

    public bool IsDeallocated => Status.PowerState == "Deallocated";

    public bool IsReady => IsRunning && Status.AgentState == "Ready";

    /// <summary>Whether no operation of Azure's on the machine is under way.</summary>
    public bool IsSettled => !s_restless.Contains(ProvisioningState) && !s_restless.Contains(Status.PowerState);

    /// <summary>Whether it is sure that a machine that does not run now has not been started after a time.</summary>
    public bool HasNotRunSince(DateTimeOffset time) =>
        !IsRunning && Status.LastOperation is { } last && last - time <= GeneralizeLimits.Proof;

    public static Machine Read(JsonElement item, ResourceId id) => new()
    {
        Id = id,
        Location = item.Text("location") ?? string.Empty,
        Tag = item.Map("tags"),
        Status = VMStatus.Read(item),
        VMId = item.Text("properties", "vmId"),
        ProvisioningState = item.Text("properties", "provisioningState"),
        OSType = item.Text("properties", "storageProfile", "osDisk", "osType"),
        OSDiskId = item.Text("properties", "storageProfile", "osDisk", "managedDisk", "id"),
    };
}
