using System.Management.Automation;
using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Commands;

/// <summary>The base of verbs that change existing image definitions.</summary>
public abstract class DefinitionTargetCmdlet : TargetCmdlet<ImageDefinition>
{
    /// <summary>The gallery.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(GalleryNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string GalleryName { get; set; } = string.Empty;

    /// <summary>The name, or a pattern with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("n", "DefinitionName")]
    [ArgumentCompleter(typeof(DefinitionNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Name { get; set; } = [];

    private protected override string TargetType => ResourceTypes.GalleryImage;

    private protected override IReadOnlyList<string> ResolveName(ImageSession session, string name)
    {
        ResourceId gallery = GalleryIds.Gallery(SubscriptionId ?? session.SubscriptionId, ResourceGroupName, GalleryName);
        if (!NamePattern.HasWildcard(name))
            return [GalleryIds.Definition(gallery, name).Text];

        CollectingSink<ImageDefinition>? found = null;
        var query = new GalleryQuery { SubscriptionId = gallery.SubscriptionId, ResourceGroupName = ResourceGroupName, GalleryName = GalleryName, DefinitionName = name };
        Run((sink, token) => DefinitionService.GetAsync(session, query, found = new CollectingSink<ImageDefinition>(sink), token));
        return [.. found!.Items.Select(definition => definition.Id)];
    }
}
