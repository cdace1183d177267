using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Tests;

/// <summary>Kills the process that runs a command, at every call that it makes, and has another process run the same command.</summary>
/// <remarks>Other than with Ctrl-C (<see cref="Interruption"/>) nothing of the command's own tidying up reaches Azure any more, and what
/// it asked for last may have been done without its knowing.</remarks>
internal static class ProcessKill
{
    // Every call takes minutes for all commands together; each run of the suite takes one of seven, and the long run all of them.
    /// <summary>How many calls are passed over from one try to the next.</summary>
    public static int Stride { get; } = Environment.GetEnvironmentVariable("IMAGECMDLETS_EVERY_CALL") == "1" ? 1 : 7;

    /// <summary>Of a test that takes a second at every call, and has to see several states between the calls.</summary>
    public static int ShortStride { get; } = Math.Min(Stride, 3);

    /// <summary>A command as a process runs it: session, sink, token.</summary>
    public delegate Task Command(ImageSession session, IOperationSink sink, CancellationToken cancellationToken);

    /// <summary>Runs a command in a process of its own until that is killed.</summary>
    /// <param name="alive">A session of the same sandbox.</param>
    /// <param name="call">At which call, counted from 1.</param>
    /// <param name="moment">Which calls count.</param>
    /// <param name="command">The command.</param>
    /// <returns>False: the command came to its end before.</returns>
    public static async Task<bool> RunAsync(ImageSession alive, int call, KillMoment moment, Command command)
    {
        using var handler = new MortalHandler(EngineSession.Of(alive).Sandbox!, call, moment);
        ImageSession session = OtherProcess.Open(alive, handler);
        try
        {
            await command(session, new RecordingSink(), handler.Death);
            return false;
        }
        catch (Exception exception) when (handler.Death.IsCancellationRequested && exception is OperationCanceledException or ImageCmdletsException)
        {
            return true;
        }
    }

    /// <summary>Kills a command at every call (at each seventh unless <c>IMAGECMDLETS_EVERY_CALL</c> is 1), one scene each, and has it run again by another process: the world must look as after a
    /// command that nobody disturbed; or, where everything had been done by then, as after the same command twice.</summary>
    /// <typeparam name="TScene">What is there before the command.</typeparam>
    /// <param name="moment">Which calls count.</param>
    /// <param name="open">Makes a scene, always the same.</param>
    /// <param name="session">The session of a scene.</param>
    /// <param name="command">The command.</param>
    /// <param name="later">How long it takes until somebody runs it again.</param>
    /// <returns>How many calls it makes; up to six more where not every call is tried.</returns>
    public static async Task<int> AtEveryCallAsync<TScene>(KillMoment moment, Func<Task<TScene>> open, Func<TScene, ImageSession> session, Func<TScene, Command> command,
        TimeSpan later = default)
        where TScene : IDisposable
    {
        (string once, string twice, string? error) = await UndisturbedAsync(open, session, command);
        for (int call = 1; ; call += Stride)
        {
            using TScene scene = await open();
            if (!await RunAsync(session(scene), call, moment, command(scene)))
                return call - 1;

            EngineSession.Of(session(scene)).Sandbox!.Clock.Advance(later);
            string between = await WorldPicture.OfAsync(session(scene));
            string? failure = await RunAsync(session(scene), command(scene));
            string end = await WorldPicture.OfAsync(session(scene));
            bool hadEnded = between == once;
            Assert.True(failure == (hadEnded ? error : null) || (error is not null && failure == error), $"Killed at {moment} {call}: {failure}");
            string expected = hadEnded ? twice : once;
            Assert.True(end == expected, $"Killed at {moment} {call}, it ends with\n{WorldPicture.Difference(end, expected)}\ninstead of\n{WorldPicture.Difference(expected, end)}\nafter\n{between}");
        }
    }

    private static async Task<(string Once, string Twice, string? Error)> UndisturbedAsync<TScene>(
        Func<Task<TScene>> open, Func<TScene, ImageSession> session, Func<TScene, Command> command)
        where TScene : IDisposable
    {
        using TScene scene = await open();
        Assert.Null(await RunAsync(session(scene), command(scene)));
        string once = await WorldPicture.OfAsync(session(scene));
        string? error = await RunAsync(session(scene), command(scene));
        return (once, await WorldPicture.OfAsync(session(scene)), error);
    }

    private static async Task<string?> RunAsync(ImageSession session, Command command)
    {
        var sink = new RecordingSink();
        try
        {
            await command(session, sink, TestContext.Current.CancellationToken);
            return sink.Errors.Count == 0 ? null : sink.Errors[0].ErrorId;
        }
        catch (ImageCmdletsException exception)
        {
            return exception.ErrorId;
        }
    }
}
