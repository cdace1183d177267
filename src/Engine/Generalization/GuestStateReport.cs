using System.Globalization;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>What a guest has answered about its state.</summary>
internal sealed class GuestStateReport
{
    private const string Begin = "imagecmdlets-state 1";
    private const string End = "imagecmdlets-state-end";

    private readonly Dictionary<string, string> _values;

    private GuestStateReport(Dictionary<string, string> values) => _values = values;

    /// <summary>The report in an output; null when there is none, or not all of it. Whatever else was printed does not matter.</summary>
    public static GuestStateReport? Find(string output)
    {
        string[] lines = [.. output.Split('\n').Select(line => line.TrimEnd('\r', ' '))];
        int begin = Array.IndexOf(lines, Begin);
        int end = Array.IndexOf(lines, End);
        if (begin < 0 || end < begin)
            return null;

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string[] pair in lines.Skip(begin + 1).Take(end - begin - 1).Select(line => line.Split(['='], 2)).Where(pair => pair.Length == 2))
            values[pair[0]] = pair[1];
        return new GuestStateReport(values);
    }

    /// <summary>Null where the guest gave no value.</summary>
    public string? Text(string name) => _values.TryGetValue(name, out string? text) && text.Length > 0 ? text : null;

    /// <summary>Null where the guest gave none.</summary>
    public int? Number(string name) => int.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>Null where the guest gave none.</summary>
    public bool? Truth(string name) => bool.TryParse(Text(name), out bool truth) ? truth : null;

    /// <summary>A time that is told in seconds since 1970 or in ISO 8601; null where the guest gave none.</summary>
    public DateTimeOffset? Time(string name) => long.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time
        : null;

    /// <summary>The state in one word.</summary>
    public GuestStateName Judge(bool isWindows) => isWindows ? JudgeWindows() : JudgeLinux();

    private GuestStateName JudgeWindows()
    {
        if (Truth("IsSysprepRunning") == true)
            return GuestStateName.Generalizing;

        return Text("ImageState") switch
        {
            null => GuestStateName.Unknown,
            // The tag of an earlier run is removed before the next one begins.
            GuestJudge.GeneralizedImageState => Truth("HasTag") == true ? GuestStateName.Generalized : GuestStateName.HalfGeneralized,
            "IMAGE_STATE_COMPLETE" when Number("GeneralizationState") is null or 7 && Truth("SysprepInProgress") != true => GuestStateName.Ready,
            _ => GuestStateName.HalfGeneralized,
        };
    }

    private GuestStateName JudgeLinux()
    {
        bool isProvisioned = Truth("IsAgentProvisioned") == true;
        bool isForgotten = !isProvisioned && Truth("HasOvfEnv") != true && Text("MachineId") != "Set";
        return Text("Job") switch
        {
            "Scheduled" or "Running" => GuestStateName.Generalizing,
            "Deprovisioned" => GuestStateName.Deprovisioned,
            "Failed" => GuestStateName.HalfGeneralized,
            _ when isForgotten => GuestStateName.Deprovisioned,
            _ => isProvisioned && Text("MachineId") == "Set" ? GuestStateName.Ready : GuestStateName.HalfGeneralized,
        };
    }
}
