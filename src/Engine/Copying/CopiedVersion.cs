using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Copying;

/// <summary>An image version that is copied to managed images.</summary>
/// <remarks>What a managed image cannot be is refused: Azure keeps no such machines in them ("Managed images" and "Azure Compute Gallery" of
/// Microsoft's documentation).</remarks>
internal static class CopiedVersion
{
    private static readonly ResourceReader s_definitions = new(ResourceTypes.GalleryImage, ErrorIds.ImageNotFound);

    /// <summary>The image that a version would be in its own group: its definition's name says what it is.</summary>
    public static ResourceId PlaceOf(ResourceId version) =>
        ResourceId.Of(version.SubscriptionId, version.ResourceGroupName!, ResourceTypes.Image, $"{version.ParentName}-{version.Name}");

    /// <summary>Reads a version and its definition.</summary>
    /// <exception cref="ImageCmdletsException">ImageNotFound, ResourceBusy, ProvisioningFailed; OperationNotSupported, SecurityTypeNotSupported, ArchitectureNotSupported: no
    /// managed image can be made of it.</exception>
    public static async Task<CopySource> ReadAsync(Operation operation, ResourceId id, IReadOnlyList<CopyRegion> regions)
    {
        ImageVersion version = await VersionService.ReadAsync(operation, id).ConfigureAwait(false);
        ImageDefinition definition = GalleryMapper.Definition(await s_definitions.ReadOneAsync(operation, DefinitionOf(id)).ConfigureAwait(false));
        RequirePossible(version, definition);
        RequireFinished(version);
        if (version.TargetRegion.Any(region => region.DiskEncryptionSetId is not null || region.DataDiskEncryptionSetId.Count > 0))
            operation.Warning($"The version '{id.Name}' of '{id.ParentName}' is encrypted with keys of a disk encryption set: the images made of it are encrypted with a key of the platform.");

        DiskReference[] disks = [.. new[] { version.OSDisk! }.Concat(version.DataDisk).Select(disk => disk with { SourceId = id.Text })];
        var image = new CustomImage(id.Text)
        {
            Location = version.Location,
            OSType = definition.OSType,
            OSState = definition.OSState,
            HyperVGeneration = definition.HyperVGeneration,
            OSDisk = disks[0],
            DataDisk = [.. disks.Skip(1)],
            SizeGB = version.SizeGB,
            Plan = definition.Plan,
            Tag = version.Tag,
            ProvisioningState = version.ProvisioningState,
        };
        var source = new CopySource(image, [.. CopySource.DisksOf(image).Select(disk => new CopyDisk(disk))], regions)
        {
            ReplicatedTo = [.. version.TargetRegion.Where(region => region.State == "Completed").Select(region => region.Location)],
        };
        source.LearnCreation(version.PublishedDate ?? throw new ImageCmdletsException(ErrorIds.InvalidResponse, $"Azure does not say when the version '{id.Name}' of '{id.ParentName}' was published.", id.Text));
        return source;
    }

    private static string DefinitionOf(ResourceId version) => version.Text.Substring(0, version.Text.LastIndexOf("/versions/", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a managed image can be what a version is.</summary>
    /// <exception cref="ImageCmdletsException">OperationNotSupported, SecurityTypeNotSupported, ArchitectureNotSupported.</exception>
    public static void RequirePossible(ImageVersion version, ImageDefinition definition)
    {
        const string cure = "Make a version of it in the gallery of your choice with New-ImageVersion, and machines of that.";
        if (string.Equals(definition.OSState, "Specialized", StringComparison.OrdinalIgnoreCase))
            throw new ImageCmdletsException(ErrorIds.OperationNotSupported, $"The image definition '{definition.Name}' is of specialized machines, and managed images are of generalized ones.", version.Id, cure);
        if (definition.SecurityType is "TrustedLaunch" or "ConfidentialVM")
            throw new ImageCmdletsException(ErrorIds.SecurityTypeNotSupported, $"The image definition '{definition.Name}' is of the security type {definition.SecurityType}, which managed images do not have.", version.Id, cure);
        if (string.Equals(definition.Architecture, "Arm64", StringComparison.OrdinalIgnoreCase))
            throw new ImageCmdletsException(ErrorIds.ArchitectureNotSupported, $"The image definition '{definition.Name}' is for Arm64, and managed images are for x64 only.", version.Id, cure);
    }

    private static void RequireFinished(ImageVersion version)
    {
        if (version.OSDisk is null || version.ProvisioningState == "Failed")
            throw new ImageCmdletsException(ErrorIds.ProvisioningFailed, $"The version '{version.Name}' of '{version.DefinitionName}' was never made.", version.Id);
        if (version.ProvisioningState is not (null or "Succeeded" or "Updating"))
            throw new ImageCmdletsException(ErrorIds.ResourceBusy, $"The version '{version.Name}' of '{version.DefinitionName}' is in the state {version.ProvisioningState}.", version.Id);
    }
}
