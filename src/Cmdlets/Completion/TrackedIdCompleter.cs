using System.Collections;

namespace ImageCmdlets.Commands;

/// <summary>The base of completers for ids that a look through a whole subscription finds. Their names may be typed instead.</summary>
/// <typeparam name="T">What has the ids.</typeparam>
public abstract class TrackedIdCompleter<T> : CachedCompleter
    where T : ArmResource
{
    private protected sealed override string? Question(ImageSession session, string commandName, IDictionary fakeBoundParameters) =>
        $"{typeof(T).Name} {fakeBoundParameters["SubscriptionId"] as string ?? session.SubscriptionId}";

    private protected sealed override string ShownAs(string value) => ResourceId.TryParse(value)?.Name ?? value;

    private protected sealed override async Task<IReadOnlyList<string>> AnswerAsync(ImageSession session, string question, CancellationToken cancellationToken)
    {
        var found = new CollectingSink<T>(next: null);
        await FindAsync(session, question.Split(' ')[1], found, cancellationToken).ConfigureAwait(false);
        return [.. found.Items.Select(item => item.Id).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Looks for them.</summary>
    private protected abstract Task FindAsync(ImageSession session, string subscriptionId, IOperationSink sink, CancellationToken cancellationToken);
}
