using System.Management.Automation;
using ImageCmdlets.Engine.Copying;
using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Commands;

/// <summary>Copies managed images with all their disks to other regions, resource groups and subscriptions; one result for each region.</summary>
[Cmdlet(VerbsCommon.Copy, "CustomImage", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true)]
[OutputType(typeof(ImageCopyResult))]
public sealed class CopyCustomImageCommand : CopyCmdlet<CustomImage, ImageCopyTarget>
{
    /// <summary>A session signed in at the tenant of the copies, from another sign-in than that of the source.</summary>
    [Parameter]
    [ValidateNotNull]
    public ImageSession? TargetSession { get; set; }

    /// <summary>The way of the bytes: snapshots, a temporary gallery version, or the storage service's own copying of pages; without it snapshots
    /// where the image's disks are still there, else a gallery, and pages to a session of another tenant.</summary>
    [Parameter]
    public ImageCopyMethod Method { get; set; }

    /// <summary>Copy into a gallery: the gallery of the image definition, in -TargetResourceGroupName or else the source's group.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(GalleryNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? GalleryName { get; set; }

    /// <summary>With -GalleryName: the image definition of which the copy becomes a version. A version of that definition gets the regions.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DefinitionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? DefinitionName { get; set; }

    /// <summary>The id of the image definition, instead of -GalleryName and -DefinitionName.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DefinitionId { get; set; }

    /// <summary>Into a gallery: the number of the new version; without it the version that was made of the source, or the next number.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Version { get; set; }

    /// <summary>Into a gallery: always make a new version, numbered so.</summary>
    [Parameter]
    public VersionIncrement Increment { get; set; }

    private bool IsIntoGallery => GalleryName is not null || DefinitionName is not null || DefinitionId is not null;

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        .. base.ArgumentProblems(),
        GalleryName is null == DefinitionName is null ? null
            : new ImageCmdletsException(ErrorIds.InvalidArgument, "-GalleryName and -DefinitionName go together.", GalleryName ?? DefinitionName, "Pass both, or -DefinitionId."),
        ArgumentCheck.NotWith(DefinitionId is not null && GalleryName is not null, nameof(GalleryName), nameof(DefinitionId)),
        ArgumentCheck.NotWith(IsIntoGallery && TargetName is not null, nameof(TargetName), "DefinitionName"),
        ArgumentCheck.NotWith(IsIntoGallery && TargetSession is not null, nameof(TargetSession), "DefinitionName"),
        ArgumentCheck.NotWith(IsIntoGallery && Method is not (ImageCopyMethod.Auto or ImageCopyMethod.Gallery), nameof(Method), "DefinitionName"),
        ArgumentCheck.NotWith(Version is not null && IsBound(nameof(Increment)), nameof(Increment), nameof(Version)),
        !IsIntoGallery && (Version is not null || IsBound(nameof(Increment)))
            ? new ImageCmdletsException(ErrorIds.InvalidArgument, "Only versions in a gallery have numbers.", Version ?? $"{Increment}", "Pass -GalleryName and -DefinitionName, or leave the number out.")
            : null,
    ];

    private protected override ImageSession? LocationSession => TargetSession;

    private protected override string? LocationSubscriptionId => TargetSubscriptionId ?? TargetSession?.SubscriptionId ?? SubscriptionId;

    private protected override string TargetType => ResourceTypes.Image;

    private protected override bool IsTarget(ResourceId id) => id.Is(ResourceTypes.Image) || id.Is(ResourceTypes.GalleryImageVersion);

    private protected override string ActionName => "Copy image";

    private protected override string Extent => " with all its disks";

    private protected override bool CanExplain => true;

    private protected override void Explain(ImageSession session, IReadOnlyList<ImageCopyTarget> copies, RunOptions run)
    {
        KeepingSink? plans = null;
        Run((sink, token) => CopyService.PlanAsync(session, copies, run, plans = new KeepingSink(sink), token));
        foreach (ImageCopyPlan plan in plans?.Items<ImageCopyPlan>() ?? [])
            ShouldProcess(CopyPlanText.Of(plan), string.Empty, string.Empty);
    }

    private protected override IReadOnlyList<ImageCopyTarget> Plan(ResourceId id, IReadOnlyDictionary<string, string>? tags) => CopyService.Targets(new CopyImageOptions
    {
        SourceId = id.Text,
        Location = Location,
        TargetSubscriptionId = TargetSubscriptionId,
        TargetResourceGroupName = TargetResourceGroupName,
        TargetName = TargetName,
        TargetSession = TargetSession,
        Gallery = IsIntoGallery ? GalleryTarget(id) : null,
        Method = Method,
        Tag = tags,
    });

    private protected override (string Source, string Target, string Location) Describe(ImageCopyTarget copy) => (copy.SourceId, copy.Id, copy.Location);

    private protected override Task CopyAsync(ImageSession session, IReadOnlyList<ImageCopyTarget> copies, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        CopyService.CopyAsync(session, copies, run, sink, cancellationToken);

    private GalleryCopyTarget GalleryTarget(ResourceId source)
    {
        ResourceId gallery = GalleryIds.Gallery(TargetSubscriptionId ?? source.SubscriptionId, TargetResourceGroupName ?? source.ResourceGroupName!, GalleryName ?? string.Empty);
        return new GalleryCopyTarget
        {
            DefinitionId = DefinitionId ?? GalleryIds.Definition(gallery, DefinitionName!).Text,
            Version = Version,
            Increment = IsBound(nameof(Increment)) ? Increment : null,
        };
    }
}
