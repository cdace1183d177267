using System.Text.Json;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>What generalizing has to know of a virtual machine.</summary>
internal sealed class Machine(JsonElement item)
{
    private static readonly HashSet<string?> s_restless = new(StringComparer.OrdinalIgnoreCase)
    {
        "Creating", "Updating", "Starting", "Stopping", "Deallocating", "Deleting",
    };

    private readonly DateTimeOffset? _lastOperation = VMMapper.LastOperation(item);

    /// <summary>As Azure answered.</summary>
    public JsonElement Item => item;

    /// <summary>The machine with its instance view.</summary>
    public ImageVM VM { get; } = VMMapper.Map(item);

    public string Id => VM.Id;

    public string Name => VM.Name;

    public bool IsWindows => string.Equals(VM.OSType, "Windows", StringComparison.OrdinalIgnoreCase);

    public bool IsGeneralized => VM.OSState == "Generalized";

    public bool IsRunning => VM.PowerState == "Running";

    public bool IsDeallocated => VM.PowerState == "Deallocated";

    /// <summary>Whether the operating system has shut down, with or without its hardware released.</summary>
    public bool IsDown => IsDeallocated || VM.PowerState == "Stopped";

    public bool IsReady => IsRunning && VM.AgentState == "Ready";

    /// <summary>Whether no operation of Azure's on the machine is under way.</summary>
    public bool IsSettled => !s_restless.Contains(VM.ProvisioningState) && !s_restless.Contains(VM.PowerState);

    /// <summary>Null for a disk in a storage account.</summary>
    public string? OSDiskId => ResourceId.TryParse(VM.OSDisk?.SourceId)?.Text;

    /// <summary>Whether an operation of Azure's on the machine has ended later than a time, other than the one that hands a script over.</summary>
    public bool HasChangedSince(DateTimeOffset time) => _lastOperation is { } last && last - time > GeneralizeLimits.HandOver;

    /// <summary>Whether the guest switched itself off after a time: down, with the hardware still held, and by no operation of Azure's.</summary>
    public bool HasStoppedByItselfSince(DateTimeOffset time) => VM.PowerState == "Stopped" && EndedWithin(time, GeneralizeLimits.HandOver);

    /// <summary>Whether a machine that does not run now can be taken not to have been started after a time.</summary>
    public bool HasNotRunSince(DateTimeOffset time) => !IsRunning && EndedWithin(time, GeneralizeLimits.Proof);

    private bool EndedWithin(DateTimeOffset time, TimeSpan span) => _lastOperation is { } last && last - time <= span;
}
