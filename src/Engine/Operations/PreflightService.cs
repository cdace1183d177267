using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Operations;

/// <summary>What can be said against a command by its parameters alone, before anything else of its pipeline has begun.</summary>
public static class PreflightService
{
    /// <summary>Refuses regions of which the subscription has none, together with what the cmdlet itself has found.</summary>
    /// <remarks>Of several regions an unknown one fails alone, later: the others are worth what goes before.</remarks>
    /// <param name="session">The session; it reads the regions once.</param>
    /// <param name="subscriptionId">Null: the session's.</param>
    /// <param name="locations">The regions, written short or as shown to people.</param>
    /// <param name="found">What is wrong already.</param>
    /// <param name="sink">Verbose lines.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ImageCmdletsException">The first of all problems, InvalidLocation for a region; the message names the others.</exception>
    public static Task RequireAsync(ImageSession session, string? subscriptionId, IReadOnlyList<string> locations, IReadOnlyList<ImageCmdletsException> found,
        IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, new RunOptions(), null, async operation =>
        {
            var problems = new Problems();
            foreach (ImageCmdletsException problem in found)
                problems.Add(problem);
            var unknown = new Problems();
            int known = 0;
            foreach (string location in locations)
            {
                if (await unknown.TryAsync(() => OtherTenant.AskAsync(operation, subscriptionId, there => LocationCatalog.RequireAsync(there, subscriptionId, location))).ConfigureAwait(false) is not null)
                    known++;
            }

            problems.ThrowIfAny();
            if (known == 0)
                unknown.ThrowIfAny();
        }, cancellationToken);
}
