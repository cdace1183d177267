using ImageCmdlets.Engine.Copying;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Marketplace;
using ImageCmdlets.Engine.Restoring;
using ImageCmdlets.Engine.SnapshotCopying;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Staging;

namespace ImageCmdlets.Engine.Sources;

/// <summary>What can become of a source: the very rules that the commands follow, asked without a command.</summary>
internal static class SourceTargets
{
    private const string MakeMachineFirst = "Make a machine of it with New-ImageVM, then Invoke-Generalize and New-CustomImage or New-ImageVersion.";
    private const string MakeSnapshotFirst = "Take snapshots with New-ImageSnapshot, and Export-ImageSnapshot these.";

    public static IReadOnlyList<ImageSourceTarget> OfMarketplace(MarketplaceImage image, bool isAccepted) =>
        OnlyMachine(image.Urn, isAccepted ? null : MarketplaceTerms.NotAccepted(image.Plan!), "Azure gives the disks of marketplace images to machines only.");

    public static IReadOnlyList<ImageSourceTarget> OfShared(SharedImage image, bool isAccepted) =>
        OnlyMachine(image.Id, isAccepted ? null : MarketplaceTerms.NotAccepted(image.Plan!), "Of an image that somebody else shares the commands make machines only.");

    public static IReadOnlyList<ImageSourceTarget> OfMachine(ImageVM vm, string? architecture) =>
    [
        Never(ImageTargetKind.VM, "A machine is made of images and snapshots, not of another machine.", ErrorIds.InvalidImageReference,
            "Take snapshots with New-ImageSnapshot, and pass them to Restore-ImageSnapshot -NewVMName; or make an image of it."),
        Able(ImageTargetKind.CustomImage, $"New-CustomImage -Source '{vm.Id}'",
            () => ImageRules.RequirePlain(vm.Name, vm.Id, vm.SecurityType, architecture), () => ImageRules.RequireGeneralized(vm)),
        Never(ImageTargetKind.Copy, "Copies are made of images.", ErrorIds.InvalidResourceId, "Make an image of it with New-CustomImage first, or copy its snapshots with Copy-ImageSnapshot."),
        Able(ImageTargetKind.ImageVersion, $"New-ImageVersion -Source '{vm.Id}'", () => VersionSourceReader.RequireMade(ResourceId.TryParse(vm.Id)!, vm.ProvisioningState)),
        Able(ImageTargetKind.Snapshot, $"New-ImageSnapshot -Source '{vm.Id}'", () => RequireManaged(vm)),
        Never(ImageTargetKind.Vhd, "The disks of a machine are exported by their snapshots.", ErrorIds.InvalidResourceId, MakeSnapshotFirst),
    ];

    public static IReadOnlyList<ImageSourceTarget> OfImage(CustomImage image)
    {
        void RequireMade() => VersionSourceReader.RequireMade(ResourceId.TryParse(image.Id)!, image.ProvisioningState);
        return
        [
            Able(ImageTargetKind.VM, $"New-ImageVM -Image '{image.Id}'", RequireMade),
            Never(ImageTargetKind.CustomImage, "It is a managed image already.", ErrorIds.InvalidResourceId, "Copy-CustomImage makes another one of it, in any region, group or subscription."),
            Able(ImageTargetKind.Copy, $"Copy-CustomImage -ResourceId '{image.Id}'", RequireMade),
            Able(ImageTargetKind.ImageVersion, $"New-ImageVersion -Source '{image.Id}'", RequireMade),
            Able(ImageTargetKind.Snapshot, $"New-ImageSnapshot -Source '{image.Id}'", () => Throw(StagedPlanner.NoSnapshotsOf(image))),
            Never(ImageTargetKind.Vhd, "Azure gives the disks of managed images to machines and gallery versions only.", ErrorIds.InvalidResourceId,
                "Make a gallery version of it with New-ImageVersion, take snapshots of that with New-ImageSnapshot, and Export-ImageSnapshot these."),
        ];
    }

    public static IReadOnlyList<ImageSourceTarget> OfDisk(DiskFacts disk) =>
    [
        NoMachineOf("disk"),
        ImageOf(disk),
        Never(ImageTargetKind.Copy, "Copies are made of images.", ErrorIds.InvalidResourceId, "Make an image of it with New-CustomImage first, or copy its snapshot with Copy-ImageSnapshot."),
        VersionOf(disk),
        Able(ImageTargetKind.Snapshot, $"New-ImageSnapshot -Source '{disk.Id.Text}'", () => RequireUsable(disk)),
        Never(ImageTargetKind.Vhd, "Disks are exported by their snapshots.", ErrorIds.InvalidResourceId, MakeSnapshotFirst),
    ];

    public static IReadOnlyList<ImageSourceTarget> OfSnapshot(DiskFacts snapshot) =>
    [
        Able(ImageTargetKind.VM, $"Restore-ImageSnapshot -ResourceId '{snapshot.Id.Text}' -NewVMName {snapshot.Id.Name}",
            () => RequireUsable(snapshot), () => SnapshotRestoring.RequireComplete(snapshot), () => RequireSystem(snapshot)),
        ImageOf(snapshot),
        Able(ImageTargetKind.Copy, $"Copy-ImageSnapshot -ResourceId '{snapshot.Id.Text}'",
            () => SnapshotCopyPlanner.RequireCopyable(snapshot), () => SnapshotCopyPlanner.RequireIncremental(snapshot, region: null)),
        VersionOf(snapshot),
        Never(ImageTargetKind.Snapshot, "It is a snapshot already.", ErrorIds.InvalidResourceId, "Copy-ImageSnapshot makes another one of it."),
        Able(ImageTargetKind.Vhd, $"Export-ImageSnapshot -ResourceId '{snapshot.Id.Text}'", () => RequireUsable(snapshot), () => SnapshotRestoring.RequireComplete(snapshot)),
    ];

    public static IReadOnlyList<ImageSourceTarget> OfVersion(ImageDefinition definition, ImageVersion version)
    {
        void RequireMade() => VersionSourceReader.RequireMade(ResourceId.TryParse(version.Id)!, version.ProvisioningState == "Updating" ? "Succeeded" : version.ProvisioningState);
        return
        [
            Able(ImageTargetKind.VM, $"New-ImageVM -Image '{version.Id}'", RequireMade),
            Never(ImageTargetKind.CustomImage, "New-CustomImage takes machines, disks, snapshots and VHDs.", ErrorIds.InvalidResourceId, "Copy-CustomImage makes managed images of image versions."),
            Able(ImageTargetKind.Copy, $"Copy-CustomImage -ResourceId '{version.Id}'", RequireMade, () => CopiedVersion.RequirePossible(version, definition)),
            Able(ImageTargetKind.ImageVersion, $"New-ImageVersion -Source '{version.Id}'", RequireMade),
            Able(ImageTargetKind.Snapshot, $"New-ImageSnapshot -Source '{version.Id}'", RequireMade),
            Never(ImageTargetKind.Vhd, "Image versions are exported by their snapshots.", ErrorIds.InvalidResourceId, MakeSnapshotFirst),
        ];
    }

    public static IReadOnlyList<ImageSourceTarget> OfBlob(string address) =>
    [
        NoMachineOf("VHD"),
        new(ImageTargetKind.CustomImage) { Command = $"New-CustomImage -Source '{address}'" },
        NoCopyOfVhd(),
        new(ImageTargetKind.ImageVersion) { Command = $"New-ImageVersion -Source '{address}'" },
        Never(ImageTargetKind.Snapshot, "Snapshots are taken of managed disks.", ErrorIds.InvalidResourceId, "Make an image of it with New-CustomImage."),
        Never(ImageTargetKind.Vhd, "It is a VHD already.", ErrorIds.InvalidResourceId, "Copy the blob with the tools of its storage account."),
    ];

    public static IReadOnlyList<ImageSourceTarget> OfFile(string path)
    {
        const string Upload = "Make a managed image of it with New-CustomImage -Path first, which uploads it.";
        return
        [
            NoMachineOf("VHD"),
            new(ImageTargetKind.CustomImage) { Command = $"New-CustomImage -Path '{path}'" },
            NoCopyOfVhd(),
            Never(ImageTargetKind.ImageVersion, "Azure makes versions of what it has.", ErrorIds.InvalidResourceId, Upload),
            Never(ImageTargetKind.Snapshot, "Snapshots are taken of managed disks.", ErrorIds.InvalidResourceId, Upload),
            Never(ImageTargetKind.Vhd, "It is a VHD already.", ErrorIds.InvalidResourceId, "Copy the file."),
        ];
    }

    private static ImageSourceTarget[] OnlyMachine(string image, ImageCmdletsException? refusal, string reason) =>
    [
        Able(ImageTargetKind.VM, $"New-ImageVM -Image '{image}'", () => Throw(refusal)),
        .. new[] { ImageTargetKind.CustomImage, ImageTargetKind.Copy, ImageTargetKind.ImageVersion, ImageTargetKind.Snapshot, ImageTargetKind.Vhd }.Select(target =>
            Never(target, reason, ErrorIds.InvalidResourceId, MakeMachineFirst)),
    ];

    private static ImageSourceTarget NoMachineOf(string kind) =>
        Never(ImageTargetKind.VM, $"New-ImageVM takes images, not a {kind}.", ErrorIds.InvalidImageReference, "Make an image of it with New-CustomImage first.");

    private static ImageSourceTarget NoCopyOfVhd() =>
        Never(ImageTargetKind.Copy, "Copies are made of images.", ErrorIds.InvalidResourceId, "Make an image of it with New-CustomImage first.");

    private static ImageSourceTarget ImageOf(DiskFacts disk) => Able(ImageTargetKind.CustomImage, $"New-CustomImage -Source '{disk.Id.Text}'",
        () => RequireUsable(disk),
        () => ImageRules.RequirePlain(disk.Id.Name, disk.Id.Text, disk.SecurityType, disk.Architecture),
        () => ImageRules.RequireStill(disk),
        () => ImageRules.OSType(disk.Id.Name, disk.Id.Text, disk.OSType, null));

    private static ImageSourceTarget VersionOf(DiskFacts disk) => Able(ImageTargetKind.ImageVersion, $"New-ImageVersion -Source '{disk.Id.Text}'",
        () => RequireUsable(disk), () => SnapshotRestoring.RequireComplete(disk), () => VersionSourceReader.RequireMade(disk.Id, disk.ProvisioningState));

    private static void RequireManaged(ImageVM vm)
    {
        foreach (DiskReference disk in SnapshotPlanner.DisksOf(vm, onlyOS: false))
            SnapshotPlanner.ManagedIdOf(vm, disk);
    }

    private static void RequireUsable(DiskFacts disk)
    {
        if (!disk.IsUsable)
            throw new ImageCmdletsException(ErrorIds.ProvisioningFailed, $"'{disk.Id.Name}' holds nothing that could be used: its making or its copy ended as failed.", disk.Id.Text, "Make it anew.");
    }

    private static void RequireSystem(DiskFacts snapshot)
    {
        if (snapshot.OSType is null)
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"The snapshot '{snapshot.Id.Name}' is of a data disk.", snapshot.Id.Text,
                "Pass all snapshots of the set, that of the OS disk among them: those with the same SetId.");
        }

        NewVMRules.RequireStartable(snapshot);
    }

    private static void Throw(ImageCmdletsException? refusal)
    {
        if (refusal is not null)
            throw refusal;
    }

    private static ImageSourceTarget Able(ImageTargetKind target, string command, params Action[] rules)
    {
        try
        {
            foreach (Action rule in rules)
                rule();
            return new ImageSourceTarget(target) { Command = command };
        }
        catch (ImageCmdletsException refusal)
        {
            return Never(target, refusal.Message, refusal.ErrorId, refusal.RecommendedAction) with { Command = command };
        }
    }

    private static ImageSourceTarget Never(ImageTargetKind target, string reason, string errorId, string advice) =>
        new(target) { Reason = reason, ErrorId = errorId, RecommendedAction = advice };
}
