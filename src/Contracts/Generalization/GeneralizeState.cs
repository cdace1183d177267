namespace ImageCmdlets;

/// <summary>How far a virtual machine is with being generalized: by Azure, by its guest, and by what was proven of it. <c>Id</c> and
/// <c>Name</c> are the machine's. What does not belong to its system, or was not asked, is null.</summary>
/// <param name="id">The id of the virtual machine.</param>
public sealed class GeneralizeState(string id) : ArmResource(id)
{
    public string? OSType { get; init; }

    public string? PowerState { get; init; }

    /// <summary>Azure's own mark: <c>Generalized</c>, or null.</summary>
    public string? OSState { get; init; }

    /// <summary>The guest in one word.</summary>
    public GuestStateName GuestState { get; init; }

    /// <summary>Whether <c>Invoke-Generalize</c> has seen the guest generalized, and it cannot have run since.</summary>
    public bool IsProven { get; init; }

    /// <summary>When it was seen.</summary>
    public DateTimeOffset? ProvenTime { get; init; }

    /// <summary>Windows: such as <c>IMAGE_STATE_COMPLETE</c> or <c>IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE</c>.</summary>
    public string? ImageState { get; init; }

    /// <summary>Windows: 7 when all is well, 3 when a run of sysprep stopped half-way.</summary>
    public int? GeneralizationState { get; init; }

    /// <summary>Windows: 2 when all is well.</summary>
    public int? CleanupState { get; init; }

    /// <summary>Windows: whether sysprep left the file that says it succeeded.</summary>
    public bool? HasTag { get; init; }

    /// <summary>Windows: whether MSDTC waits for a sysprep that never ended.</summary>
    public bool? SysprepInProgress { get; init; }

    public bool? IsSysprepRunning { get; init; }

    /// <summary>Windows: how often it can still be generalized.</summary>
    public int? RearmLeft { get; init; }

    /// <summary>Linux: whether the agent has set the machine up.</summary>
    public bool? IsAgentProvisioned { get; init; }

    /// <summary>Linux: whether the agent still has the file that names the user that Azure made.</summary>
    public bool? HasOvfEnv { get; init; }

    /// <summary>Linux: the instance that cloud-init has set up.</summary>
    public string? CloudInitInstance { get; init; }

    /// <summary>Linux: <c>Set</c>, <c>Empty</c>, <c>Uninitialized</c> or <c>Missing</c>.</summary>
    public string? MachineId { get; init; }

    /// <summary>Linux: the job of this module since the last boot, <c>None</c>, <c>Scheduled</c>, <c>Running</c>, <c>Failed</c> or
    /// <c>Deprovisioned</c>.</summary>
    public string? Job { get; init; }

    /// <summary>Linux: why the job failed; null when it did not.</summary>
    public string? JobReason { get; init; }
}
