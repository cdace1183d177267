using ImageCmdlets.Engine.Leftovers;
using ImageCmdlets.Engine.Tracking;

namespace ImageCmdlets.Engine.Tests.Tracking;

/// <summary>What a user sees of operations and leftovers, and does about them.</summary>
internal static class Tracked
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ImageOperation[]> OperationsAsync(ImageSession session, ImageOperationQuery? query = null)
    {
        var sink = new RecordingSink();
        await TrackingService.GetAsync(session, query ?? new ImageOperationQuery(), sink, Token);
        Assert.Empty(sink.Errors);
        return [.. sink.Items.Cast<ImageOperation>()];
    }

    public static async Task<RecordingSink> WaitAsync(ImageSession session, ImageOperationQuery? query = null)
    {
        var sink = new RecordingSink();
        await TrackingService.WaitAsync(session, query ?? new ImageOperationQuery(), new RunOptions(), sink, Token);
        return sink;
    }

    public static async Task<RecordingSink> StopAsync(ImageSession session, params ImageOperation[] operations)
    {
        var sink = new RecordingSink();
        if (operations.Length > 0)
            await TrackingService.StopAsync(session, operations, new RunOptions(), sink, Token);
        return sink;
    }

    public static async Task<ImageLeftover[]> LeftoversAsync(ImageSession session, ImageLeftoverQuery? query = null)
    {
        var sink = new RecordingSink();
        await LeftoverService.GetAsync(session, query ?? new ImageLeftoverQuery(), sink, Token);
        Assert.Empty(sink.Errors);
        return [.. sink.Items.Cast<ImageLeftover>()];
    }

    public static async Task<RecordingSink> RemoveAsync(ImageSession session, IEnumerable<ImageLeftover> leftovers, ImageLeftoverQuery? query = null)
    {
        var sink = new RecordingSink();
        string[] ids = [.. leftovers.Select(leftover => leftover.Id)];
        if (ids.Length > 0)
            await LeftoverService.RemoveAsync(session, ids, query ?? new ImageLeftoverQuery(), new RunOptions(), sink, Token);
        return sink;
    }
}
