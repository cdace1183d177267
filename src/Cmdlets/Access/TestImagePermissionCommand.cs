using System.Management.Automation;
using ImageCmdlets.Engine.Access;

namespace ImageCmdlets.Commands;

/// <summary>Says before the work which rights an operation needs, and which of them are missing, where and for whom.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ImagePermission")]
[OutputType(typeof(ImagePermission))]
public sealed class TestImagePermissionCommand : ImageCmdlet
{
    private readonly List<string> _ids = [];

    /// <summary>What is to be done.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ImagePermissionOperation[] Operation { get; set; } = [];

    /// <summary>The full ARM id of what it begins with: a machine, disk, snapshot, image, version, definition or gallery. Ids pipe in as text, and objects by theirs.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public string[] ResourceId { get; set; } = [];

    /// <summary>The resource group of what is made; without it the source's.</summary>
    [Parameter]
    [Alias("g")]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string? TargetResourceGroupName { get; set; }

    /// <summary>The subscription of what is made; without it that of -TargetSession, or the source's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? TargetSubscriptionId { get; set; }

    /// <summary>The session that makes it, where that is another: of another tenant, or of somebody else.</summary>
    [Parameter]
    [ValidateNotNull]
    public ImageSession? TargetSession { get; set; }

    /// <summary>For Publish, and for Copy into a gallery: the gallery, in the target's resource group.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(GalleryNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? GalleryName { get; set; }

    /// <summary>The image definition in the gallery; without it rights for the whole gallery are looked at.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DefinitionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? DefinitionName { get; set; }

    /// <summary>For Deploy: the full ARM id of the subnet; without it a network is found or made in the target's resource group.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SubnetId { get; set; }

    /// <summary>Only what is missing.</summary>
    [Parameter]
    public SwitchParameter Missing { get; set; }

    protected override void ProcessRecord() => _ids.AddRange(ResourceId);

    protected override void EndProcessing()
    {
        ImageSession session = RequireSession();
        TestPermissionOptions[] items = [.. _ids.Distinct(StringComparer.OrdinalIgnoreCase).Select(Options)];
        if (items.Length == 0)
            return;

        Run((sink, token) => PermissionService.TestAsync(session, items, sink, token));
    }

    private TestPermissionOptions Options(string id) => new()
    {
        Operation = Operation,
        Id = id,
        TargetSubscriptionId = TargetSubscriptionId ?? TargetSession?.SubscriptionId,
        TargetResourceGroupName = TargetResourceGroupName,
        TargetSession = TargetSession,
        GalleryName = GalleryName,
        DefinitionName = DefinitionName,
        SubnetId = SubnetId,
        OnlyMissing = Missing,
    };
}
