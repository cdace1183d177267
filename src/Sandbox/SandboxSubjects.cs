using ImageCmdlets.Sandbox.AvailabilitySets;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Deployments;
using ImageCmdlets.Sandbox.DiskEncryptionSets;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Features;
using ImageCmdlets.Sandbox.Galleries;
using ImageCmdlets.Sandbox.Images;
using ImageCmdlets.Sandbox.KeyVaults;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.Locks;
using ImageCmdlets.Sandbox.ManagedIdentities;
using ImageCmdlets.Sandbox.Marketplace;
using ImageCmdlets.Sandbox.Networks;
using ImageCmdlets.Sandbox.Policies;
using ImageCmdlets.Sandbox.Providers;
using ImageCmdlets.Sandbox.ProximityPlacementGroups;
using ImageCmdlets.Sandbox.ResourceGraph;
using ImageCmdlets.Sandbox.ResourceGroups;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.RestorePoints;
using ImageCmdlets.Sandbox.RoleAssignments;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.ScaleSets;
using ImageCmdlets.Sandbox.Snapshots;
using ImageCmdlets.Sandbox.SshPublicKeys;
using ImageCmdlets.Sandbox.Storage;
using ImageCmdlets.Sandbox.Subscriptions;
using ImageCmdlets.Sandbox.Tags;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox;

/// <summary>The subjects of which the sandbox's world is made. A new provider adds its line here.</summary>
internal static class SandboxSubjects
{
    public static IReadOnlyList<IResourceSubject> All { get; } =
    [
        new SubscriptionSubject(),
        new LocationSubject(),
        new ProviderSubject(),
        new ResourceGroupSubject(),
        new ResourceSubject(),
        new TagSubject(),
        new ComputeSubject(),
        new DiskSubject(),
        new SnapshotSubject(),
        new DiskEncryptionSetSubject(),
        new KeyVaultSubject(),
        new ImageSubject(),
        new GallerySubject(),
        new NetworkSubject(),
        new DeploymentSubject(),
        new LockSubject(),
        new RoleSubject(),
        new PolicySubject(),
        new FeatureSubject(),
        new GraphSubject(),
        new ManagedIdentitySubject(),
        new MarketplaceSubject(),
        new ExtensionImageSubject(),
        new AgreementSubject(),
        new VmSubject(),
        new ScaleSetSubject(),
        new RestorePointSubject(),
        new AvailabilitySetSubject(),
        new ProximityPlacementGroupSubject(),
        new SshPublicKeySubject(),
        new StorageSubject(),
    ];
}
