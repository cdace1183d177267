using System.Security.Cryptography;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Engine.Vhds;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Vhds;

/// <summary>A VHD of a GiB of which little is data: about as much travels, in both directions.</summary>
public sealed class LargeVhdTests
{
    private const long GiB = 1024L * TestVhd.MiB;
    private const int Piece = 64 * 1024;

    // 492 pieces of 64 KiB are 3 % of a GiB.
    private const int Pieces = 492;

    [Fact]
    public async Task ThreePercentOfAGibibyteMoveAsThreePercent()
    {
        using VhdScene scene = await VhdScene.OpenAsync();
        string expected = await WriteAsync(scene.File);
        using var counting = new CountingHandler(EngineSession.Of(scene.Sandbox.Session).Sandbox!);
        ImageSession session = OtherProcess.Open(scene.Sandbox.Session, counting);
        string disk = await UploadAsync(scene, session);
        Assert.InRange(counting.Sent, GiB * 3 / 100, GiB * 33 / 1000);

        string snapshot = await scene.Images.SnapshotAsync("large", disk);
        var export = new ExportVhdOptions { SourceId = snapshot, FilePath = Path.Combine(scene.Folder, "back.vhd") };
        var sink = new RecordingSink();
        await VhdService.ExportAsync(session, [export], new RunOptions(), sink, TestContext.Current.CancellationToken);

        Assert.InRange(counting.Received, GiB * 3 / 100, GiB * 33 / 1000);
        Assert.Equal(GiB + TestVhd.FooterSize, Assert.IsType<ImageVhd>(Assert.Single(sink.Items)).Length);
        Assert.Equal(expected, await HashAsync(export.FilePath!));
    }

    private static async Task<string> UploadAsync(VhdScene scene, ImageSession session)
    {
        string disk = string.Empty;
        await Operation.RunAsync(session, new RecordingSink(), new RunOptions(), null, async operation =>
        {
            var options = new NewImageOptions { Source = scene.File, IsFile = true, ResourceGroupName = "images", OSType = "Linux" };
            VhdUpload upload = (await VhdPlanner.PlanAsync(operation, options)).Upload.Single();
            disk = upload.DiskId.Text;
            await new VhdUploading(operation, upload).RunAsync();
        }, TestContext.Current.CancellationToken);
        return disk;
    }

    private static async Task<string> WriteAsync(string path)
    {
        var random = new Random(3);
        byte[] bytes = new byte[Piece];
        await using (FileStream file = File.Create(path))
        {
            for (int i = 0; i < Pieces; i++)
            {
                random.NextBytes(bytes);
                file.Position = i * (GiB / Pieces / Piece * Piece);
                await file.WriteAsync(bytes, TestContext.Current.CancellationToken);
            }

            file.Position = GiB;
            await file.WriteAsync(TestVhd.Footer(GiB), TestContext.Current.CancellationToken);
        }

        return await HashAsync(path);
    }

    private static async Task<string> HashAsync(string path)
    {
        await using FileStream file = File.OpenRead(path);
        return Convert.ToHexString(await SHA256.HashDataAsync(file, TestContext.Current.CancellationToken));
    }

    // Counts the bytes of disks that pass.
    private sealed class CountingHandler(ArmSandbox sandbox) : DelegatingHandler(new SandboxMessageHandler(sandbox))
    {
        private long _sent;
        private long _received;

        public long Sent => _sent;

        public long Received => _received;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            bool isDisk = request.RequestUri!.Host.StartsWith("md-", StringComparison.Ordinal);
            if (isDisk)
                Interlocked.Add(ref _sent, request.Content?.Headers.ContentLength ?? 0);
            HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
            if (isDisk && request.Method != HttpMethod.Head)
                Interlocked.Add(ref _received, answer.Content.Headers.ContentLength ?? 0);
            return answer;
        }
    }
}
