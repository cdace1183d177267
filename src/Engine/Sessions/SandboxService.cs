using System.Globalization;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>Looks into the sandbox of a session and changes what goes wrong in it.</summary>
public static class SandboxService
{
    private const string ResourceGroupType = "Microsoft.Resources/resourceGroups";
    private const string RetryAfter = "Retry-After";
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
            GuestFault = [.. sandbox.GuestFaults.Select(Describe)],
            Fault = [.. sandbox.Faults.Select(Describe)],
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
            sandbox.AddFault(ToFault(fault));
        foreach (SandboxGuestFaultOptions fault in plan.Guests)
            sandbox.AddGuestFault(ToGuestFault(fault));
    }

    /// <summary>Says whether calls beyond Azure's limits are answered 429.</summary>
    public static void EnforceRateLimits(ImageSession session, bool enforce) => Require(session).EnforceRateLimits = enforce;

    /// <summary>Lets simulated time pass.</summary>
    public static void Advance(ImageSession session, TimeSpan time) => Require(session).Clock.Advance(time);

    /// <summary>Makes the sandbox new: nothing in it, no faults, no counts, the clock at its start.</summary>
    public static void Reset(ImageSession session) => Require(session).Reset();

    private static ArmSandbox Require(ImageSession session) => EngineSession.Of(session).Sandbox
        ?? throw new ImageCmdletsException(ErrorIds.SandboxRequired, $"The session '{session}' is not a sandbox session.", session);

    private static SandboxFault ToFault(SandboxFaultOptions fault) => new()
    {
        Method = fault.Method,
        Path = fault.Path,
        Operation = fault.Operation,
        Action = fault.Action,
        Scope = fault.Scope,
        Location = fault.Location,
        Skip = fault.Skip,
        Count = fault.Count ?? (fault.Probability < 1 ? int.MaxValue : 1),
        Probability = fault.Probability,
        AfterEffect = fault.AfterEffect,
        Effect = SameName<SandboxFaultEffect>(fault.Effect),
        Status = fault.Status,
        Code = fault.Code,
        Message = fault.Message,
        Body = fault.Body,
        Delay = fault.Delay,
        Headers = fault.RetryAfterSeconds is { } seconds
            ? [new KeyValuePair<string, string>(RetryAfter, seconds.ToString(CultureInfo.InvariantCulture))]
            : [],
    };

    private static SandboxGuestFault ToGuestFault(SandboxGuestFaultOptions fault) => new()
    {
        Machine = fault.VM,
        Kind = SameName<GuestFaultKind>(fault.Kind),
        Detail = fault.Detail,
    };

    private static SandboxGuestFaultOptions Describe(SandboxGuestFault fault) => new()
    {
        VM = fault.Machine,
        Kind = SameName<SandboxGuestFaultKind>(fault.Kind),
        Detail = fault.Detail,
        Hits = fault.Hits,
    };

    private static SandboxFaultOptions Describe(SandboxFault fault) => new()
    {
        Method = fault.Method,
        Path = fault.Path,
        Operation = fault.Operation,
        Action = fault.Action,
        Scope = fault.Scope,
        Location = fault.Location,
        Skip = fault.Skip,
        Count = fault.Count,
        Probability = fault.Probability,
        AfterEffect = fault.AfterEffect,
        Effect = SameName<SandboxFaultKind>(fault.Effect),
        Status = fault.Status,
        Code = fault.Code,
        Message = fault.Message,
        Body = fault.Body,
        Delay = fault.Delay,
        RetryAfterSeconds = fault.Headers.Where(header => header.Key == RetryAfter)
            .Select(header => (int?)int.Parse(header.Value, CultureInfo.InvariantCulture)).FirstOrDefault(),
        Hits = fault.Hits,
    };

    // Contracts has its own copy of the sandbox's list, because users never see types of the sandbox.
    private static T SameName<T>(Enum value)
        where T : struct, Enum =>
        Enum.TryParse(value.ToString(), out T same) ? same : throw new InvalidOperationException($"{typeof(T).Name} lacks {value}.");
}
