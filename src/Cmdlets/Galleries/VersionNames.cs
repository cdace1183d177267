using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Commands;

/// <summary>Which image versions a name or pattern means.</summary>
internal static class VersionNames
{
    /// <summary>Their full ids; of a name, whether it is there or not.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="run">Runs the question.</param>
    /// <param name="query">The definition, with the name or pattern as its version.</param>
    public static IReadOnlyList<string> Resolve(ImageSession session, Action<Func<IOperationSink, CancellationToken, Task>> run, GalleryQuery query)
    {
        if (!NamePattern.HasWildcard(query.Version))
        {
            ResourceId gallery = GalleryIds.Gallery(query.SubscriptionId!, query.ResourceGroupName!, query.GalleryName!);
            return [GalleryIds.Version(GalleryIds.Definition(gallery, query.DefinitionName!), query.Version!).Text];
        }

        CollectingSink<ImageVersion>? found = null;
        run((sink, token) => VersionService.GetAsync(session, query, found = new CollectingSink<ImageVersion>(sink), token));
        return [.. found!.Items.Select(version => version.Id)];
    }
}
