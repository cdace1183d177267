using System.Diagnostics;
using System.Text;

namespace ImageCmdlets.Bench.ImageCopyPeer;

/// <summary>A command line tool as a process of its own, with the processes that it starts.</summary>
internal static class ToolProcess
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(20);

    /// <summary>Runs it to its end, or until somebody wants it killed.</summary>
    /// <param name="start">What is started.</param>
    /// <param name="isEnough">Asked again and again; when it says so, the process and all that it has started are killed.</param>
    public static async Task<ToolRun> RunAsync(ProcessStartInfo start, Func<bool>? isEnough = null)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var said = new StringBuilder();
        void Hear(object sender, DataReceivedEventArgs line)
        {
            lock (said) said.AppendLine(line.Data);
        }

        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        bool killed = await WatchAsync(process, isEnough);
        TimeSpan time = Stopwatch.GetElapsedTime(begin);
        lock (said) return new ToolRun(killed ? null : process.ExitCode, said.ToString(), time);
    }

    private static async Task<bool> WatchAsync(Process process, Func<bool>? isEnough)
    {
        using var patience = new CancellationTokenSource(s_patience);
        Task end = process.WaitForExitAsync(patience.Token);
        while (isEnough is not null && !end.IsCompleted)
        {
            if (isEnough())
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
                return true;
            }

            await Task.WhenAny(end, Task.Delay(20));
        }

        try
        {
            await end;
            return false;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{process.ProcessName}: no end after {s_patience}.");
        }
    }
}
