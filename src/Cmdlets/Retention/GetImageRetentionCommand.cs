using System.Collections;
using System.Management.Automation;
using ImageCmdlets.Engine.Retention;

namespace ImageCmdlets.Commands;

/// <summary>Plans which versions of images stay and which can go, each with its reasons.</summary>
[Cmdlet(VerbsCommon.Get, "ImageRetention", DefaultParameterSetName = ParameterSets.ById)]
[OutputType(typeof(ImageRetention))]
public sealed class GetImageRetentionCommand : GalleryQueryCmdlet
{
    private const int Parallel = 20;
    private readonly List<GalleryQuery> _queries = [];

    /// <summary>The image definition, or a pattern with wildcards; without it all.</summary>
    [Parameter(Position = 2, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("n", "DefinitionName")]
    [ArgumentCompleter(typeof(DefinitionNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>How many of the newest versions by number stay, of those that were made well and are not excluded from latest.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int KeepLast { get; set; } = 3;

    /// <summary>Versions published less than so many days ago stay.</summary>
    [Parameter]
    [ValidateRange(1, 36_500)]
    public int KeepDays { get; set; }

    /// <summary>Versions with any of these tags stay; an empty value stands for any.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? KeepTag { get; set; }

    /// <summary>Versions stay until their end of life, where they have one.</summary>
    [Parameter]
    public SwitchParameter KeepUntilEndOfLife { get; set; }

    /// <summary>Do not look who uses the versions: machines and scale sets keep none then.</summary>
    [Parameter]
    public SwitchParameter IgnoreUsage { get; set; }

    private protected override IEnumerable<GalleryQuery> ByNames(GalleryQuery around) =>
        Name is null ? [around] : Name.Select(name => around with { DefinitionName = name });

    // One look at who uses what serves all.
    private protected override void Process(ImageSession session, IEnumerable<GalleryQuery> queries) => _queries.AddRange(queries);

    protected override void EndProcessing()
    {
        if (_queries.Count == 0)
            return;

        ImageSession session = RequireSession();
        try
        {
            var rule = new GetImageRetentionOptions
            {
                KeepLast = KeepLast,
                KeepDays = KeepDays == 0 ? null : KeepDays,
                KeepTag = TagTable.Read(KeepTag) ?? new Dictionary<string, string>(),
                KeepUntilEndOfLife = KeepUntilEndOfLife,
                IgnoreUsage = IgnoreUsage,
            };
            Run((sink, token) => RetentionService.PlanAsync(session, _queries, rule, new RunOptions { ThrottleLimit = Parallel }, sink, token));
        }
        catch (ImageCmdletsException exception)
        {
            Report(exception);
        }
    }
}
