using System.Management.Automation;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Commands;

/// <summary>Changes what goes wrong in a sandbox, or lets simulated time pass.</summary>
[Cmdlet(VerbsCommon.Set, "ImageSandbox", SupportsShouldProcess = true)]
[OutputType(typeof(ImageSandboxState))]
public sealed class SetImageSandboxCommand : SandboxCmdlet
{
    /// <summary>What is to go wrong; hashtables with the properties of SandboxFaultOptions will do.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public SandboxFaultOptions[] Fault { get; set; } = [];

    /// <summary>What is wrong inside machines; hashtables with the properties of SandboxGuestFaultOptions will do.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public SandboxGuestFaultOptions[] GuestFault { get; set; } = [];

    /// <summary>Machines whose guests are put right before anything is broken, as their administrators would; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] RepairVM { get; set; } = [];

    /// <summary>A JSON file with faults of requests and of machines.</summary>
    [Parameter]
    [Alias("Plan")]
    [ValidateNotNullOrEmpty]
    public string? FaultPlan { get; set; }

    /// <summary>Take all faults away first.</summary>
    [Parameter]
    public SwitchParameter ClearFault { get; set; }

    /// <summary>Whether calls beyond Azure's limits are answered 429, as they are at first.</summary>
    [Parameter]
    public bool EnforceRateLimit { get; set; }

    /// <summary>How many cores a subscription may use in each region, as Azure's support raises it on request; 100 at first.</summary>
    [Parameter]
    [ValidateRange(0, 1000000)]
    public int CoreQuota { get; set; }

    /// <summary>Simulated time to let pass.</summary>
    [Parameter]
    public TimeSpan Advance { get; set; }

    /// <summary>Write the state of the sandbox afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord() => InSandbox(session =>
    {
        if (Advance < TimeSpan.Zero)
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, "Time does not go back.", Advance, "Pass a positive time span.");

        SandboxFaultPlan plan = FaultPlan is null ? new SandboxFaultPlan() : SandboxFaultPlan.Read(GetUnresolvedProviderPathFromPSPath(FaultPlan));
        plan = plan with { Requests = [.. plan.Requests, .. Fault], Guests = [.. plan.Guests, .. GuestFault] };
        if (!ShouldProcess(session.ToString(), "Change the sandbox"))
            return;

        SandboxService.MendGuests(session, RepairVM);
        SandboxService.SetFaults(session, plan, ClearFault);
        if (MyInvocation.BoundParameters.ContainsKey(nameof(EnforceRateLimit)))
            SandboxService.EnforceRateLimits(session, EnforceRateLimit);
        if (MyInvocation.BoundParameters.ContainsKey(nameof(CoreQuota)))
            SandboxService.SetCoreQuota(session, CoreQuota);
        if (Advance > TimeSpan.Zero)
            SandboxService.Advance(session, Advance);
        if (PassThru)
            WriteObject(SandboxService.Read(session));
    });
}
