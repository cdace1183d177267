using System.Text.RegularExpressions;

namespace ImageCmdlets.Engine.Diagnosis;

/// <summary>One rule of the catalogue: by what an error is known, why it comes, and what to do about it.</summary>
internal sealed record DiagnosisRule
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    // Longer texts are dumps; what names a cause stands at their beginning.
    private const int LongestText = 8192;

    // No pattern of the catalogue comes near it. It keeps a text that was made to be slow from stopping a pipeline.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);
    private static readonly Regex s_placeholder = new(@"\{(?<name>[a-z][A-Za-z]*)\}", RegexOptions.CultureInvariant);

    private readonly Lazy<Regex[]> _patterns;

    public DiagnosisRule(string id, IReadOnlyList<string> patterns)
    {
        Id = id;
        Pattern = patterns;
        _patterns = new Lazy<Regex[]>(() => [.. patterns.Select(pattern => new Regex(pattern, Options, s_limit))]);
    }

    /// <summary>Family and name.</summary>
    public string Id { get; }

    public IReadOnlyList<string> Pattern { get; }

    public RuleKind Kind { get; init; }

    public FindingSeverity Severity { get; init; }

    /// <summary>What is wrong. <c>{name}</c> stands for the group of that name of the pattern that fitted, here and in the fix.</summary>
    public required string Message { get; init; }

    public string? Cause { get; init; }

    public string? Fix { get; init; }

    public string? Reference { get; init; }

    /// <summary>Codes of Azure's or of Windows' that mean this wherever they appear.</summary>
    public IReadOnlyList<string> Code { get; init; } = [];

    /// <summary>Ids of this module's errors that mean this.</summary>
    public IReadOnlyList<string> ErrorId { get; init; } = [];

    /// <summary>Texts as they are really seen.</summary>
    public IReadOnlyList<string> Example { get; init; } = [];

    /// <summary>Where a text fits; null where it does not.</summary>
    public Match? Match(string text)
    {
        string start = text.Length <= LongestText ? text : text.Substring(0, LongestText);
        foreach (Regex pattern in _patterns.Value)
        {
            try
            {
                if (pattern.Match(start) is { Success: true } match)
                    return match;
            }
            catch (RegexMatchTimeoutException)
            {
                // A text that takes that long is none that anybody has seen.
            }
        }

        return null;
    }

    /// <summary>What this rule says of an error.</summary>
    /// <param name="match">How the error's text fitted; null where it was known by its code.</param>
    /// <param name="evidence">The error, word for word.</param>
    /// <param name="target">What it is about.</param>
    public ImageFinding Find(Match? match = null, string? evidence = null, string? target = null) =>
        new(Id, Severity, Fill(Message, match))
        {
            Evidence = evidence,
            Cause = Cause is null ? null : Fill(Cause, match),
            Fix = Fix is null ? null : Fill(Fix, match),
            Reference = Reference,
            Target = target,
        };

    private static string Fill(string text, Match? match) => s_placeholder.Replace(text, placeholder =>
    {
        string name = placeholder.Groups["name"].Value;
        return match?.Groups[name] is { Success: true } group ? group.Value : $"<{name}>";
    });
}
