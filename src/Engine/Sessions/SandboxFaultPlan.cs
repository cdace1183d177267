using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>What goes wrong in a sandbox: faults of requests, and defects of machines.</summary>
public sealed record SandboxFaultPlan
{
    /// <summary>Faults of requests.</summary>
    public IReadOnlyList<SandboxFaultOptions> Requests { get; init; } = [];

    /// <summary>Defects of machines.</summary>
    public IReadOnlyList<SandboxGuestFaultOptions> Guests { get; init; } = [];

    /// <summary>Reads a plan file.</summary>
    /// <exception cref="ImageCmdletsException">InvalidArgument: the file cannot be read, or is no plan.</exception>
    public static SandboxFaultPlan Read(string path)
    {
        try
        {
            var file = FaultPlanFile.Read(path);
            return new SandboxFaultPlan
            {
                Requests = [.. file.Faults.Select(SandboxFaultConversion.Describe)],
                Guests = [.. file.GuestFaults.Select(SandboxFaultConversion.Describe)],
            };
        }
        catch (Exception wrong) when (wrong is InvalidDataException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ImageCmdletsException(
                ErrorIds.InvalidArgument, $"The fault plan '{path}' cannot be used: {wrong.Message}", path,
                "Correct the file; Get-Help Set-ImageSandbox shows one.", wrong);
        }
    }

    /// <summary>Refuses faults that could never strike or make no sense.</summary>
    /// <exception cref="ImageCmdletsException">InvalidArgument, with the fault as its target.</exception>
    public void Validate()
    {
        foreach (SandboxFaultOptions fault in Requests)
        {
            if (SandboxFaultRules.FirstBroken(SandboxFaultConversion.ToFault(fault)) is { } rule)
                throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"The fault makes no sense: {rule}.", fault);
        }
    }
}
