using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Policies;

/// <summary>Policy definitions and their assignments. Only the effect <c>deny</c> does something; others are kept and shown.</summary>
internal sealed class PolicySubject : IResourceSubject
{
    private static readonly string[] s_versions =
    [
        "2025-03-01", "2024-05-01", "2024-04-01", "2023-04-01", "2022-06-01", "2021-06-01", "2020-09-01", "2020-08-01", "2020-03-01", "2019-09-01",
        "2019-06-01", "2019-01-01", "2018-05-01", "2018-03-01", "2016-12-01", "2016-04-01", "2015-10-01-preview",
    ];

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        PolicyDefinitions.Register(registry, registry.Add(Untracked("policyDefinitions")));
        PolicyAssignments.Register(registry, registry.Add(Untracked("policyAssignments")));
    }

    private static ResourceType Untracked(string name) => new("Microsoft.Authorization", name, s_versions)
    {
        Tracked = false,
        NeedsLocation = false,
        DeletionTime = TimeSpan.Zero,
    };
}
