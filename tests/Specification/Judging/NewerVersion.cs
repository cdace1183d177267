namespace ImageCmdlets.Tests.Specification;

/// <summary>A version newer than the documents of the folder that the engine needs: held against the newest there is, and what it adds is named.</summary>
/// <param name="Type">The resource type whose requests speak it, those of its children included.</param>
/// <param name="Version">The version.</param>
/// <param name="Member">How the places end that this version has and the documents have not.</param>
/// <param name="Why">What the engine needs it for.</param>
public sealed record NewerVersion(string Type, string Version, IReadOnlyList<string> Member, string Why)
{
    /// <summary>Whether a request speaks it.</summary>
    public bool IsOf(string path, string version) =>
        version == Version && path.Contains($"/providers/{Type}", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a member that the documents lack is one that the version adds.</summary>
    public bool Adds(Violation violation) =>
        violation.Rule == "unknown" && Member.Any(member => violation.Pointer.EndsWith(member, StringComparison.Ordinal));
}
