using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Audits the root of a Linux system that is mounted or unpacked on this computer, with this computer's own shell.</summary>
internal static class LocalAudit
{
    private const string Shell = "/bin/sh";

    /// <exception cref="ImageCmdletsException">OperationNotSupported, FileNotFound, InvalidResponse.</exception>
    public static async Task<ImageResidue> RunAsync(string root, CancellationToken cancellationToken)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows) || !File.Exists(Shell))
        {
            throw new ImageCmdletsException(ErrorIds.OperationNotSupported, "The audit of a folder needs a POSIX shell, which this computer does not have.", root,
                "Run it on Linux or macOS, in WSL for instance, or audit the virtual machine.");
        }

        if (!Directory.Exists(root))
            throw new ImageCmdletsException(ErrorIds.FileNotFound, $"There is no folder '{root}'.", root);

        (string output, string error) = await RunShellAsync(root, cancellationToken).ConfigureAwait(false);
        ResidueReport report = ResidueReport.Find(output) is { IsWhole: true } whole ? whole : throw new ImageCmdletsException(ErrorIds.InvalidResponse,
            $"The audit of '{root}' did not come to its end. {error.Trim()}".TrimEnd(), root);
        return new ImageResidue { Name = new DirectoryInfo(root).Name, Path = root, Finding = ResidueService.Ordered(report.Finding) };
    }

    // The script comes through the input: no command line has to be quoted, and no file of it is left behind.
    private static async Task<(string Output, string Error)> RunShellAsync(string root, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Shell, "-s")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.Environment["IMAGECMDLETS_ROOT"] = root;
        start.Environment.Remove("IMAGECMDLETS_SKIP");
        start.Environment.Remove("IMAGECMDLETS_TAKE");
        using var process = new Process { StartInfo = start };
        process.Start();
        using CancellationTokenRegistration stop = cancellationToken.Register(() => Kill(process));
        Task<string> output = ReadAsync(process.StandardOutput, cancellationToken);
        Task<string> error = ReadAsync(process.StandardError, cancellationToken);
        await process.StandardInput.WriteAsync(ResidueService.Script).ConfigureAwait(false);
        process.StandardInput.Close();
        string printed = await output.ConfigureAwait(false);
        string complained = await error.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return (printed, complained);
    }

    // .NET Framework's readers cannot be stopped, its streams can.
    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await reader.BaseStream.CopyToAsync(bytes, 81920, cancellationToken).ConfigureAwait(false);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has just ended.
        }
    }
}
