using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Copying;

/// <summary>Reads an image, what is behind its disks, and what is at its targets already. Changes nothing.</summary>
internal static class CopyPlanner
{
    /// <exception cref="ImageCmdletsException">ImageNotFound, ResourceBusy, ProvisioningFailed.</exception>
    public static async Task<CopySource> ReadSourceAsync(Operation operation, IReadOnlyList<CopyRegion> regions)
    {
        if (ResourceId.TryParse(regions[0].Target.SourceId) is { } version && version.Is(ResourceTypes.GalleryImageVersion))
            return await ReadVersionAsync(operation, version, regions).ConfigureAwait(false);

        CustomImage image = await ImageService.ReadAsync(operation, regions[0].Target.SourceId).ConfigureAwait(false);
        RequireFinished(image);
        var disks = new List<CopyDisk>();
        foreach (DiskReference reference in CopySource.DisksOf(image))
        {
            DiskFacts? facts = ResourceId.TryParse(reference.SourceId) is { } id ? await DiskReader.FindAsync(operation, id).ConfigureAwait(false) : null;
            disks.Add(new CopyDisk(reference) { Source = facts });
        }

        foreach (CopyDisk disk in disks)
            Warn(operation, image, disk);
        var source = new CopySource(image, disks, regions);
        await ChooseAsync(operation, source).ConfigureAwait(false);
        operation.Verbose($"'{image.Name}' is copied by {source.Route.Method}.");
        return source;
    }

    /// <summary>Looks whether the copy is there: made by an earlier run, or something else under its name.</summary>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists.</exception>
    public static async Task ReadTargetAsync(Operation operation, CopySource source, CopyRegion region)
    {
        ArmAnswer? found = await region.At(operation).Arm.FindAsync(region.Id.Text, ArmApiVersions.Compute, operation.CancellationToken).ConfigureAwait(false);
        if (found is null)
            return;

        CustomImage existing = ImageMapper.Map(found.Body);
        if (source.NeedsCreation(region, existing))
            await LearnCreationAsync(operation, source).ConfigureAwait(false);
        if (!source.IsCopy(region, existing))
        {
            throw new ImageCmdletsException(ErrorIds.ResourceAlreadyExists,
                $"The resource group '{region.Id.ResourceGroupName}' has an image '{region.Id.Name}' already, and it is no copy of what '{source.Image.Name}' is now.",
                region.Id.Text, "Remove that image first, or pass another -TargetName.");
        }

        region.Existing = existing;
        source.LearnFrom(region);
    }

    private static void Warn(Operation operation, CustomImage image, CopyDisk disk)
    {
        if (disk.Source?.DiskState == "Attached")
        {
            operation.Warning($"The disk '{disk.Source.Id.Name}' from which '{image.Name}' was made is attached to the running machine "
                + $"'{ResourceId.TryParse(disk.Source.ManagedBy)?.Name}': the copies hold what is on it now.");
        }

        if (disk.Source?.DiskEncryptionSetId is not null)
            operation.Warning($"The disk encryption set of '{disk.Source.Id.Name}' belongs to its region: the copies of '{image.Name}' are encrypted with a key of the platform.");
    }

    private static async Task<CopySource> ReadVersionAsync(Operation operation, ResourceId id, IReadOnlyList<CopyRegion> regions)
    {
        ImageCopyMethod method = CopyTenants.MethodOf(operation.Session, regions[0].There ?? operation.Session, regions[0].Target);
        if (method == ImageCopyMethod.SnapshotCopy)
        {
            throw new ImageCmdletsException(ErrorIds.CopySourceNotAvailable, $"The image version '{id.Name}' of '{id.ParentName}' has no disks of which snapshots could be taken.", id.Text,
                "Leave -Method out: disks are made of the version where it is replicated.");
        }

        CopySource source = await CopiedVersion.ReadAsync(operation, id, regions).ConfigureAwait(false);
        source.Route = method == ImageCopyMethod.BlobCopy ? new BlobRoute(byVersion: true) : new GalleryRoute();
        return source;
    }

    private static async Task ChooseAsync(Operation operation, CopySource source)
    {
        CopyRegion region = source.Regions[0];
        ImageCopyMethod method = CopyTenants.MethodOf(operation.Session, region.There ?? operation.Session, region.Target);
        if (method == ImageCopyMethod.BlobCopy)
            source.Route = new BlobRoute(byVersion: false);
        if (method != ImageCopyMethod.Gallery && !source.Names.KnowContent)
            await CopyLeftovers.RecoverAsync(operation, source).ConfigureAwait(false);
        if (method == ImageCopyMethod.Gallery || (method != ImageCopyMethod.SnapshotCopy && source.Failure is not null))
            await GoByGalleryAsync(operation, source, method == ImageCopyMethod.BlobCopy ? new BlobRoute(byVersion: true) : new GalleryRoute()).ConfigureAwait(false);
    }

    private static async Task GoByGalleryAsync(Operation operation, CopySource source, CopyRoute route)
    {
        if (source.Failure is { } failure)
            operation.Verbose($"No snapshots can be taken: {failure.Message}");
        source.Failure = null;
        source.Route = route;
        await LearnCreationAsync(operation, source).ConfigureAwait(false);
    }

    private static async Task LearnCreationAsync(Operation operation, CopySource source)
    {
        if (!source.KnowsCreation)
            source.LearnCreation(await ResourceCreation.ReadAsync(operation, source.Id).ConfigureAwait(false));
    }

    private static void RequireFinished(CustomImage image)
    {
        if (image.ProvisioningState is null or "Succeeded")
            return;

        throw image.ProvisioningState == "Failed"
            ? new ImageCmdletsException(ErrorIds.ProvisioningFailed, $"The image '{image.Name}' was never made: its state is Failed.", image.Id)
            : new ImageCmdletsException(ErrorIds.ResourceBusy, $"The image '{image.Name}' is in the state {image.ProvisioningState}.", image.Id);
    }
}
