using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Compute;

/// <summary>What the subjects of Microsoft.Compute share: the addresses of their operations.</summary>
internal sealed class ComputeSubject : IResourceSubject
{
    public const string Namespace = "Microsoft.Compute";

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        OperationEndpoints.Register(
            registry, Namespace, "operations", ComputeApiVersions.Compute, ComputeRateLimits.GetOperation);
        OperationEndpoints.Register(
            registry, Namespace, "DiskOperations", ComputeApiVersions.Disks, ComputeRateLimits.GetDiskOperation);
        OperationEndpoints.Register(
            registry, Namespace, "capsOperations", ComputeApiVersions.Galleries, ComputeRateLimits.GetGalleryOperation);
    }
}
