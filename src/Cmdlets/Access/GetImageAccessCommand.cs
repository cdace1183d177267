using System.Management.Automation;
using ImageCmdlets.Engine.Access;

namespace ImageCmdlets.Commands;

/// <summary>Shows who has access to images: by role, by sharing with subscriptions and tenants, by being a community gallery.</summary>
[Cmdlet(VerbsCommon.Get, "ImageAccess")]
[OutputType(typeof(ImageAccess))]
public sealed class GetImageAccessCommand : ImageCmdlet
{
    private readonly List<string> _ids = [];

    /// <summary>The full ARM id of a gallery, image definition, image version or managed image, or of any other resource, resource group or subscription. Ids pipe in as text, and objects by theirs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public string[] ResourceId { get; set; } = [];

    /// <summary>Only this user, group, application, subscription or tenant: its id, or a pattern with wildcards.</summary>
    [Parameter]
    [Alias("PrincipalId")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Principal { get; set; }

    /// <summary>Leave out what was given for the gallery, resource group or subscription around it.</summary>
    [Parameter]
    public SwitchParameter ExcludeInherited { get; set; }

    protected override void ProcessRecord() => _ids.AddRange(ResourceId);

    protected override void EndProcessing()
    {
        ImageSession session = RequireSession();
        GetAccessOptions[] items = [.. _ids.Distinct(StringComparer.OrdinalIgnoreCase).Select(id => new GetAccessOptions { Id = id, Principal = Principal, ExcludeInherited = ExcludeInherited })];
        if (items.Length > 0)
            Run((sink, token) => AccessService.GetAsync(session, items, new RunOptions(), sink, token));
    }
}
