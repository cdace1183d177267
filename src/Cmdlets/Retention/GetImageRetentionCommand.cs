using System.Management.Automation;
using ImageCmdlets.Engine.Retention;

namespace ImageCmdlets.Commands;

/// <summary>Plans which versions of images stay and which can go, each with its reasons.</summary>
[Cmdlet(VerbsCommon.Get, "ImageRetention", DefaultParameterSetName = ParameterSets.ById)]
[OutputType(typeof(ImageRetention))]
public sealed class GetImageRetentionCommand : RetentionQueryCmdlet
{
    private const int Parallel = 20;
    private readonly List<GalleryQuery> _queries = [];

    // One look at who uses what serves all.
    private protected override void Process(ImageSession session, IEnumerable<GalleryQuery> queries) => _queries.AddRange(queries);

    protected override void EndProcessing()
    {
        if (_queries.Count == 0)
            return;

        ImageSession session = RequireSession();
        try
        {
            GetImageRetentionOptions rule = Rule();
            Run((sink, token) => RetentionService.PlanAsync(session, _queries, rule, new RunOptions { ThrottleLimit = Parallel }, sink, token));
        }
        catch (ImageCmdletsException exception)
        {
            Report(exception);
        }
    }
}
