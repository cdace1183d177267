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
    // Ctrl-C is to end within a second; what Azure does with the request it does without us.
    private static readonly TimeSpan s_lastWord = TimeSpan.FromMilliseconds(800);

    /// <summary>A new address with a signature. It is a secret.</summary>
    public async Task<Uri> GrantAsync()
    {
        var body = new JsonObject { ["access"] = mode, ["durationInSeconds"] = (long)duration.TotalSeconds };
        ArmAnswer begun = await PostAsync("beginGetAccess", body, operation.CancellationToken).ConfigureAwait(false);
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

        ArmAnswer begun = await PostAsync("endGetAccess", null, operation.CancellationToken).ConfigureAwait(false);
        await operation.Poller.WaitAsync(begun, id.Text, null, operation.CancellationToken).ConfigureAwait(false);
    }

    private Task<ArmAnswer> PostAsync(string action, JsonObject? body, CancellationToken cancellationToken) =>
        operation.Arm.SendAsync(RequestMethod.Post, $"{id.Text}/{action}", ArmApiVersions.Disks, body, cancellationToken);
}
