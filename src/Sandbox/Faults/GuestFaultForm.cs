namespace ImageCmdlets.Sandbox.Faults;

/// <summary>A defect of machines as a plan has it.</summary>
internal sealed record GuestFaultForm
{
    public string VM { get; init; } = "*";

    public GuestFaultKind Kind { get; init; }

    public string? Detail { get; init; }

    public SandboxGuestFault ToFault() => new() { Machine = VM, Kind = Kind, Detail = Detail };
}
