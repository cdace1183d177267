using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;

namespace ImageCmdlets.Bench.SandboxLoad;

/// <summary>The server as a process of its own, built in the same configuration as this program.</summary>
internal sealed class ServerUnderLoad : IDisposable
{
    private readonly Process _process;
    private readonly string _certificate = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pem");

    /// <summary>Starts it, and waits until it answers.</summary>
    public ServerUnderLoad(string? state)
    {
        long start = Stopwatch.GetTimestamp();
        string[] options = state is null ? [] : ["--state", state];
        var command = new ProcessStartInfo("dotnet", [Find(), "--certificate", _certificate, .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(command)!;
        _process.BeginErrorReadLine();
        Address = new Uri(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server did not start."));
        Startup = Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Time from the start of the process to its first readiness.</summary>
    public TimeSpan Startup { get; }

    /// <summary>Most memory that the process has had at a time, in MiB.</summary>
    public long PeakMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 >> 20;
        }
    }

    /// <summary>Memory that the process has now, in MiB.</summary>
    public long Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 >> 20;
        }
    }

    /// <summary>A client that trusts the server, and shows a token.</summary>
    public HttpClient CreateClient()
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(_certificate) },
        };
        var client = new HttpClient(handler) { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", "load");
        return client;
    }

    public void Dispose()
    {
        using (Process stop = Process.Start("kill", ["-TERM", $"{_process.Id}"])) stop.WaitForExit();
        _process.WaitForExit();
        _process.Dispose();
        File.Delete(_certificate);
    }

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        string configuration = folder.Parent!.Name;
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ImageCmdlets.sln"))) folder = folder.Parent;
        string root = folder?.FullName ?? throw new InvalidOperationException("Run this inside the repository.");
        return Path.Combine(root, "src", "SandboxServer", "bin", configuration, "net10.0", "ImageCmdlets.SandboxServer.dll");
    }
}
