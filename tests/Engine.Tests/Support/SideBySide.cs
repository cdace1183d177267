using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests;

/// <summary>Several users of one sandbox at once.</summary>
internal static class SideBySide
{
    /// <summary>Runs two commands of which the second begins when so much virtual time has passed.</summary>
    public static Task RunAsync(VirtualClock clock, int secondsApart, Func<Task> first, Func<Task> second) => RunAsync(clock, secondsApart, [first, second]);

    /// <summary>Runs commands of which each begins so much virtual time after the one before.</summary>
    public static async Task RunAsync(VirtualClock clock, int secondsApart, IReadOnlyList<Func<Task>> commands)
    {
        Task[] all;
        using (clock.Enter())
            all = [.. commands.Select((command, index) => index == 0 ? command() : LaterAsync(command, index))];
        await Task.WhenAll(all);

        async Task LaterAsync(Func<Task> command, int index)
        {
            using Activity activity = clock.Enter();
            await clock.DelayAsync(TimeSpan.FromSeconds(secondsApart * index), TestContext.Current.CancellationToken);
            Task work = command();
            activity.Dispose();
            await work;
        }
    }
}
