using System.Globalization;

namespace ImageCmdlets.Engine.Readiness;

/// <summary>What the script in the guest has answered, line by line.</summary>
internal sealed record GuestReadinessReport
{
    private const string Mark = "imagecmdlets-readiness 1 ";

    /// <summary>The checks that it made, and for those that it could not make the reason.</summary>
    public required IReadOnlyDictionary<ReadinessCheckName, string?> Check { get; init; }

    public required IReadOnlyList<ReadinessEvidence> Evidence { get; init; }

    /// <summary>How many findings did not fit.</summary>
    public required int OmittedCount { get; init; }

    /// <summary>The report in an output; null when there is none, or not all of it. Whatever else was printed does not matter.</summary>
    public static GuestReadinessReport? Find(string output)
    {
        var checks = new Dictionary<ReadinessCheckName, string?>();
        var evidence = new List<ReadinessEvidence>();
        bool hasBegun = false;
        foreach (string line in output.Split('\n').Select(line => line.TrimEnd('\r', ' ')))
        {
            hasBegun |= line.StartsWith(Mark, StringComparison.Ordinal);
            string[] parts = line.Split([' '], 2);
            if (!hasBegun || parts.Length < 2)
                continue;

            switch (parts[0])
            {
                case "C" or "S":
                    ReadCheck(parts[0] == "S", parts[1], checks);
                    break;
                case "E" or "W" or "I":
                    ReadEvidence(parts[0][0], parts[1], evidence);
                    break;
                case "X" when int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int omitted):
                    return new GuestReadinessReport { Check = checks, Evidence = evidence, OmittedCount = omitted };
            }
        }

        return null;
    }

    private static void ReadCheck(bool isSkipped, string text, Dictionary<ReadinessCheckName, string?> checks)
    {
        string[] parts = text.Split([' '], 2);
        if (Enum.TryParse(parts[0], out ReadinessCheckName check))
            checks[check] = isSkipped ? parts.ElementAtOrDefault(1) ?? "The guest does not say why." : null;
    }

    private static void ReadEvidence(char severity, string text, List<ReadinessEvidence> evidence)
    {
        string[] parts = text.Split([' '], 3);
        if (parts.Length < 3 || !Enum.TryParse(parts[0], out ReadinessCheckName check))
            return;

        evidence.Add(new ReadinessEvidence(check, parts[1], severity switch
        {
            'E' => FindingSeverity.Error,
            'W' => FindingSeverity.Warning,
            _ => FindingSeverity.Information,
        }, parts[2]));
    }
}
