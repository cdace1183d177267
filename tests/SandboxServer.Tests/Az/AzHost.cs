using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ImageCmdlets.SandboxServer.Tests.Az;

/// <summary>The process of az_host.py: az's own Python with az's modules in memory, from which every command is forked.</summary>
internal sealed class AzHost : IDisposable
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<int>> _running = new();
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly string _folder;
    private int _last;

    /// <summary>Starts it.</summary>
    /// <param name="python">The Python that has az.</param>
    /// <param name="environment">Variables of every command.</param>
    /// <param name="folder">Where the commands' outputs are written.</param>
    public AzHost(string python, IReadOnlyDictionary<string, string> environment, string folder)
    {
        _folder = folder;
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "Az", "az_host.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync();
        _ = HearAsync();
    }

    /// <summary>Runs a command to its end.</summary>
    /// <param name="words">What stands behind <c>az</c>.</param>
    /// <param name="patience">How long it may take. After that the host and all its commands are ended.</param>
    public async Task<(int ExitCode, string Output, string Error)> RunAsync(IReadOnlyList<string> words, TimeSpan patience)
    {
        int id = Interlocked.Increment(ref _last);
        string output = Path.Combine(_folder, $"{id}.output");
        string error = Path.Combine(_folder, $"{id}.error");
        var ended = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[id] = ended;
        var request = new JsonObject
        {
            ["id"] = id,
            ["arguments"] = new JsonArray([.. words.Select(static word => JsonValue.Create(word))]),
            ["output"] = output,
            ["error"] = error,
        };
        lock (_process) _process.StandardInput.WriteLine(request.ToJsonString());
        try
        {
            int exitCode = await ended.Task.WaitAsync(patience);
            return (exitCode, await File.ReadAllTextAsync(output), await File.ReadAllTextAsync(error));
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            return (-1, string.Empty, $"No end after {patience}.");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task HearAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            JsonNode end = JsonNode.Parse(line)!;
            if (_running.TryRemove((int)end["id"]!, out TaskCompletionSource<int>? ended)) ended.SetResult((int)end["exitCode"]!);
        }

        var died = new InvalidOperationException($"The host of az ended: {await _error}");
        foreach (TaskCompletionSource<int> waiting in _running.Values) waiting.TrySetException(died);
    }
}
