using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests;

/// <summary>Two users of one sandbox at once.</summary>
internal static class SideBySide
{
    /// <summary>Runs two commands of which the second begins when so much virtual time has passed.</summary>
    public static async Task RunAsync(VirtualClock clock, int secondsApart, Func<Task> first, Func<Task> second)
    {
        Task[] both;
        using (clock.Enter())
            both = [first(), LaterAsync()];
        await Task.WhenAll(both);

        async Task LaterAsync()
        {
            using Activity activity = clock.Enter();
            await clock.DelayAsync(TimeSpan.FromSeconds(secondsApart), TestContext.Current.CancellationToken);
            Task work = second();
            activity.Dispose();
            await work;
        }
    }
}
