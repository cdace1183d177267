using System.Management.Automation;
using ImageCmdlets.Engine.Reports;

namespace ImageCmdlets.Commands;

/// <summary>Writes a report on galleries and images as one HTML page: where they come from, where they are, who uses them, what retention would remove.</summary>
[Cmdlet(VerbsData.Export, "ImageReport", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true)]
[OutputType(typeof(void), typeof(FileInfo))]
public sealed class ExportImageReportCommand : RetentionQueryCmdlet
{
    private const int Parallel = 20;
    private readonly List<GalleryQuery> _queries = [];

    /// <summary>The file to be.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.ById)]
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.ByName)]
    [Alias("FilePath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The headline; without it what the report is of.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>Replace a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Give the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    // All that comes down the pipeline goes into one page.
    private protected override void Process(ImageSession session, IEnumerable<GalleryQuery> queries) => _queries.AddRange(queries);

    protected override void EndProcessing()
    {
        // An empty pipeline asks for nothing.
        if (_queries.Count == 0)
            return;

        ImageSession session = RequireSession();
        try
        {
            string path = new ProviderFiles(SessionState.Path).Find(Path, hasWildcards: false)[0];
            var options = new ExportReportOptions
            {
                FilePath = path,
                Id = [.. _queries.Select(query => query.Id).OfType<string>()],
                Query = [.. _queries.Where(query => query.Id is null)],
                Title = Title,
                Rule = Rule(),
                Force = Force,
            };
            if (ShouldProcess(path, "Write report"))
                Run((sink, token) => ImageReportService.ExportAsync(session, options, new RunOptions { ThrottleLimit = Parallel }, PassThru ? sink : new CollectingSink<FileInfo>(sink), token));
        }
        catch (ImageCmdletsException exception)
        {
            Report(exception);
        }
    }
}
