namespace ImageCmdlets.Tests.Specification;

/// <summary>What the judge says of an exchange.</summary>
/// <param name="Outcome">Against what it was held, or why against nothing.</param>
/// <param name="Violations">What is wrong with it.</param>
public sealed record Judgement(string Outcome, IReadOnlyList<Violation> Violations)
{
    /// <summary>Outcome: held against the operation of the version that it asks for.</summary>
    public const string ByItsVersion = "judged";

    /// <summary>Outcome: the library lacks the version, so the answer was held against the nearest that it has.</summary>
    public const string ByAnotherVersion = "answer judged by the nearest version";

    /// <summary>Whether the library has something about it.</summary>
    public bool IsJudged => Outcome is ByItsVersion or ByAnotherVersion;

    internal static Judgement No(string why) => new($"not judged: {why}", []);
}
