using System.Text.Json;
using System.Text.Json.Serialization;
using ImageCmdlets.Sandbox.Faults;

namespace ImageCmdlets.Sandbox;

/// <summary>A JSON file that says what goes wrong: <c>{"requests": [...], "guests": [...]}</c>.</summary>
public sealed class FaultPlanFile
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNameCaseInsensitive = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    private FaultPlanFile(IReadOnlyList<SandboxFault> faults, IReadOnlyList<SandboxGuestFault> guestFaults)
    {
        Faults = faults;
        GuestFaults = guestFaults;
    }

    /// <summary>Faults of requests, in the order of the file.</summary>
    public IReadOnlyList<SandboxFault> Faults { get; }

    /// <summary>Defects of machines.</summary>
    public IReadOnlyList<SandboxGuestFault> GuestFaults { get; }

    /// <summary>Reads a file. It is taken as a whole or not at all.</summary>
    /// <exception cref="InvalidDataException">A name, a value or a fault is wrong.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FaultPlanFile Read(string path)
    {
        try
        {
            FaultPlanForm form = JsonSerializer.Deserialize<FaultPlanForm>(File.ReadAllText(path), s_json) ?? new FaultPlanForm();
            if (form.Requests is null || form.Guests is null || form.Requests.Contains(null) || form.Guests.Contains(null))
                throw new InvalidDataException("requests and guests are lists of faults");
            SandboxFault[] faults = [.. form.Requests.Select(static request => request!.ToFault())];
            if (faults.Select(SandboxFaultRules.FirstBroken).FirstOrDefault(static rule => rule is not null) is { } broken)
                throw new InvalidDataException($"A fault makes no sense: {broken}.");
            return new FaultPlanFile(faults, [.. form.Guests.Select(static guest => guest!.ToFault())]);
        }
        catch (JsonException wrong)
        {
            throw new InvalidDataException(wrong.Message, wrong);
        }
    }
}
