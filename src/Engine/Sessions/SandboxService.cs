using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>Looks into the sandbox of a session and changes what goes wrong in it.</summary>
public static class SandboxService
{
    private const string ResourceGroupType = "Microsoft.Resources/resourceGroups";
    private const string SubscriptionType = "Microsoft.Resources/subscriptions";

    /// <summary>What is in the sandbox and what was asked of it.</summary>
    /// <exception cref="ImageCmdletsException">SandboxRequired: the session is not one.</exception>
    public static ImageSandboxState Read(ImageSession session)
    {
        ArmSandbox sandbox = Require(session);
        SandboxStatistics statistics = sandbox.GetStatistics();
        Dictionary<string, int> resources = statistics.ResourcesByType
            .Where(entry => entry.Key is not (ResourceGroupType or SubscriptionType))
            .ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.OrdinalIgnoreCase);
        return new ImageSandboxState
        {
            Time = sandbox.Clock.GetUtcNow(),
            Elapsed = statistics.SimulatedTime,
            RequestCount = statistics.Requests,
            Request = statistics.RequestsByOperation,
            ResourceCount = resources.Values.Sum(),
            ResourceGroupCount = statistics.ResourcesByType.TryGetValue(ResourceGroupType, out int groups) ? groups : 0,
            Resource = resources,
            Fingerprint = statistics.Fingerprint,
            Seed = sandbox.Options.Seed,
            StatePath = sandbox.Options.StatePath,
            EnforceRateLimit = sandbox.EnforceRateLimits,
            CoreQuota = sandbox.CoreQuota,
            GuestFault = [.. sandbox.GuestFaults.Select(SandboxFaultConversion.Describe)],
            Fault = [.. sandbox.Faults.Select(SandboxFaultConversion.Describe)],
            TenantId = [sandbox.TenantId, sandbox.PartnerTenantId],
            SubscriptionId = [.. sandbox.Subscriptions.Select(subscription => subscription.Id)],
        };
    }

    /// <summary>Adds faults of requests and defects of machines, or takes all away first.</summary>
    /// <exception cref="ImageCmdletsException">SandboxRequired; InvalidArgument: a fault makes no sense, and none was added.</exception>
    public static void SetFaults(ImageSession session, SandboxFaultPlan plan, bool clearFirst)
    {
        ArmSandbox sandbox = Require(session);
        plan.Validate();
        if (clearFirst)
            sandbox.ClearFaults();

        foreach (SandboxFaultOptions fault in plan.Requests)
            sandbox.AddFault(SandboxFaultConversion.ToFault(fault));
        foreach (SandboxGuestFaultOptions fault in plan.Guests)
            sandbox.AddGuestFault(SandboxFaultConversion.ToGuestFault(fault));
    }

    /// <summary>Puts right what is broken inside machines, as their administrators would.</summary>
    /// <param name="session">A sandbox session.</param>
    /// <param name="machines">Patterns of their names or ids.</param>
    public static void MendGuests(ImageSession session, IEnumerable<string> machines)
    {
        ArmSandbox sandbox = Require(session);
        foreach (string machine in machines)
            sandbox.MendGuests(machine);
    }

    /// <summary>Says whether calls beyond Azure's limits are answered 429.</summary>
    public static void EnforceRateLimits(ImageSession session, bool enforce) => Require(session).EnforceRateLimits = enforce;

    /// <summary>Changes how many cores a subscription may use in each region.</summary>
    public static void SetCoreQuota(ImageSession session, int cores) => Require(session).CoreQuota = cores;

    /// <summary>Lets simulated time pass.</summary>
    public static void Advance(ImageSession session, TimeSpan time) => Require(session).Clock.Advance(time);

    /// <summary>Makes the sandbox new: nothing in it, no faults, no counts, the clock at its start.</summary>
    public static void Reset(ImageSession session) => Require(session).Reset();

    private static ArmSandbox Require(ImageSession session) => EngineSession.Of(session).Sandbox
        ?? throw new ImageCmdletsException(ErrorIds.SandboxRequired, $"The session '{session}' is not a sandbox session.", session);
}
