using System.Diagnostics;
using System.Text.RegularExpressions;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;

namespace ImageCmdlets.Engine.Tests.Azurite;

/// <summary>A running Azurite, Microsoft's emulator of the storage service, on a port of its own. npm installs it once for all runs; where it
/// cannot be had, the tests are skipped and say why.</summary>
internal sealed partial class AzuriteServer : IDisposable
{
    private const string Version = "3.35.0";

    // The account that every Azurite has, with the key that its documentation names.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private readonly Process _process;
    private readonly StorageSharedKeyCredential _credential = new(Account, Key);
    private readonly Uri _endpoint;

    private AzuriteServer(Process process, Uri endpoint)
    {
        _process = process;
        _endpoint = new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/{Account}");
    }

    private static string Folder => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "imagecmdlets", "azurite-" + Version);

    public static async Task<AzuriteServer> StartAsync()
    {
        if (!Directory.Exists(Folder) && await InstallAsync() is { } reason)
            Assert.Skip(reason);

        string main = Path.Combine(Folder, "node_modules", "azurite", "dist", "src", "blob", "main.js");
        Process process = Start("node", [main, "--blobHost", "127.0.0.1", "--blobPort", "0", "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry"]);
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (Listening().Match(line) is not { Success: true } match)
                continue;

            // Nobody may hold it up by not reading what it says.
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var server = new AzuriteServer(process, new Uri(match.Value));
            await server.Container().CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
            return server;
        }

        throw new InvalidOperationException("Azurite ended before it listened: " + await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>A page blob, with all rights.</summary>
    public PageBlobClient Blob(string name) => Container().GetPageBlobClient(name);

    /// <summary>A page blob's address with a signature for everything.</summary>
    public Uri Sign(string name) => Blob(name).GenerateSasUri(BlobSasPermissions.All, DateTimeOffset.UtcNow.AddHours(1));

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private BlobContainerClient Container() => new(new Uri(_endpoint + "/disks"), _credential);

    // Two test processes may come at once: whoever is done first has made it.
    private static async Task<string?> InstallAsync()
    {
        string made = Path.Combine(Path.GetDirectoryName(Folder)!, Path.GetRandomFileName());
        Directory.CreateDirectory(made);
        try
        {
            using Process npm = Start("npm", ["install", "--prefix", made, "--no-audit", "--no-fund", "azurite@" + Version]);
            Task<string> said = npm.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            _ = npm.StandardOutput.ReadToEndAsync(CancellationToken.None);
            await npm.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (npm.ExitCode != 0)
                return $"npm could not install Azurite: {(await said).Trim()}";
            if (!Directory.Exists(Folder))
                Directory.Move(made, Folder);
            return null;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return $"Azurite needs Node.js and npm: {exception.Message}";
        }
        finally
        {
            if (Directory.Exists(made))
                Directory.Delete(made, recursive: true);
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start)!;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[0-9]+")]
    private static partial Regex Listening();
}
