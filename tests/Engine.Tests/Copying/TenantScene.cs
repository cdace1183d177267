using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Models;
using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Engine.Vhds;
using ImageCmdlets.Sandbox;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Tests.Copying;

/// <summary>An image in one tenant, and a session and a group in another.</summary>
internal sealed class TenantScene : IDisposable
{
    public const string Group = "landing";

    private TenantScene(CopyScene here, ImageSession there) => (Here, There) = (here, there);

    public CopyScene Here { get; }

    public ImageSession There { get; }

    public ArmSandbox Sandbox => Here.Sandbox.Sandbox;

    public static async Task<TenantScene> OpenAsync(bool withoutDisks = false)
    {
        CopyScene here = await CopyScene.OpenAsync();
        var options = new ConnectOptions { Method = AuthenticationMethod.Sandbox, SandboxSession = here.Sandbox.Session, Tenant = here.Sandbox.Sandbox.PartnerTenantId };
        var scene = new TenantScene(here, await SessionService.ConnectAsync(options, new RecordingSink(), TestContext.Current.CancellationToken));
        await here.Sandbox.GroupAsync(Group, "northeurope", scene.There.SubscriptionId);
        if (withoutDisks)
            await here.DeleteDisksAsync();
        return scene;
    }

    public CopyImageOptions Options(ImageSession? there, params string[] locations) =>
        new() { SourceId = Here.ImageId, Location = locations, TargetSession = there, TargetResourceGroupName = Group };

    public Task CopyAsync(RecordingSink sink, params string[] locations) => Here.CopyAsync(sink, Options(There, locations));

    /// <summary>Id of something in the other tenant.</summary>
    public string ThereId(string type, string name) => ResourceId.Of(There.SubscriptionId, Group, type, name).Text;

    public async Task<IReadOnlyList<string>> PartsAsync() =>
        [.. (await Here.DisksAsync()).Concat(await Here.SnapshotsAsync()).Where(name => name.StartsWith("imagecopy-", StringComparison.Ordinal))];

    /// <summary>Puts something on a disk: pages alone, and a run over the end of a piece.</summary>
    public void Furnish(string disk)
    {
        foreach ((long offset, int length) in new[] { (0L, 512), (3L << 20, 2 << 20), (77L << 20, 4096), (1L << 30, 9 << 20) })
            Sandbox.WriteDisk(disk, offset, [.. Enumerable.Range(0, length).Select(at => (byte)((at / 512) + offset + 1))]);
    }

    /// <summary>Where a disk holds something, and the hash of that.</summary>
    public static async Task<IReadOnlyList<string>> BytesAsync(ImageSession session, string id)
    {
        var lines = new List<string>();
        await Operation.RunAsync(session, new RecordingSink(), new RunOptions(), id, operation => DiskBlob.UseAsync(operation, ResourceId.TryParse(id)!, "Read", TimeSpan.FromMinutes(5), async blob =>
        {
            foreach ((long begin, long end) in await blob.AskAsync(client => ArrivedRanges.RangesAsync(operation, client)))
            {
                foreach (PagePiece piece in PagePiece.Of(begin, end - begin))
                {
                    var range = new BlobDownloadOptions { Range = new HttpRange(piece.Offset, piece.Length) };
                    byte[] bytes = await blob.AskAsync(async client => (await client.DownloadContentAsync(range, operation.CancellationToken)).Value.Content.ToArray());
                    lines.Add($"{piece.Offset} {piece.Length} {Convert.ToHexString(SHA256.HashData(bytes))}");
                }
            }
        }), TestContext.Current.CancellationToken);
        return lines;
    }

    public void Dispose()
    {
        SessionService.Disconnect(There);
        Here.Dispose();
    }
}
