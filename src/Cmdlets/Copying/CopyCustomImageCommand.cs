using System.Management.Automation;
using ImageCmdlets.Engine.Copying;

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
        Method = Method,
        Tag = tags,
    });

    private protected override (string Source, string Target, string Location) Describe(ImageCopyTarget copy) => (copy.SourceId, copy.Id, copy.Location);

    private protected override Task CopyAsync(ImageSession session, IReadOnlyList<ImageCopyTarget> copies, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        CopyService.CopyAsync(session, copies, run, sink, cancellationToken);
}
