using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Resources;

/// <summary>Makes or changes one resource and waits until Azure says it is done.</summary>
internal static class ResourceWriter
{
    /// <param name="operation">The running command.</param>
    /// <param name="id">The resource.</param>
    /// <param name="body">All of it.</param>
    /// <param name="onPoll">Told the time waited so far; null: nobody.</param>
    /// <exception cref="ImageCmdletsException">What Azure refused, or how it failed.</exception>
    public static async Task PutAsync(Operation operation, ResourceId id, JsonObject body, Action<TimeSpan>? onPoll = null)
    {
        string version = ArmApiVersions.For(id.ResourceType!);
        ArmAnswer accepted = await operation.Arm.SendAsync(RequestMethod.Put, id.Text, version, body, operation.CancellationToken).ConfigureAwait(false);
        await operation.Poller.WaitAsync(accepted, id.Text, onPoll, operation.CancellationToken).ConfigureAwait(false);
    }
}
