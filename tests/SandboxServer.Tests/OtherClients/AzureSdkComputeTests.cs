using Azure;
using Azure.Core;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Compute.Models;
using Azure.ResourceManager.Resources;

namespace ImageCmdlets.SandboxServer.Tests.OtherClients;

/// <summary>The Azure SDK for .NET's own models of galleries, signatures and scale sets, none of them through our engine.</summary>
[Trait("Category", "OtherClients")]
public sealed class AzureSdkComputeTests(AzureSdkSession session) : IClassFixture<AzureSdkSession>
{
    private static readonly AzureLocation s_here = new("westeurope");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_snapshot_becomes_a_version_in_two_regions()
    {
        ResourceGroupResource group = await session.CreateGroupAsync("galleries", Cancelled);
        SnapshotResource snapshot = await SnapshotAsync(group);
        GalleryResource gallery = (await group.GetGalleries().CreateOrUpdateAsync(WaitUntil.Completed, "g1", new GalleryData(s_here), Cancelled)).Value;
        var definition = new GalleryImageData(s_here)
        {
            OSType = SupportedOperatingSystemType.Linux,
            OSState = OperatingSystemStateType.Specialized,
            HyperVGeneration = HyperVGeneration.V2,
            Identifier = new GalleryImageIdentifier("pub", "offer", "sku"),
        };
        GalleryImageResource image = (await gallery.GetGalleryImages().CreateOrUpdateAsync(WaitUntil.Completed, "d1", definition, Cancelled)).Value;
        var data = new GalleryImageVersionData(s_here)
        {
            StorageProfile = new GalleryImageVersionStorageProfile
            {
                OSDiskImage = new GalleryOSDiskImage { GallerySource = new GalleryDiskImageSource { Id = snapshot.Id } },
            },
            PublishingProfile = new GalleryImageVersionPublishingProfile
            {
                TargetRegions = { new TargetRegion("West Europe"), new TargetRegion("North Europe") { RegionalReplicaCount = 2 } },
            },
        };
        await image.GetGalleryImageVersions().CreateOrUpdateAsync(WaitUntil.Completed, "1.0.0", data, Cancelled);
        GalleryImageVersionResource version = await image.GetGalleryImageVersions().GetAsync("1.0.0", ReplicationStatusType.ReplicationStatus, Cancelled);
        Assert.Equal(AggregatedReplicationState.Completed, version.Data.ReplicationStatus.AggregatedState);

        // Azure tells the regions by their short names here, whatever they were called before (recorded).
        Assert.Equal([("westeurope", 100), ("northeurope", 100)], version.Data.ReplicationStatus.Summary.Select(static region => (region.Region, region.Progress ?? -1)));
        await version.DeleteAsync(WaitUntil.Completed, Cancelled);
        Assert.False(await image.GetGalleryImageVersions().ExistsAsync("1.0.0", cancellationToken: Cancelled));
    }

    [Fact]
    public async Task A_signature_for_a_disk_is_given_and_taken_back()
    {
        ResourceGroupResource group = await session.CreateGroupAsync("signatures", Cancelled);
        ManagedDiskResource disk = await DiskAsync(group);
        AccessUri access = (await disk.GrantAccessAsync(WaitUntil.Completed, new GrantAccessData(AccessLevel.Read, 600), Cancelled)).Value;
        Assert.Equal("127.0.0.1", new Uri(access.AccessSas).Host);
        Assert.Equal(DiskState.ActiveSas, (await disk.GetAsync(Cancelled)).Value.Data.DiskState);
        await disk.RevokeAccessAsync(WaitUntil.Completed, Cancelled);
        Assert.Equal(DiskState.Unattached, (await disk.GetAsync(Cancelled)).Value.Data.DiskState);
    }

    [Fact]
    public async Task Skus_of_a_region_and_versions_of_an_image_are_listed()
    {
        SubscriptionResource subscription = await session.Client.GetDefaultSubscriptionAsync(Cancelled);
        var sizes = new List<string>();
        await foreach (ComputeResourceSku sku in subscription.GetComputeResourceSkusAsync("location eq 'westeurope'", cancellationToken: Cancelled))
        {
            if (sku.ResourceType == "virtualMachines") sizes.Add(sku.Name);
        }

        Assert.Contains("Standard_D2s_v3", sizes);
        var skus = new List<string>();
        await foreach (VirtualMachineImageBase sku in subscription.GetVirtualMachineImageSkusAsync(s_here, "Debian", "debian-12", Cancelled)) skus.Add(sku.Name);
        Assert.Contains("12-gen2", skus);
    }

    [Fact]
    public async Task A_size_that_shrinks_is_refused_as_Azure_refuses_it()
    {
        ResourceGroupResource group = await session.CreateGroupAsync("shrinking", Cancelled);
        ManagedDiskResource disk = await DiskAsync(group);
        RequestFailedException refused = await Assert.ThrowsAsync<RequestFailedException>(
            () => disk.UpdateAsync(WaitUntil.Completed, new ManagedDiskPatch { DiskSizeGB = 1 }, Cancelled));
        Assert.Equal((409, "OperationNotAllowed"), (refused.Status, refused.ErrorCode));
        ManagedDiskResource grown = (await disk.UpdateAsync(WaitUntil.Completed, new ManagedDiskPatch { DiskSizeGB = 8 }, Cancelled)).Value;
        Assert.Equal(8, grown.Data.DiskSizeGB);
    }

    [Fact]
    public async Task An_availability_set_and_a_proximity_group_name_each_other()
    {
        ResourceGroupResource group = await session.CreateGroupAsync("sets", Cancelled);
        ProximityPlacementGroupResource near = (await group.GetProximityPlacementGroups().CreateOrUpdateAsync(
            WaitUntil.Completed, "near", new ProximityPlacementGroupData(s_here), Cancelled)).Value;
        var data = new AvailabilitySetData(s_here)
        {
            Sku = new ComputeSku { Name = "Aligned" },
            PlatformFaultDomainCount = 2,
            PlatformUpdateDomainCount = 5,
            ProximityPlacementGroupId = near.Id,
        };
        AvailabilitySetResource set = (await group.GetAvailabilitySets().CreateOrUpdateAsync(WaitUntil.Completed, "set", data, Cancelled)).Value;
        Assert.Equal(near.Id.Name, set.Data.ProximityPlacementGroupId.Name, ignoreCase: true);
        near = await near.GetAsync(cancellationToken: Cancelled);
        Assert.Equal("set", Assert.Single(near.Data.AvailabilitySets).Id.Name, ignoreCase: true);
    }

    private static async Task<ManagedDiskResource> DiskAsync(ResourceGroupResource group)
    {
        var data = new ManagedDiskData(s_here)
        {
            OSType = SupportedOperatingSystemType.Linux,
            HyperVGeneration = HyperVGeneration.V2,
            CreationData = new DiskCreationData(DiskCreateOption.Empty),
            DiskSizeGB = 4,
        };
        return (await group.GetManagedDisks().CreateOrUpdateAsync(WaitUntil.Completed, "disk", data, Cancelled)).Value;
    }

    private static async Task<SnapshotResource> SnapshotAsync(ResourceGroupResource group)
    {
        ManagedDiskResource disk = await DiskAsync(group);
        var data = new SnapshotData(s_here)
        {
            CreationData = new DiskCreationData(DiskCreateOption.Copy) { SourceResourceId = disk.Id },
            Incremental = true,
        };
        return (await group.GetSnapshots().CreateOrUpdateAsync(WaitUntil.Completed, "snapshot", data, Cancelled)).Value;
    }
}
