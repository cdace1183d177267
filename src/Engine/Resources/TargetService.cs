using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Resources;

/// <summary>Finds the ids that a name pattern means, so that a command can ask about each before it changes anything.</summary>
public static class TargetService
{
    /// <summary>The ids of the resources that fit, in Azure's order; none is no error for a pattern.</summary>
    /// <param name="session">The session.</param>
    /// <param name="resourceType">One of <see cref="ResourceTypes"/>.</param>
    /// <param name="query">The pattern and where to look.</param>
    /// <param name="sink">Verbose lines.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static async Task<IReadOnlyList<string>> ResolveAsync(ImageSession session, string resourceType, ResourceQuery query, IOperationSink sink,
        CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        await Operation.RunAsync(session, sink, new RunOptions(), query.Name, async operation =>
        {
            var reader = new ResourceReader(resourceType, ErrorIds.ResourceNotFound);
            await reader.ReadAsync(operation, query, item =>
            {
                if (item.Text("id") is { } id)
                    ids.Add(id);
                return Task.CompletedTask;
            }).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        return ids;
    }
}
