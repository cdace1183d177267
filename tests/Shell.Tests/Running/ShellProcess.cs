using System.Diagnostics;
using System.Text;

namespace ImageCmdlets.Shell.Tests.Running;

/// <summary>The shell as a process of its own, with pipes for its streams.</summary>
internal static class ShellProcess
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs the shell to its end.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="arguments">Its command line.</param>
    public static async Task<ShellResult> RunAsync(string input, params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await EndAsync(process);
        return new ShellResult(process.ExitCode, Normal(await output), Normal(await error));
    }

    /// <summary>Waits for the end of the shell, which is killed when it does not come.</summary>
    /// <exception cref="OperationCanceledException">It did not come.</exception>
    public static async Task EndAsync(Process process)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Starts the shell.</summary>
    public static Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ImageCmdlets.Shell.dll"));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);

        return Process.Start(start)!;
    }

    private static string Normal(string text) => text.ReplaceLineEndings("\n");
}
