using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>The base of verbs that change existing image versions.</summary>
public abstract class VersionTargetCmdlet : TargetCmdlet<ImageVersion>
{
    /// <summary>The gallery.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(GalleryNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string GalleryName { get; set; } = string.Empty;

    /// <summary>The image definition.</summary>
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DefinitionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string DefinitionName { get; set; } = string.Empty;

    /// <summary>The version, such as 1.2.3, or a pattern with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 3, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("n", "Version")]
    [ArgumentCompleter(typeof(VersionCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Name { get; set; } = [];

    private protected override string TargetType => ResourceTypes.GalleryImageVersion;

    /// <summary>Whether versions that were deleted are meant.</summary>
    private protected virtual bool IsOfDeleted => false;

    private protected override IReadOnlyList<string> ResolveName(ImageSession session, string name) => VersionNames.Resolve(session, Run, new GalleryQuery
    {
        SubscriptionId = SubscriptionId ?? session.SubscriptionId,
        ResourceGroupName = ResourceGroupName,
        GalleryName = GalleryName,
        DefinitionName = DefinitionName,
        Version = name,
        SoftDeleted = IsOfDeleted,
    });
}
