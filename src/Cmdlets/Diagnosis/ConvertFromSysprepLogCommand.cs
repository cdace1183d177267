using System.Management.Automation;
using ImageCmdlets.Engine.Diagnosis;

namespace ImageCmdlets.Commands;

/// <summary>Tells from sysprep's logs how its last run ended, and why. Asks nobody.</summary>
[Cmdlet(VerbsData.ConvertFrom, "SysprepLog", DefaultParameterSetName = TextSet)]
[OutputType(typeof(SysprepRun))]
public sealed class ConvertFromSysprepLogCommand : ImageCmdletBase
{
    private const string TextSet = "Text";
    private const string LogSet = "Log";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly List<string> _lines = [];

    /// <summary>The log: lines as <c>Get-Content</c> gives them, or whole texts. All of them are one log.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = TextSet)]
    [TextOnly]
    [AllowEmptyString]
    public string[] Text { get; set; } = [];

    /// <summary>Logs that <c>Get-GeneralizeLog</c> gave. Each is a log of its own.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = LogSet)]
    [ValidateNotNull]
    public GeneralizeLog[] InputObject { get; set; } = [];

    /// <summary>Files, wildcards allowed. Each file is a log of its own.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files, taken as they are written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Give every run of a log instead of its last one.</summary>
    [Parameter]
    public SwitchParameter AllRun { get; set; }

    protected override void ProcessRecord()
    {
        if (ParameterSetName == TextSet)
        {
            _lines.AddRange(Text);
            return;
        }

        foreach (GeneralizeLog log in InputObject)
            Run((sink, token) => WriteAsync(DiagnosisService.ReadSysprepLog([log.Text], $"{log.Name}: {log.Path}", token), $"{log.Log} of '{log.Name}'", sink, token));
        if (ParameterSetName == LogSet)
            return;

        var files = new ProviderFiles(SessionState.Path);
        foreach (string path in ParameterSetName == PathSet ? Path : LiteralPath)
            Convert(files, path);
    }

    protected override void EndProcessing()
    {
        if (ParameterSetName == TextSet)
            Run((sink, token) => WriteAsync(DiagnosisService.ReadSysprepLog(_lines, source: null, token), "the text", sink, token));
    }

    private void Convert(ProviderFiles files, string path)
    {
        try
        {
            foreach (string file in files.Find(path, hasWildcards: ParameterSetName == PathSet))
            {
                using Stream stream = ProviderFiles.Open(file);
                Run((sink, token) => WriteAsync(DiagnosisService.ReadSysprepLog(stream, file, token), $"'{file}'", sink, token));
            }
        }
        catch (ImageCmdletsException exception)
        {
            Report(exception);
        }
    }

    private async Task WriteAsync(IReadOnlyList<SysprepRun> runs, string name, IOperationSink sink, CancellationToken cancellationToken)
    {
        if (runs.Count == 0)
            sink.Warning($"There is no line of sysprep's in {name}.");
        foreach (SysprepRun run in AllRun ? runs : runs.Skip(runs.Count - 1))
            await sink.WriteAsync(run, cancellationToken);
    }
}
