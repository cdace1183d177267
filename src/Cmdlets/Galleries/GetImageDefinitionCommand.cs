using System.Management.Automation;
using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Commands;

/// <summary>Gets the image definitions of galleries.</summary>
[Cmdlet(VerbsCommon.Get, "ImageDefinition", DefaultParameterSetName = ParameterSets.ById)]
[OutputType(typeof(ImageDefinition))]
public sealed class GetImageDefinitionCommand : GalleryQueryCmdlet
{
    /// <summary>The name, or a pattern with wildcards; without it all.</summary>
    [Parameter(Position = 2, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("n", "DefinitionName")]
    [ArgumentCompleter(typeof(DefinitionNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    private protected override IEnumerable<GalleryQuery> ByNames(GalleryQuery around) =>
        Name is null ? [around] : Name.Select(name => around with { DefinitionName = name });

    private protected override void Process(ImageSession session, IEnumerable<GalleryQuery> queries) => RunEach(queries, (query, sink, token) =>
        DefinitionService.GetAsync(session, query, sink, token));
}
