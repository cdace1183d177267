using System.Diagnostics;

namespace ImageCmdlets.Guest.Tests.Machine;

/// <summary>Runs a process to its end.</summary>
internal static class Command
{
    // No command of these tests takes seconds; one that waits for ever is to fail its test and no other.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    /// <summary>A file that came along with these tests.</summary>
    public static string File(string name) => Path.Combine(AppContext.BaseDirectory, name);

    public static CommandResult Run(string program, IEnumerable<string> arguments, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all of it; its exit code and its errors say why.
        }

        if (!process.WaitForExit(s_limit))
            process.Kill(entireProcessTree: true);
        return new CommandResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
