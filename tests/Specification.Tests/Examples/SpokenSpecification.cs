using ImageCmdlets.Tests.Specification;

namespace ImageCmdlets.Specification.Tests.Examples;

/// <summary>The documents of the versions that the SDK speaks, of the providers that images need.</summary>
internal static class SpokenSpecification
{
    private static readonly string[] s_folders =
    [
        "Microsoft.Compute/ComputeRP/stable/2023-07-01", "Microsoft.Compute/DiskRP/stable/2023-04-02",
        "Microsoft.Compute/GalleryRP/stable/2022-03-03", "Microsoft.Compute/Skus/stable/2021-07-01",
        "Microsoft.MarketplaceOrdering/stable/2021-01-01", "Microsoft.Authorization/stable/2022-04-01",
        "Microsoft.Resources/stable/2021-04-01", "Microsoft.Resources/stable/2022-09-01", "Microsoft.Resources/stable/2022-12-01",
    ];

    // Images live in resource groups: deployments of anything else are nobody's business here.
    private static readonly string[] s_otherScopes = ["AtScope", "AtTenantScope", "AtManagementGroupScope", "AtSubscriptionScope"];

    /// <summary>All operations, document by document; none when there is no specification.</summary>
    public static IReadOnlyList<SpecificationOperation> Operations { get; } =
    [
        .. (SpecificationLibrary.Shared?.Documents ?? [])
            .Where(static document => s_folders.Any(folder => document.File.Replace('\\', '/').Contains($"/{folder}/", StringComparison.Ordinal)))
            .SelectMany(static document => document.Operations)
            .Where(static operation => !operation.Id.StartsWith("Deployment", StringComparison.Ordinal)
                || !s_otherScopes.Any(scope => operation.Id.EndsWith(scope, StringComparison.Ordinal))),
    ];
}
