using System.Text.RegularExpressions;
using ImageCmdlets.Engine.Generalization;

namespace ImageCmdlets.Engine.Readiness;

/// <summary>The scripts that mend findings: a rule can be mended when a script has its id as name.</summary>
internal static class ReadinessFixes
{
    private const string Folder = "Readiness.Scripts.Fixes.";
    private const string Does = "# Does: ";

    // What a script gets is a piece of what the guest said: only what has exactly the right shape goes back into a guest.
    private static readonly Dictionary<string, (string Name, Regex Shape)> s_parameters = new(StringComparer.Ordinal)
    {
        ["Windows.AppxPackage"] = ("package", Exactly("[A-Za-z0-9.-]+_[0-9.]+_[A-Za-z0-9]*_[A-Za-z0-9.~-]*_[a-z0-9]{13}")),
        ["Windows.AnswerFile"] = ("path", Exactly(@"[A-Za-z]:\\(?:[A-Za-z0-9]+\\){0,3}(?:auto)?unattend\.xml")),
    };

    /// <summary>How a finding is mended; null when it cannot be, or need not.</summary>
    public static ReadinessFix? Find(ImageFinding finding)
    {
        if (finding.Severity == FindingSeverity.Information || Parameters(finding) is not { } parameters)
            return null;

        string kind = finding.RuleId.StartsWith("Windows.", StringComparison.Ordinal) ? ".ps1" : ".sh";
        if (GuestScript.Find(Folder + finding.RuleId + kind) is not { } script)
            return null;

        string command = script.Split('\n').First(line => line.StartsWith(Does, StringComparison.Ordinal)).Substring(Does.Length);
        foreach (KeyValuePair<string, string> parameter in parameters)
            command = command.Replace($"{{{parameter.Key}}}", parameter.Value);
        return new ReadinessFix(finding, command, script);
    }

    /// <summary>What a finding's script is told; null when the guest said something that no script may be told.</summary>
    public static IReadOnlyDictionary<string, string>? Parameters(ImageFinding finding)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!s_parameters.TryGetValue(finding.RuleId, out (string Name, Regex Shape) parameter))
            return parameters;

        if (finding.Evidence is not { } value || !parameter.Shape.IsMatch(value))
            return null;

        parameters[parameter.Name] = value;
        return parameters;
    }

    private static Regex Exactly(string shape) => new($@"\A(?:{shape})\z", RegexOptions.CultureInvariant);
}
