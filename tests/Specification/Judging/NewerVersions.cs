namespace ImageCmdlets.Tests.Specification;

/// <summary>All newer versions that the engine may speak. Nothing else excuses one that nobody can check.</summary>
public static class NewerVersions
{
    /// <summary>The list. The members are those of Microsoft's published document of the version.</summary>
    public static IReadOnlyList<NewerVersion> All { get; } =
    [
        new("Microsoft.Compute/galleries", "2024-03-03", ["/safetyProfile/blockDeletionBeforeEndOfLife", "/properties/restore"],
            "the list of soft-deleted versions, and versions that are not to be deleted before their end of life"),
    ];

    /// <summary>The one that a request speaks; null for any other version.</summary>
    public static NewerVersion? Find(string path, string version) => All.FirstOrDefault(newer => newer.IsOf(path, version));
}
