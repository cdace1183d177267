using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;

namespace ImageCmdlets.Tests;

/// <summary>The sandbox server in a process of its own, ready to answer.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts the server on a free port, and waits until it says that it is ready.</summary>
    public ServerProcess(params string[] options)
        : this(new Dictionary<string, string>(), options)
    {
    }

    /// <summary>Starts the server in an environment with further variables.</summary>
    public ServerProcess(IReadOnlyDictionary<string, string> environment, params string[] options)
    {
        CertificatePath = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pem");
        _process = Start(environment, ["--port", "0", "--certificate", CertificatePath, .. options]);
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        Address = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server did not start.");
        if (options.Contains("--proxy")) Proxy = _process.StandardOutput.ReadLine();
    }

    /// <summary>Where it listens: <c>https://127.0.0.1:PORT</c>.</summary>
    public string Address { get; }

    /// <summary>Where its proxy listens, with the option <c>--proxy</c>; null without it.</summary>
    public string? Proxy { get; }

    /// <summary>Its id in the operating system.</summary>
    public int Id => _process.Id;

    /// <summary>The certificate of its CA, as PEM.</summary>
    public string CertificatePath { get; }

    /// <summary>Starts the server without waiting for it.</summary>
    public static Process Start(params string[] options) => Start(new Dictionary<string, string>(), options);

    private static Process Start(IReadOnlyDictionary<string, string> environment, string[] options)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string server = Path.Combine(
            BuiltModule.RepositoryRoot, "src", "SandboxServer", "bin", configuration, "net10.0", "ImageCmdlets.SandboxServer.dll");
        var start = new ProcessStartInfo("dotnet", [server, .. options]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Trusts the server's CA and nobody else.</summary>
    public X509ChainPolicy CreateTrust() => new()
    {
        RevocationMode = X509RevocationMode.NoCheck,
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(CertificatePath) },
    };

    /// <summary>A client that trusts the server, and shows a token.</summary>
    public HttpClient CreateClient()
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.CertificateChainPolicy = CreateTrust();
        var client = new HttpClient(handler) { BaseAddress = new Uri(Address) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", "sandbox-token");
        return client;
    }

    /// <summary>Asks it to stop, and waits.</summary>
    /// <param name="signal">TERM or INT.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync(string signal, CancellationToken cancellationToken)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Ends it as SIGKILL does, without a chance to write anything more.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
        File.Delete(CertificatePath);
    }
}
