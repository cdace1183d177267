using System.Diagnostics;

namespace ImageCmdlets.Cmdlets.Tests.Sessions;

/// <summary>The sandbox server in a process of its own, on a free port.</summary>
public sealed class RunningServer : IDisposable
{
    private readonly Process _process;

    public RunningServer()
    {
        CertificatePath = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pem");
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string server = Path.Combine(BuiltModule.RepositoryRoot, "src", "SandboxServer", "bin", configuration, "net10.0", "ImageCmdlets.SandboxServer.dll");
        var start = new ProcessStartInfo("dotnet", [server, "--port", "0", "--speed", "1000", "--certificate", CertificatePath]) { RedirectStandardOutput = true };
        _process = Process.Start(start)!;
        Address = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server said nothing.");
    }

    public string Address { get; }

    public string CertificatePath { get; }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
        File.Delete(CertificatePath);
    }
}
