using Azure;
using Azure.Core;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Compute.Models;
using ImageCmdlets.Engine.Arm;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Begins the making of galleries, their image definitions and versions.</summary>
/// <remarks>Source: <c>Galleries_CreateOrUpdate</c>, <c>GalleryImages_CreateOrUpdate</c>, <c>GalleryImageVersions_CreateOrUpdate</c>.</remarks>
internal static class GalleryWriter
{
    public static Task<ArmAnswer> BeginGalleryAsync(Operation operation, ResourceId id, string location, string description, IReadOnlyDictionary<string, string> tags)
    {
        var data = new GalleryData(new AzureLocation(location)) { Description = description };
        Fill(data.Tags, tags);
        return operation.Arm.BeginAsync(id.Text, client =>
            client.GroupOf(id).GetGalleries().CreateOrUpdateAsync(WaitUntil.Started, id.Name, data, operation.CancellationToken), operation.CancellationToken);
    }

    public static Task<ArmAnswer> BeginDefinitionAsync(Operation operation, ResourceId id, GalleryDefinitionContent content)
    {
        var data = new GalleryImageData(new AzureLocation(content.Location))
        {
            OSType = content.OSType == "Windows" ? SupportedOperatingSystemType.Windows : SupportedOperatingSystemType.Linux,
            OSState = content.OSState == "Specialized" ? OperatingSystemStateType.Specialized : OperatingSystemStateType.Generalized,
            HyperVGeneration = content.HyperVGeneration is null ? default(HyperVGeneration?) : new HyperVGeneration(content.HyperVGeneration),
            Identifier = new GalleryImageIdentifier(content.Publisher, content.Offer, content.Sku),
            PurchasePlan = content.Plan is { } plan ? new ImagePurchasePlan { Publisher = plan.Publisher, Product = plan.Product, Name = plan.Name } : null,
        };
        Fill(data.Tags, content.Tag);
        ResourceIdentifier gallery = new ResourceIdentifier(id.Text).Parent!;
        return operation.Arm.BeginAsync(id.Text, client =>
            client.GetGalleryResource(gallery).GetGalleryImages().CreateOrUpdateAsync(WaitUntil.Started, id.Name, data, operation.CancellationToken), operation.CancellationToken);
    }

    /// <param name="operation">The running command.</param>
    /// <param name="id">The version.</param>
    /// <param name="content">What it is made of, and where.</param>
    /// <param name="isOnce">That a version which is there after a lost answer is the answer; who asks looks whether it is as wanted.</param>
    public static Task<ArmAnswer> BeginVersionAsync(Operation operation, ResourceId id, GalleryVersionContent content, bool isOnce = false)
    {
        var publishing = new GalleryImageVersionPublishingProfile { IsExcludedFromLatest = content.ExcludeFromLatest };
        foreach (string region in content.TargetRegion)
            publishing.TargetRegions.Add(new TargetRegion(region) { RegionalReplicaCount = 1 });
        var data = new GalleryImageVersionData(new AzureLocation(content.Location))
        {
            PublishingProfile = publishing,
            StorageProfile = new GalleryImageVersionStorageProfile { GallerySource = new GalleryArtifactVersionFullSource { Id = new ResourceIdentifier(content.SourceId) } },
            SafetyProfile = new GalleryImageVersionSafetyProfile { AllowDeletionOfReplicatedLocations = content.AllowsRemovalOfRegions },
        };
        Fill(data.Tags, content.Tag);
        ResourceIdentifier definition = new ResourceIdentifier(id.Text).Parent!;
        return operation.Arm.BeginAsync(id.Text, client =>
            client.GetGalleryImageResource(definition).GetGalleryImageVersions().CreateOrUpdateAsync(WaitUntil.Started, id.Name, data, operation.CancellationToken), operation.CancellationToken, isOnce);
    }

    private static void Fill(IDictionary<string, string> target, IReadOnlyDictionary<string, string> tags)
    {
        foreach (KeyValuePair<string, string> tag in tags)
            target[tag.Key] = tag.Value;
    }
}
