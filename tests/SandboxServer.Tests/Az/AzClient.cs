using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ImageCmdlets.SandboxServer.Tests.Az;

/// <summary>The installed az, with a configuration of its own in which the server is the cloud.</summary>
public sealed partial class AzClient : IDisposable
{
    private const string Installed = "/usr/bin/az";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("az").FullName;
    private readonly Dictionary<string, string> _environment;

    /// <summary>Makes the configuration's folder.</summary>
    internal AzClient(ServerProcess server)
    {
        _environment = new Dictionary<string, string>
        {
            ["AZURE_CONFIG_DIR"] = _folder,
            ["REQUESTS_CA_BUNDLE"] = server.CertificatePath,
            ["AZURE_CORE_COLLECT_TELEMETRY"] = "false",
            ["AZURE_CORE_NO_COLOR"] = "true",
            ["AZURE_CORE_SURVEY_MESSAGE"] = "false",
            ["AZURE_CORE_DISABLE_PROGRESS_BAR"] = "true",
            ["AZURE_CORE_LOGIN_EXPERIENCE_V2"] = "off",
            ["AZURE_EXTENSION_USE_DYNAMIC_INSTALL"] = "no",
            ["PYTHONWARNINGS"] = "ignore",
            ["NO_PROXY"] = "127.0.0.1",
        };
    }

    /// <summary>Why no test can run here; null when az is installed.</summary>
    public static string? WhyNot => File.Exists(Installed) ? null : $"There is no {Installed}: apt-get install azure-cli.";

    /// <summary>Files for commands.</summary>
    public string Folder => _folder;

    /// <summary>Makes the server az's cloud and signs in, as a user does with a private cloud.</summary>
    public async Task RegisterAsync(string address)
    {
        string[] commands =
        [
            $"az cloud register -n Sandbox --endpoint-resource-manager {address}/ --endpoint-management {address}/ " +
            $"--endpoint-active-directory {address}/adfs --endpoint-active-directory-resource-id {address}/ " +
            $"--endpoint-active-directory-graph-resource-id {address}/graph/ --suffix-storage-endpoint core.sandbox.test",
            "az cloud set -n Sandbox",
            "az login --service-principal -u tester -p secret --tenant 20000000-0000-4000-8000-000000000001",
        ];
        foreach (string command in commands)
        {
            AzResult result = await RunAsync(command);
            if (result.ExitCode != 0) throw new InvalidOperationException($"{command}: {result.Error}");
        }
    }

    /// <summary>Runs a command to its end.</summary>
    public async Task<AzResult> RunAsync(string command)
    {
        string[] words = [.. Word().Matches(command).Skip(1).Select(static word => word.Value.Replace("'", string.Empty, StringComparison.Ordinal))];
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.FileName, string[] first) = IsDebians
            ? ("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "Az", "az_installed_versions.py")])
            : (Installed, Array.Empty<string>());
        foreach (string word in (string[])[.. first, .. words]) start.ArgumentList.Add(word);
        foreach ((string name, string value) in _environment) start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(s_patience);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return new AzResult(command, -1, await output, $"No end after {s_patience}. {await error}");
        }

        return new AzResult(command, process.ExitCode, await output, await error);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Debian's az is a Python script; Microsoft's packages bring their own Python and the SDK that fits.
    private static bool IsDebians => File.ReadLines(Installed).First().Contains("python", StringComparison.Ordinal);

    [GeneratedRegex("(?:'[^']*'|[^\\s'])+")]
    private static partial Regex Word();
}
