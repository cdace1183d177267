using System.Diagnostics;

namespace ImageCmdlets.Guest.Tests.Machine;

/// <summary>Runs a process to its end.</summary>
internal static class Command
{
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

        process.WaitForExit();
        return new CommandResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
