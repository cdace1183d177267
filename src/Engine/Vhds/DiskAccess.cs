using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Vhds;

/// <summary>Grants and revokes access to the bytes of a disk or snapshot.</summary>
/// <remarks>Source: <c>Snapshots_GrantAccess</c>, <c>Snapshots_RevokeAccess</c> and those of disks.</remarks>
/// <param name="operation">The running command.</param>
/// <param name="id">A disk or snapshot.</param>
/// <param name="mode"><c>Read</c> or <c>Write</c>.</param>
/// <param name="duration">How long a signature lives at most.</param>
internal sealed class DiskAccess(Operation operation, ResourceId id, string mode, TimeSpan duration)
{
    /// <summary>How long what another run asked for is waited for, before it is looked at again.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);
    private const int MostWaits = 20;

    // Ctrl-C is to end within a second; what Azure does with the request it does without us.
    private static readonly TimeSpan s_lastWord = TimeSpan.FromMilliseconds(800);

    /// <summary>Whether Azure refuses because it is still at what somebody asked for before.</summary>
    public static bool IsBehindAnother(ImageCmdletsException exception) => exception.ErrorId is ErrorIds.ConcurrentUpdate or ErrorIds.ResourceBusy;

    /// <summary>A new address with a signature. It is a secret.</summary>
    public async Task<Uri> GrantAsync()
    {
        var body = new JsonObject { ["access"] = mode, ["durationInSeconds"] = (long)duration.TotalSeconds };
        ArmAnswer begun = await InTurnAsync(() => PostAsync("beginGetAccess", (JsonObject)body.DeepClone(), operation.CancellationToken)).ConfigureAwait(false);
        JsonElement result = await operation.Poller.WaitAsync(begun, id.Text, null, operation.CancellationToken).ConfigureAwait(false);
        return Uri.TryCreate(result.Text("accessSAS"), UriKind.Absolute, out Uri? address)
            ? address
            : throw new ImageCmdletsException(ErrorIds.InvalidResponse, $"Azure granted access to '{id.Name}' and named no address.", id.Text);
    }

    /// <summary>Ends all access. After a stop the request is sent and not waited for.</summary>
    /// <exception cref="ImageCmdletsException">What Azure says against it; of an upload also that it is no disk.</exception>
    public async Task RevokeAsync()
    {
        if (operation.CancellationToken.IsCancellationRequested)
        {
            using var end = new CancellationTokenSource();
            using IDisposable timer = operation.Clock.CancelAfter(end, s_lastWord);
            await PostAsync("endGetAccess", null, end.Token).ConfigureAwait(false);
            return;
        }

        ArmAnswer begun = await InTurnAsync(() => PostAsync("endGetAccess", null, operation.CancellationToken)).ConfigureAwait(false);
        await operation.Poller.WaitAsync(begun, id.Text, null, operation.CancellationToken).ConfigureAwait(false);
    }

    // A run that was killed, or one beside this, may have asked for access a moment ago. The end of an upload by another run is for the
    // caller to see: after it there is nothing to be granted.
    private async Task<ArmAnswer> InTurnAsync(Func<Task<ArmAnswer>> post)
    {
        for (int waits = 0; ; waits++)
        {
            try
            {
                return await post().ConfigureAwait(false);
            }
            catch (ImageCmdletsException exception) when (mode == "Read" && IsBehindAnother(exception) && waits < MostWaits)
            {
                await operation.Clock.DelayAsync(Turn, operation.CancellationToken).ConfigureAwait(false);
            }
        }
    }

    private Task<ArmAnswer> PostAsync(string action, JsonObject? body, CancellationToken cancellationToken) =>
        operation.Arm.SendAsync(RequestMethod.Post, $"{id.Text}/{action}", ArmApiVersions.Disks, body, cancellationToken);
}
