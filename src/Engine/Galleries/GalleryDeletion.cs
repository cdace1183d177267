using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Removes a version, definition or gallery through Azure's stale refusals.</summary>
/// <remarks>What was in a gallery is remembered there for 10 to 20 seconds after it is gone (Azure/azure-rest-api-specs#11559).</remarks>
internal static class GalleryDeletion
{
    private static readonly TimeSpan s_staleness = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);

    /// <summary>Removes one and waits until it is gone; nothing is said where it is gone already.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="id">What is to go.</param>
    /// <param name="mayBeStale">Which refusals with 409 are waited out.</param>
    /// <param name="isToGo">Another look before each attempt; null: none.</param>
    /// <exception cref="ArmOperationException">Refused for another reason, or for too long.</exception>
    public static async Task RunAsync(Operation operation, ResourceId id, Predicate<ArmOperationException> mayBeStale, Func<Task<bool>>? isToGo = null)
    {
        DateTimeOffset begin = operation.Clock.UtcNow;
        while (isToGo is null || await isToGo().ConfigureAwait(false))
        {
            try
            {
                await ResourceRemoval.RemoveIfThereAsync(operation, id.Text).ConfigureAwait(false);
                return;
            }
            catch (ArmOperationException exception) when (exception.Status == 409 && mayBeStale(exception) && operation.Clock.UtcNow - begin < s_staleness)
            {
                operation.Verbose($"'{id.Name}' cannot be removed yet: {exception.Message}");
            }

            await operation.Clock.DelayAsync(s_pause, operation.CancellationToken).ConfigureAwait(false);
        }
    }
}
