using System.Diagnostics;

namespace ImageCmdlets.Bench.ImageCopyPeer;

/// <summary>The installed <c>az image copy</c>. It knows Azure's own names, and comes to the server through its proxy.</summary>
/// <param name="cleanup">Whether it is asked to remove what it makes on its way.</param>
internal sealed class AzImageCopy(bool cleanup) : IPeerTool
{
    private const string Installed = "/usr/bin/az";
    private const string Extension = "image-copy-extension";

    private static readonly string[] s_cleanup = ["--cleanup"];

    public string Name => cleanup ? "az image copy --cleanup" : "az image copy";

    public string SignOfCopy => "\"x-ms-copy-source\"";

    // az looks for extensions below its configuration, which is another one here.
    private static string Extensions =>
        Environment.GetEnvironmentVariable("AZURE_EXTENSION_DIR") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".azure", "cliextensions");

    /// <summary>Why it cannot run here; null when it can.</summary>
    public static string? WhyNot
    {
        get
        {
            if (!File.Exists(Installed)) return $"There is no {Installed}: apt-get install azure-cli.";
            return Directory.Exists(Path.Combine(Extensions, Extension))
                ? null
                : $"The extension of az image copy is not installed: az extension add --name {Extension} (or --source FILE.whl where there is no way to " +
                  "Microsoft's index). Where az keeps extensions in another folder, AZURE_EXTENSION_DIR names it.";
        }
    }

    /// <summary>Versions of az and of the extension.</summary>
    public static string Versions
    {
        get
        {
            string metadata = Directory.GetDirectories(Path.Combine(Extensions, Extension), "*.dist-info").Select(Path.GetFileName).FirstOrDefault() ?? "?";
            using Process az = Process.Start(new ProcessStartInfo(Installed, ["version", "--query", "\"azure-cli\"", "-o", "tsv"])
            {
                RedirectStandardOutput = true,
                Environment = { ["AZURE_EXTENSION_DIR"] = Extensions },
            })!;
            string version = az.StandardOutput.ReadToEnd().Trim();
            az.WaitForExit();
            return $"azure-cli {version}, {Extension} {metadata.Split('-').ElementAtOrDefault(1)?.Replace(".dist", string.Empty, StringComparison.Ordinal)}";
        }
    }

    public async Task SignInAsync(PeerServer server)
    {
        ToolRun run = await RunAsync(server, ["login", "--service-principal", "-u", "peer", "-p", "secret", "--tenant", World.Tenant]);
        if (run.ExitCode != 0) throw new InvalidOperationException($"az login: {run.Output}");
    }

    public Task<ToolRun> CopyAsync(PeerServer server, IReadOnlyList<string> regions, Func<bool>? isEnough = null) => RunAsync(
        server,
        ["image", "copy", "--source-resource-group", "images", "--source-object-name", "golden", "--target-location", .. regions,
            "--target-resource-group", "copies", .. cleanup ? s_cleanup : []],
        isEnough);

    // Its errors repeat whole command lines, with keys: only the short ones.
    public IReadOnlyList<string> Essence(ToolRun run)
    {
        string[] lines = [.. run.Output.Split('\n').Select(static line => line.Trim()).Where(static line => line.Length is > 0 and < 300 && !line.Contains('[', StringComparison.Ordinal))];
        string[] errors = [.. lines.Where(static line => line.StartsWith("ERROR", StringComparison.Ordinal)).Distinct()];
        return [.. errors, .. lines.Where(static line => line.StartsWith("WARNING", StringComparison.Ordinal)).TakeLast(1)];
    }

    private static Task<ToolRun> RunAsync(PeerServer server, string[] arguments, Func<bool>? isEnough = null)
    {
        var start = new ProcessStartInfo(Installed, arguments);
        var variables = new Dictionary<string, string>
        {
            ["AZURE_CONFIG_DIR"] = server.World.ToolFolder,
            ["AZURE_EXTENSION_DIR"] = Extensions,
            ["AZURE_CORE_COLLECT_TELEMETRY"] = "false",
            ["AZURE_CORE_NO_COLOR"] = "true",
            ["AZURE_CORE_SURVEY_MESSAGE"] = "false",
            ["AZURE_CORE_DISABLE_PROGRESS_BAR"] = "true",
            ["AZURE_CORE_LOGIN_EXPERIENCE_V2"] = "off",
            ["AZURE_EXTENSION_USE_DYNAMIC_INSTALL"] = "no",
            ["HTTPS_PROXY"] = server.Proxy,
            ["REQUESTS_CA_BUNDLE"] = server.World.Certificate,
            ["PYTHONPATH"] = Path.Combine(AppContext.BaseDirectory, "Az"),
            ["PYTHONWARNINGS"] = "ignore",
        };
        foreach ((string name, string value) in variables) start.Environment[name] = value;
        return ToolProcess.RunAsync(start, isEnough);
    }
}
