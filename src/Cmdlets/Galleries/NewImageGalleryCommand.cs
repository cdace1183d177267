using System.Collections;
using System.Management.Automation;
using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Commands;

/// <summary>Makes a gallery; one that is there and is as wanted is given as it is.</summary>
[Cmdlet(VerbsCommon.New, "ImageGallery", SupportsShouldProcess = true)]
[OutputType(typeof(ImageGallery), typeof(ImageOperation))]
public sealed class NewImageGalleryCommand : LongRunningCmdlet
{
    /// <summary>The resource group, which must exist.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("g")]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string ResourceGroupName { get; set; } = string.Empty;

    /// <summary>The name: letters, digits, '_' and '.', no '-'.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("n", "GalleryName")]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>The region; without it the group's.</summary>
    [Parameter]
    [Alias("l")]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Location { get; set; }

    /// <summary>What it is for.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>Keep versions that are deleted for seven days: Restore-ImageVersion brings them back.</summary>
    [Parameter]
    public SwitchParameter SoftDelete { get; set; }

    /// <summary>Private, or Groups: then Grant-ImageAccess can share it with subscriptions and tenants.</summary>
    [Parameter]
    [ValidateSet("Private", "Groups")]
    public string? Permission { get; set; }

    /// <summary>Its tags.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Tag { get; set; }

    private protected override IReadOnlyList<string> GivenLocations => Location is null ? [] : [Location];

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        IsBound(nameof(ResourceGroupName)) ? ArgumentCheck.Group(nameof(ResourceGroupName), ResourceGroupName) : null,
        IsBound(nameof(Name)) ? ArgumentCheck.NewName(ResourceTypes.Gallery, Name) : null,
        TagTable.Problem(Tag),
    ];

    protected override void ProcessRecord()
    {
        ImageSession session = RequireSession();
        if (!ShouldProcess($"{Name} in {ResourceGroupName}", "Create gallery"))
            return;

        var options = new NewGalleryOptions
        {
            ResourceGroupName = ResourceGroupName,
            Name = Name,
            SubscriptionId = SubscriptionId,
            Location = Location,
            Description = Description,
            SoftDelete = SoftDelete,
            Permission = Permission,
            Tag = TagTable.Read(Tag),
        };
        RunOptions run = RunOptions;
        RunOrStartJob((sink, token) => GalleryService.CreateAsync(session, options, run, sink, token));
    }
}
