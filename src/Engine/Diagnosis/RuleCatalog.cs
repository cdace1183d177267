using System.Text;

namespace ImageCmdlets.Engine.Diagnosis;

/// <summary>Everything this module knows of what goes wrong. In each family the first rule that fits decides.</summary>
internal static class RuleCatalog
{
    /// <summary>The id of a finding about something that no rule knows.</summary>
    public const string Unknown = "Unknown";

    private static readonly Lazy<IReadOnlyList<DiagnosisRule>> s_windows = Family("Windows");
    private static readonly Lazy<IReadOnlyList<DiagnosisRule>> s_noise = Family("Noise");
    private static readonly Lazy<IReadOnlyList<DiagnosisRule>> s_linux = Family("Linux");
    private static readonly Lazy<IReadOnlyList<DiagnosisRule>> s_azure = Family("Azure");
    private static readonly Lazy<IReadOnlyList<DiagnosisRule>> s_module = Family("Module");
    private static readonly Lazy<Dictionary<string, DiagnosisRule>> s_byCode = new(() => Index(rule => rule.Code));
    private static readonly Lazy<Dictionary<string, DiagnosisRule>> s_byErrorId = new(() => Index(rule => rule.ErrorId));
    private static readonly Lazy<string[]> s_noiseExamples = new(() => [.. Noise.SelectMany(rule => rule.Example).Select(WithoutDigits)]);

    /// <summary>What sysprep and the first start of Windows complain about.</summary>
    public static IReadOnlyList<DiagnosisRule> Windows => s_windows.Value;

    /// <summary>What sysprep logs as an error on healthy machines.</summary>
    public static IReadOnlyList<DiagnosisRule> Noise => s_noise.Value;

    /// <summary>waagent, cloud-init and what they leave.</summary>
    public static IReadOnlyList<DiagnosisRule> Linux => s_linux.Value;

    /// <summary>What Azure answers.</summary>
    public static IReadOnlyList<DiagnosisRule> Azure => s_azure.Value;

    /// <summary>Errors of this module that do not come from elsewhere.</summary>
    public static IReadOnlyList<DiagnosisRule> Module => s_module.Value;

    public static IEnumerable<DiagnosisRule> All => [.. Windows, .. Noise, .. Linux, .. Azure, .. Module];

    /// <summary>The rule with this id; null where there is none.</summary>
    public static DiagnosisRule? FindById(string id) => All.FirstOrDefault(rule => string.Equals(rule.Id, id, StringComparison.OrdinalIgnoreCase));

    /// <summary>The rule for a code of Azure's or of Windows', or with that id, whatever its casing; null where there is none.</summary>
    public static DiagnosisRule? FindByCode(string code) =>
        s_byCode.Value.TryGetValue(code.Trim(), out DiagnosisRule? rule) ? rule : FindById(code.Trim());

    /// <summary>The rule for an error of this module; null where none knows it.</summary>
    public static DiagnosisRule? FindByErrorId(string errorId) => s_byErrorId.Value.TryGetValue(errorId, out DiagnosisRule? rule) ? rule : null;

    /// <summary>The first rule of a family that a text fits; null where it fits none.</summary>
    public static RuleMatch? FindByText(IReadOnlyList<DiagnosisRule> family, string text)
    {
        foreach (DiagnosisRule rule in family)
        {
            if (rule.Match(text) is { } match)
                return new RuleMatch(rule, match);
        }

        return null;
    }

    /// <summary>Whether an error of sysprep's means nothing.</summary>
    public static bool IsNoise(string text) => FindByText(Noise, text) is not null;

    /// <summary>Whether a text that was cut off may have been noise before.</summary>
    public static bool IsBeginningOfNoise(string text)
    {
        string beginning = WithoutDigits(text);
        return Array.Exists(s_noiseExamples.Value, example => example.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));
    }

    // The numbers in a line differ from machine to machine.
    private static string WithoutDigits(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (char letter in text.Trim())
        {
            if (letter is < '0' or > '9')
                kept.Append(letter);
        }

        return kept.ToString();
    }

    private static Lazy<IReadOnlyList<DiagnosisRule>> Family(string name) => new(() => RuleReader.Read(name));

    private static Dictionary<string, DiagnosisRule> Index(Func<DiagnosisRule, IReadOnlyList<string>> keys)
    {
        var index = new Dictionary<string, DiagnosisRule>(StringComparer.OrdinalIgnoreCase);
        foreach (DiagnosisRule rule in All)
        {
            foreach (string key in keys(rule))
                index.Add(key, rule);
        }

        return index;
    }
}
