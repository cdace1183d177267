using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>What goes wrong in a sandbox: faults of requests, and defects of machines. A plan file is this as JSON.</summary>
public sealed record SandboxFaultPlan
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNameCaseInsensitive = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

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
            SandboxFaultPlan plan = JsonSerializer.Deserialize<SandboxFaultPlan>(File.ReadAllText(path), s_json) ?? new SandboxFaultPlan();
            if (plan.Requests is null || plan.Guests is null)
                throw Invalid(path, "requests and guests are lists", null);
            plan.Validate();
            return plan;
        }
        catch (JsonException wrong)
        {
            throw Invalid(path, $"{wrong.Message}", wrong);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Invalid(path, wrong.Message, wrong);
        }
    }

    /// <summary>Refuses faults that could never strike or make no sense.</summary>
    /// <exception cref="ImageCmdletsException">InvalidArgument, with the fault as its target.</exception>
    public void Validate()
    {
        foreach (SandboxFaultOptions fault in Requests)
        {
            Check(fault, fault.Probability is >= 0 and <= 1, "Probability lies between 0 and 1");
            Check(fault, fault.Skip >= 0, "Skip is not negative");
            Check(fault, fault.Count is null or > 0, "Count is positive");
            Check(fault, fault.Status is >= 400 and <= 599, "Status lies between 400 and 599");
            Check(fault, fault.Delay >= TimeSpan.Zero, "Delay is not negative");
            Check(fault, fault.RetryAfterSeconds is null or >= 0, "RetryAfterSeconds is not negative");
            bool slows = fault.Effect is SandboxFaultKind.SlowAnswer or SandboxFaultKind.SlowOperation or SandboxFaultKind.CopyStall;
            Check(fault, !slows || fault.Delay > TimeSpan.Zero, $"{fault.Effect} needs a Delay");
        }
    }

    private static void Check(SandboxFaultOptions fault, bool isTrue, string rule)
    {
        if (!isTrue)
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"The fault makes no sense: {rule}.", fault);
    }

    private static ImageCmdletsException Invalid(string path, string reason, Exception? cause) => new(
        ErrorIds.InvalidArgument, $"The fault plan '{path}' cannot be used: {reason}", path,
        "Correct the file; Get-Help Set-ImageSandbox shows one.", cause);
}
