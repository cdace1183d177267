namespace ImageCmdlets.Sandbox.Faults;

/// <summary>A fault plan as its file has it.</summary>
internal sealed record FaultPlanForm
{
    public IReadOnlyList<RequestFaultForm?>? Requests { get; init; } = [];

    public IReadOnlyList<GuestFaultForm?>? Guests { get; init; } = [];
}
