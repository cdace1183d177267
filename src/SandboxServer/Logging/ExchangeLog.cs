using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox;
using Microsoft.AspNetCore.Http.Features;

namespace ImageCmdlets.SandboxServer.Logging;

/// <summary>Writes every exchange as a line of JSON, without its secrets.</summary>
internal sealed class ExchangeLog : IDisposable
{
    /// <summary>Among the items of a request whose connection was cut instead of an answer.</summary>
    public const string Cut = "cut";

    private static readonly JsonSerializerOptions s_text = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArmSandbox _sandbox;
    private readonly StreamWriter _file;
    private readonly Lock _gate = new();

    /// <summary>Opens the file; lines are appended.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public ExchangeLog(ArmSandbox sandbox, string path)
    {
        _sandbox = sandbox;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _file = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
    }

    /// <summary>Lets a request be answered, and writes down both.</summary>
    public async Task ObserveAsync(HttpContext context, Func<HttpContext, Task> answer)
    {
        long start = Stopwatch.GetTimestamp();
        using var asked = new MemoryStream();
        await context.Request.Body.CopyToAsync(asked, context.RequestAborted);
        asked.Position = 0;
        context.Request.Body = asked;

        Stream outside = context.Response.Body;
        using var said = new MemoryStream();
        context.Response.Body = said;
        try
        {
            await answer(context);
        }
        finally
        {
            Write(context, asked, said, Stopwatch.GetElapsedTime(start));
            context.Response.Body = outside;
        }

        if (context.Items.ContainsKey(Cut) || said.Length == 0) return;
        said.Position = 0;
        await said.CopyToAsync(outside, context.RequestAborted);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate) _file.Dispose();
    }

    private void Write(HttpContext context, MemoryStream asked, MemoryStream said, TimeSpan elapsed)
    {
        bool cut = context.Items.ContainsKey(Cut);
        var line = new JsonObject
        {
            ["time"] = _sandbox.Clock.GetUtcNow().ToString("O"),
            ["milliseconds"] = Math.Round(elapsed.TotalMilliseconds, 1),
            ["method"] = context.Request.Method,
            ["url"] = Redaction.OfText($"{context.Request.Scheme}://{context.Request.Host}" +
                context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget),
            ["request"] = Side(context.Request.Headers, asked, context.Request.ContentType),
            ["status"] = cut ? null : context.Response.StatusCode,
            ["response"] = cut ? null : Side(context.Response.Headers, said, context.Response.ContentType),
        };
        lock (_gate) _file.WriteLine(line.ToJsonString(s_text));
    }

    private static JsonObject Side(IHeaderDictionary headers, MemoryStream body, string? contentType)
    {
        var shown = new JsonObject();
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in headers)
            shown[name] = Redaction.OfHeader(name, values.ToString());
        return new JsonObject
        {
            ["headers"] = shown,
            ["body"] = Redaction.OfBody(body.GetBuffer().AsSpan(0, (int)body.Length), contentType),
        };
    }
}
