using System.Management.Automation;
using ImageCmdlets.Engine.Sources;

namespace ImageCmdlets.Commands;

/// <summary>Shows what images can be made of, whatever its kind, and what can become of it and what not.</summary>
[Cmdlet(VerbsCommon.Get, "ImageSource", DefaultParameterSetName = SourceSet)]
[OutputType(typeof(ImageSource))]
public sealed class GetImageSourceCommand : ImageCmdlet
{
    private const string SourceSet = "Source";
    private const string PathSet = "Path";

    /// <summary>A URN; the id of a machine, image, image definition or version, disk or snapshot; that of an image which somebody else shares; the https
    /// address of a VHD blob; or a name in -ResourceGroupName.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SourceSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "ResourceId", "Urn")]
    [ArgumentCompleter(typeof(SourceCompleter))]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public string[] Source { get; set; } = [];

    /// <summary>VHD files of this machine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The resource group of a source that is given by its name.</summary>
    [Parameter(ParameterSetName = SourceSet)]
    [Alias("g")]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ResourceGroupName { get; set; }

    /// <summary>The region whose marketplace is asked for a URN, that is asked for a shared image, or in which the latest version of an image definition is meant.</summary>
    [Parameter(ParameterSetName = SourceSet, ValueFromPipelineByPropertyName = true)]
    [Alias("l")]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Location { get; set; }

    /// <summary>Also where it came from: the way back, step by step, to an image of the marketplace or a VHD.</summary>
    [Parameter(ParameterSetName = SourceSet)]
    public SwitchParameter IncludeLineage { get; set; }

    protected override void ProcessRecord()
    {
        ImageSession session = RequireSession();
        foreach (GetImageSourceOptions item in Asked())
            Run((sink, token) => ImageSourceService.GetAsync(session, [item], sink, token));
    }

    private IEnumerable<GetImageSourceOptions> Asked()
    {
        if (ParameterSetName == PathSet)
            return Path.SelectMany(FilesOf).Select(file => new GetImageSourceOptions { Source = file, IsFile = true });

        return Source.Select(source => new GetImageSourceOptions
        {
            Source = source,
            SubscriptionId = SubscriptionId,
            ResourceGroupName = ResourceGroupName,
            Location = Location,
            IncludeLineage = IncludeLineage,
        });
    }

    private IReadOnlyList<string> FilesOf(string path)
    {
        try
        {
            return new ProviderFiles(SessionState.Path).Find(path, hasWildcards: true);
        }
        catch (ImageCmdletsException exception)
        {
            Report(exception);
            return [];
        }
    }
}
