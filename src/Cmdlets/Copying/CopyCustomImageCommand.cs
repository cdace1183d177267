using System.Collections;
using System.Management.Automation;
using ImageCmdlets.Engine.Copying;

namespace ImageCmdlets.Commands;

/// <summary>Copies managed images with all their disks to other regions, resource groups and subscriptions; one result for each region.</summary>
[Cmdlet(VerbsCommon.Copy, "CustomImage", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true)]
[OutputType(typeof(ImageCopyResult))]
public sealed class CopyCustomImageCommand : TargetCmdlet<CustomImage>
{
    private readonly List<ImageCopyTarget> _copies = [];

    /// <summary>The regions to copy to, side by side.</summary>
    [Parameter(Mandatory = true)]
    [Alias("l", "TargetLocation")]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Location { get; set; } = [];

    /// <summary>The resource group of the copies, which must exist; without it the source's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string? TargetResourceGroupName { get; set; }

    /// <summary>The name of the copy, with the region behind it where there are several; without it the source's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TargetName { get; set; }

    /// <summary>The subscription of the copies; without it the source's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? TargetSubscriptionId { get; set; }

    /// <summary>Tags of the copies; without it the source's.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Tag { get; set; }

    private protected override string TargetType => ResourceTypes.Image;

    private protected override IReadOnlyList<string> GivenLocations => Location;

    private protected override string? LocationSubscriptionId => TargetSubscriptionId ?? SubscriptionId;

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        ArgumentCheck.Group(nameof(TargetResourceGroupName), TargetResourceGroupName),
        ArgumentCheck.NewName(ResourceTypes.Image, TargetName),
        TagTable.Problem(Tag),
    ];

    private protected override string ActionName => "Copy image";

    // The user is asked for each region, and what the answer was about is what is done.
    private protected override bool ApproveTarget(ResourceId id)
    {
        foreach (ImageCopyTarget copy in Plan(id))
        {
            ResourceId target = ImageCmdlets.ResourceId.TryParse(copy.Id)!;
            if (Approve($"{target.Name} in {target.ResourceGroupName}, {copy.Location}", $"{ActionName} {id.Name} with all its disks to", Force))
                _copies.Add(copy);
        }

        return _copies.Count > 0;
    }

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;

        // The same image twice in the pipeline is one wish; two images under one name are a mistake, which the engine names.
        ImageCopyTarget[] copies = [.. _copies.GroupBy(copy => $"{copy.SourceId} {copy.Id}", StringComparer.OrdinalIgnoreCase).Select(same => same.First())];
        RunOrStartJob((sink, token) => CopyService.CopyAsync(session, copies, run, sink, token));
    }

    private IReadOnlyList<ImageCopyTarget> Plan(ResourceId id)
    {
        try
        {
            return CopyService.Targets(new CopyImageOptions
            {
                SourceId = id.Text,
                Location = Location,
                TargetSubscriptionId = TargetSubscriptionId,
                TargetResourceGroupName = TargetResourceGroupName,
                TargetName = TargetName,
                Tag = TagTable.Read(Tag),
            });
        }
        catch (ImageCmdletsException exception)
        {
            Report(exception);
            return [];
        }
    }
}
