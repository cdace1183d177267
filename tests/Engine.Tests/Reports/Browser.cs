using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Engine.Tests.Reports;

/// <summary>A real Chromium without a window and without a network, spoken to by its DevTools protocol over loopback.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";
    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly string _folder;
    private readonly List<JsonNode> _events = [];
    private int _last;

    private Browser(Process process, string folder)
    {
        _process = process;
        _folder = folder;
    }

    /// <summary>Why there is none; null where there is one.</summary>
    public static string? Missing => File.Exists(Program) ? null : $"There is no {Program}: apt-get install chromium.";

    /// <summary>What the page did and the protocol told since it was opened.</summary>
    public IReadOnlyList<JsonNode> Events => _events;

    public static async Task<Browser> OpenAsync(string page, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("imagecmdlets-chromium-").FullName;
        string[] arguments =
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--remote-debugging-port=0", "--remote-allow-origins=*", $"--user-data-dir={folder}", "about:blank",
        ];
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        var browser = new Browser(Process.Start(start)!, folder);
        try
        {
            await browser.ConnectAsync(cancellationToken);
            await browser.CallAsync("Page.enable", null, cancellationToken);
            await browser.CallAsync("Network.enable", null, cancellationToken);
            await browser.CallAsync("Runtime.enable", null, cancellationToken);
            await browser.CallAsync("Log.enable", null, cancellationToken);
            await browser.CallAsync("Page.navigate", new JsonObject { ["url"] = new Uri(page).AbsoluteUri }, cancellationToken);
            await browser.UntilAsync("Page.loadEventFired", cancellationToken);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives the page a width, a colour scheme and a medium.</summary>
    public async Task EmulateAsync(int width, string scheme, string medium, CancellationToken cancellationToken)
    {
        await CallAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 }, cancellationToken);
        var features = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme });
        await CallAsync("Emulation.setEmulatedMedia", new JsonObject { ["media"] = medium, ["features"] = features }, cancellationToken);
    }

    /// <summary>What a function of JavaScript gives in the page.</summary>
    public async Task<JsonNode?> EvaluateAsync(string function, CancellationToken cancellationToken)
    {
        JsonNode answer = await CallAsync("Runtime.evaluate", new JsonObject { ["expression"] = $"({function})()", ["returnByValue"] = true }, cancellationToken);
        Assert.Null(answer["exceptionDetails"]?.ToJsonString());
        return answer["result"]!["value"];
    }

    /// <summary>A picture of the whole page, as PNG.</summary>
    public async Task<byte[]> PictureAsync(CancellationToken cancellationToken)
    {
        JsonNode answer = await CallAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png", ["captureBeyondViewport"] = true }, cancellationToken);
        return Convert.FromBase64String((string)answer["data"]!);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // Chromium says on its standard error where it listens; the page has an address of its own there.
    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        const string Before = "DevTools listening on ws://";
        string? line = null;
        while ((line = await _process.StandardError.ReadLineAsync(cancellationToken)) is not null && !line.StartsWith(Before, StringComparison.Ordinal))
        {
        }

        Assert.NotNull(line);
        _ = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        string host = line[Before.Length..].Split('/')[0];
        using var client = new HttpClient();
        JsonNode? targets = JsonNode.Parse(await client.GetStringAsync(new Uri($"http://{host}/json/list"), cancellationToken));
        JsonNode page = Assert.Single(targets!.AsArray(), target => (string?)target!["type"] == "page")!;
        await _socket.ConnectAsync(new Uri((string)page["webSocketDebuggerUrl"]!), cancellationToken);
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject? parameters, CancellationToken cancellationToken)
    {
        int id = ++_last;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        await _socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        while (true)
        {
            JsonNode answer = await ReceiveAsync(cancellationToken);
            if ((int?)answer["id"] != id)
                continue;

            Assert.Null(answer["error"]?.ToJsonString());
            return answer["result"]!;
        }
    }

    private async Task UntilAsync(string method, CancellationToken cancellationToken)
    {
        while (!_events.Exists(told => (string?)told["method"] == method))
            await ReceiveAsync(cancellationToken);
    }

    private async Task<JsonNode> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[65536];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, cancellationToken);
            whole.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        JsonNode message = JsonNode.Parse(whole.ToArray())!;
        if (message["method"] is not null)
            _events.Add(message);
        return message;
    }
}
