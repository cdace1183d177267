using System.Globalization;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>Between the faults that users see and those of the sandbox.</summary>
internal static class SandboxFaultConversion
{
    private const string RetryAfter = "Retry-After";

    public static SandboxFault ToFault(SandboxFaultOptions fault) => new()
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

    public static SandboxGuestFault ToGuestFault(SandboxGuestFaultOptions fault) => new()
    {
        Machine = fault.VM,
        Kind = SameName<GuestFaultKind>(fault.Kind),
        Detail = fault.Detail,
    };

    public static SandboxGuestFaultOptions Describe(SandboxGuestFault fault) => new()
    {
        VM = fault.Machine,
        Kind = SameName<SandboxGuestFaultKind>(fault.Kind),
        Detail = fault.Detail,
        Hits = fault.Hits,
    };

    public static SandboxFaultOptions Describe(SandboxFault fault) => new()
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
