namespace ImageCmdlets.Engine.Tests;

/// <summary>A user who presses Ctrl-C after an ARM call.</summary>
internal static class Interruption
{
    /// <summary>How many calls are passed over from one try to the next: as where processes are killed, the long run tries them all.</summary>
    public static int Stride => ProcessKill.Stride;

    /// <summary>Runs a command until so many of its ARM calls have been answered.</summary>
    /// <returns>How many were; fewer than asked for: the command ended before.</returns>
    public static async Task<int> RunUntilAsync(int call, Func<IOperationSink, CancellationToken, Task> command)
    {
        using var sink = new StoppingSink(call);
        try
        {
            await command(sink, sink.Token);
        }
        catch (OperationCanceledException) when (sink.Token.IsCancellationRequested)
        {
            // What the user wanted.
        }

        return sink.Calls;
    }
}
