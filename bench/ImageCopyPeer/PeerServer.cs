using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;

namespace ImageCmdlets.Bench.ImageCopyPeer;

/// <summary>The sandbox server on a world.</summary>
internal sealed class PeerServer : IDisposable
{
    private readonly Process _process;
    private readonly World _world;

    /// <summary>Starts it, and waits until it answers.</summary>
    /// <param name="world">What it serves.</param>
    /// <param name="speed">As <c>--speed</c>.</param>
    /// <param name="options">Further options.</param>
    public PeerServer(World world, string speed, params string[] options)
    {
        _world = world;
        string server = Repository.Assembly("SandboxServer", "ImageCmdlets.SandboxServer.dll");
        var command = new ProcessStartInfo("dotnet",
            [server, "--port", "0", "--proxy", "0", "--speed", speed, "--state", world.State, "--certificate", world.Certificate, "--log", world.Log, .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(command)!;
        _process.BeginErrorReadLine();
        Address = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server did not start.");
        Proxy = _process.StandardOutput.ReadLine()!;
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>Where it leads clients that know Azure's own names only.</summary>
    public string Proxy { get; }

    public World World => _world;

    /// <summary>A client that trusts the server, and shows a token.</summary>
    public HttpClient CreateClient()
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(_world.Certificate) },
        };
        var client = new HttpClient(handler) { BaseAddress = new Uri(Address) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", "peer");
        return client;
    }

    public void Dispose()
    {
        using (Process stop = Process.Start("kill", ["-TERM", $"{_process.Id}"])) stop.WaitForExit();
        _process.WaitForExit();
        _process.Dispose();
    }
}
