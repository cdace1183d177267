using System.Text.RegularExpressions;

namespace ImageCmdlets.SandboxServer.Tests.Az;

/// <summary>The installed az, with a configuration of its own in which the server is the cloud.</summary>
public sealed partial class AzClient : IDisposable
{
    private const string Installed = "/usr/bin/az";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("az").FullName;
    private readonly AzHost _host;

    /// <summary>Makes the configuration's folder.</summary>
    internal AzClient(ServerProcess server)
    {
        var environment = new Dictionary<string, string>
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
        _host = new AzHost(Python, environment, _folder);
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
        (int exitCode, string output, string error) = await _host.RunAsync(words, s_patience);
        return new AzResult(command, exitCode, output, error);
    }

    public void Dispose()
    {
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // Debian's az is a script of the system's Python; Microsoft's packages bring their own.
    private static string Python => File.ReadLines(Installed).First().Contains("python", StringComparison.Ordinal) ? "/usr/bin/python3" : "/opt/az/bin/python3";

    [GeneratedRegex("(?:'[^']*'|[^\\s'])+")]
    private static partial Regex Word();
}
