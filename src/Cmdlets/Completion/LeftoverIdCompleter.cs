using ImageCmdlets.Engine.Leftovers;

namespace ImageCmdlets.Commands;

/// <summary>Proposes the ids of what has been left behind.</summary>
public sealed class LeftoverIdCompleter : TrackedIdCompleter<ImageLeftover>
{
    private protected override Task FindAsync(ImageSession session, string subscriptionId, IOperationSink sink, CancellationToken cancellationToken) =>
        LeftoverService.GetAsync(session, new ImageLeftoverQuery { SubscriptionId = subscriptionId, IncludeInterrupted = true }, sink, cancellationToken);
}
