using ImageCmdlets.Engine.Tracking;

namespace ImageCmdlets.Commands;

/// <summary>Proposes the ids of what this module has under way.</summary>
public sealed class OperationIdCompleter : TrackedIdCompleter<ImageOperation>
{
    private protected override Task FindAsync(ImageSession session, string subscriptionId, IOperationSink sink, CancellationToken cancellationToken) =>
        TrackingService.GetAsync(session, new ImageOperationQuery { SubscriptionId = subscriptionId }, sink, cancellationToken);
}
