using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Copying;

/// <summary>One transient fault at every request of a copy, one after the other, on each of its ways: it succeeds all the same, and asks
/// little more than without.</summary>
public sealed class CopyFaultTests
{
    // Where the answer to the version's PUT is lost, it is looked at more often than an operation is polled.
    private const int MostExtraCalls = 20;
    private static readonly RunOptions s_oneByOne = new() { ThrottleLimit = 1 };

    [Theory]
    [MemberData(nameof(TransientFaults.Names), MemberType = typeof(TransientFaults))]
    public async Task SnapshotsArrive(string name) => Assert.InRange(await AtEveryRequestAsync(name, ImageCopyMethod.SnapshotCopy), 20, 200);

    [Theory]
    [MemberData(nameof(TransientFaults.Names), MemberType = typeof(TransientFaults))]
    public async Task ByAGalleryTheImageArrives(string name) => Assert.InRange(await AtEveryRequestAsync(name, ImageCopyMethod.Gallery), 30, 200);

    private static async Task<int> AtEveryRequestAsync(string name, ImageCopyMethod method)
    {
        long undisturbed = await CopyAsync(method, null, "undisturbed");
        for (int request = 0; ; request += ProcessKill.Stride)
        {
            SandboxFault fault = TransientFaults.Of(name, request);
            long calls = await CopyAsync(method, fault, $"{name} at request {request}");
            if (fault.Hits == 0)
                return request;

            Assert.True(calls <= undisturbed + MostExtraCalls, $"{name} at request {request}: {calls} calls instead of {undisturbed}");
        }
    }

    private static async Task<long> CopyAsync(ImageCopyMethod method, SandboxFault? fault, string what)
    {
        using CopyScene scene = await CopyScene.OpenAsync();
        if (method == ImageCopyMethod.Gallery)
            await scene.DeleteDisksAsync();
        long before = scene.Sandbox.Sandbox.GetStatistics().Requests;
        if (fault is not null)
            scene.Sandbox.Sandbox.AddFault(fault);
        var sink = new RecordingSink();
        await scene.CopyAsync(sink, CopyScene.Options(scene.ImageId, "northeurope"), s_oneByOne);
        long calls = scene.Sandbox.Sandbox.GetStatistics().Requests - before;
        scene.Sandbox.Sandbox.ClearFaults();

        Assert.True(sink.Errors.Count == 0, $"{what}: {sink.Errors.FirstOrDefault()?.Message}");
        Assert.True(sink.Warnings.Count == 0, $"{what}: {sink.Warnings.FirstOrDefault()}");
        Assert.Equal(("Succeeded", method.ToString()), sink.Items.Cast<ImageCopyResult>().Select(result => (result.State, result.Method)).Single());
        Assert.Equal(["web01-image", "web01-image-northeurope"], await scene.ImagesAsync());
        await scene.AssertNothingLeftAsync(what);
        return calls;
    }
}
