using System.Text;
using ImageCmdlets.Sandbox.Authorization;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Faults;

/// <summary>Chooses the fault that hits a request, and carries it out.</summary>
internal static class FaultPlan
{
    /// <summary>The first fault that fits, counted; null when none does.</summary>
    public static SandboxFault? Choose(SandboxWorld world, IReadOnlyList<SandboxFault> faults, FaultTarget target)
    {
        SandboxFault? chosen = null;
        for (int i = 0; i < faults.Count; i++)
        {
            SandboxFault fault = faults[i];
            if (!Fits(fault, target) || fault.Seen++ < fault.Skip || fault.Hits >= fault.Count || !Falls(world, fault, i)) continue;
            chosen ??= fault;
        }

        if (chosen is not null) chosen.Hits++;
        return chosen;
    }

    /// <summary>Throws what the request meets before it has had any effect.</summary>
    public static void StrikeBefore(SandboxFault? fault, RequestContext context)
    {
        if (fault is not null && !fault.AfterEffect) Throw(fault, context);
    }

    /// <summary>Changes what the request comes to after its effect.</summary>
    public static void StrikeAfter(SandboxFault? fault, RequestContext context)
    {
        switch (fault?.Effect)
        {
            case null:
                return;
            case SandboxFaultEffect.OperationFailure:
                context.Started?.FailLater(new ArmError(fault.Code, fault.Message));
                return;
            case SandboxFaultEffect.SlowOperation when context.Started is { } slow:
                slow.End += fault.Delay;
                return;
            case SandboxFaultEffect.CopyStall or SandboxFaultEffect.CopyFailure:
                CopyFault.Of(fault).Attach(context.Started);
                return;
        }

        if (fault.AfterEffect) Throw(fault, context);
    }

    /// <summary>Spoils the body of an answer.</summary>
    public static byte[] Spoil(SandboxFault? fault, byte[] body) => fault?.Effect switch
    {
        SandboxFaultEffect.MalformedBody => Encoding.UTF8.GetBytes("<html><body>Service Unavailable</body></html>"),
        SandboxFaultEffect.TruncatedBody => [.. body.Take(body.Length / 2)],
        _ => body,
    };

    private static void Throw(SandboxFault fault, RequestContext context)
    {
        switch (fault.Effect)
        {
            case SandboxFaultEffect.ConnectionReset:
                throw new SandboxConnectionException();
            case SandboxFaultEffect.Error:
                throw new ArmException(fault.Status, new ArmError(fault.Code, fault.Message)) { Headers = fault.Headers, RawText = fault.Body };
            case SandboxFaultEffect.ExpiredToken:
                throw Authentication.Expired(ArmSandbox.Tenant, context.Now.AddMinutes(-1), context.Now);
            case SandboxFaultEffect.Forbidden:
                throw GatewayErrors.AuthorizationFailed(
                    Principal.Client, Principal.ObjectId, context.Operation.Action, Scope(context));
        }
    }

    private static string Scope(RequestContext context) =>
        context.Target?.ToString() ?? context.Group?.Id ?? $"/subscriptions/{context.SubscriptionId}";

    private static bool Fits(SandboxFault fault, FaultTarget target) =>
        FaultPattern.Fits(fault.Method, target.Method) &&
        FaultPattern.Fits(fault.Path, target.Path) &&
        FaultPattern.Fits(fault.Operation, target.Operation) &&
        FaultPattern.Fits(fault.Action, target.Action) &&
        (fault.Location is null || FaultPattern.Fits(fault.Location, target.Location())) &&
        Below(fault.Scope, target.Path);

    // Drawn from the seed, the fault's place in the list and the requests that it has seen: no state of its own.
    private static bool Falls(SandboxWorld world, SandboxFault fault, int place)
    {
        if (fault.Probability >= 1) return true;
        byte[] drawn = world.RequestIds.Derive($"fault|{place}|{fault.Seen}", 4);
        return BitConverter.ToUInt32(drawn, 0) < fault.Probability * uint.MaxValue;
    }

    private static bool Below(string? scope, string path) =>
        scope is null || $"{path}/".StartsWith($"{scope.TrimEnd('/')}/", StringComparison.OrdinalIgnoreCase);
}
