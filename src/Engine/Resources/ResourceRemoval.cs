using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Resources;

/// <summary>Removes one resource and waits until Azure says it is gone.</summary>
internal static class ResourceRemoval
{
    // Recorded: 90 to 150 seconds.
    private static readonly TimeSpan s_versionTakes = TimeSpan.FromSeconds(60);

    /// <exception cref="ArmOperationException">Not found (Azure answers 204 for what is gone), or refused.</exception>
    public static async Task RemoveAsync(Operation operation, ResourceId id, RunOptions run)
    {
        string version = ArmApiVersions.For(id.ResourceType!);
        DateTimeOffset begin = operation.Clock.UtcNow;
        ArmAnswer answer = await operation.Arm.SendAsync(RequestMethod.Delete, id.Text, version, null, operation.CancellationToken).ConfigureAwait(false);
        if (answer.Status == 204)
        {
            // The answer to our own first request was lost; it is we who removed it.
            if (answer.IsRepeated)
                return;
            throw NothingThere(id);
        }

        if (run.NoWait)
        {
            await StartedOperation.WriteAsync(operation, id, "Remove", begin, answer).ConfigureAwait(false);
            return;
        }

        await WaitAsync(operation, id.Text, id.Is(ResourceTypes.GalleryImageVersion), answer).ConfigureAwait(false);
    }

    /// <summary>Removes one resource and waits; nothing is said where it is gone already.</summary>
    public static async Task RemoveIfThereAsync(Operation operation, string id)
    {
        ResourceId? parsed = ResourceId.TryParse(id);
        string version = ArmApiVersions.For(parsed?.ResourceType ?? string.Empty);
        ArmAnswer answer = await operation.Arm.SendAsync(RequestMethod.Delete, id, version, null, operation.CancellationToken).ConfigureAwait(false);
        if (answer.Status != 204)
            await WaitAsync(operation, id, parsed?.Is(ResourceTypes.GalleryImageVersion) == true, answer).ConfigureAwait(false);
    }

    private static async Task WaitAsync(Operation operation, string id, bool isVersion, ArmAnswer begun) =>
        await operation.Poller.WaitAsync(begun, id, null, operation.CancellationToken, isVersion ? s_versionTakes : default).ConfigureAwait(false);

    private static ImageCmdletsException NothingThere(ResourceId id)
    {
        var details = new ArmErrorDetails { Status = 404, ResourceId = id.Text };
        ArmErrorMatch match = ArmErrorCatalog.Match(details);
        return new ImageCmdletsException(match.ErrorId, $"There is no '{id.Name}' of type {id.ResourceType} in the resource group '{id.ResourceGroupName}'.", id.Text);
    }
}
