using System.Collections;
using System.Management.Automation;
using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Commands;

/// <summary>Changes galleries: description, soft deletion, sharing, tags. What is not named stays.</summary>
[Cmdlet(VerbsCommon.Set, "ImageGallery", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true)]
[OutputType(typeof(ImageGallery), typeof(ImageOperation))]
public sealed class SetImageGalleryCommand : TargetCmdlet<ImageGallery>
{
    /// <summary>What it is for.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>Keep versions that are deleted for seven days; -SoftDelete:$false gives up all that is kept.</summary>
    [Parameter]
    public SwitchParameter SoftDelete { get; set; }

    /// <summary>Private, or Groups: then Grant-ImageAccess can share it with subscriptions and tenants.</summary>
    [Parameter]
    [ValidateSet("Private", "Groups")]
    public string? Permission { get; set; }

    /// <summary>The tags as they are to be; all others go. An empty table takes all away.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Tag { get; set; }

    private protected override string TargetType => ResourceTypes.Gallery;

    private protected override string ActionName => "Change gallery";

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        TagTable.Problem(Tag),
        ArgumentCheck.SomethingToChange(Description is not null || IsBound(nameof(SoftDelete)) || Permission is not null || Tag is not null, "Pass -Description, -SoftDelete, -Permission or -Tag."),
    ];

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        bool? softDelete = IsBound(nameof(SoftDelete)) ? SoftDelete.IsPresent : null;
        IReadOnlyDictionary<string, string>? tag = TagTable.Read(Tag);
        SetGalleryOptions[] items = [.. ids.Select(id => new SetGalleryOptions { Id = id, Description = Description, SoftDelete = softDelete, Permission = Permission, Tag = tag })];
        RunOrStartJob((sink, token) => GalleryService.SetAsync(session, items, run, sink, token));
    }
}
