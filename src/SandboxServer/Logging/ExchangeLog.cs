using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox;
using ImageCmdlets.Sandbox.State;
using Microsoft.AspNetCore.Http.Features;

namespace ImageCmdlets.SandboxServer.Logging;

/// <summary>Writes every exchange as a line of JSON, without its secrets.</summary>
internal sealed class ExchangeLog : IDisposable
{
    /// <summary>Among the items of a request whose connection was cut instead of an answer.</summary>
    public const string Cut = "cut";

    // A body may be as deep as the reader allows (64), and stands two levels deep in its line.
    private static readonly JsonSerializerOptions s_text = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 128 };

    private readonly ArmSandbox _sandbox;
    private readonly StreamWriter _file;
    private readonly Lock _gate = new();
    private bool _failed;

    /// <summary>Opens the file, for its owner only when it is new; lines are appended.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public ExchangeLog(ArmSandbox sandbox, string path)
    {
        _sandbox = sandbox;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _file = new StreamWriter(PrivateFile.Open(path, FileMode.Append, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
    }

    /// <summary>Lets a request be answered, and writes down both. That the log cannot be written never changes an answer.</summary>
    public async Task ObserveAsync(HttpContext context, Func<HttpContext, Task> answer)
    {
        long start = Stopwatch.GetTimestamp();
        Stream outside = context.Response.Body;
        using var said = new MemoryStream();
        context.Response.Body = said;
        try
        {
            await answer(context);
        }
        catch (Exception failure)
        {
            // What the server answers in the place of an answer.
            context.Response.StatusCode = (failure as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status500InternalServerError;
            throw;
        }
        finally
        {
            Write(context, said, Stopwatch.GetElapsedTime(start));
            context.Response.Body = outside;
        }

        if (context.Items.ContainsKey(Cut) || said.Length == 0) return;
        said.Position = 0;
        await said.CopyToAsync(outside, context.RequestAborted);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            lock (_gate) _file.Dispose();
        }
        catch (IOException)
        {
            // What did not fit on a full disk is lost, as was said when it came.
        }
    }

    private void Write(HttpContext context, MemoryStream said, TimeSpan elapsed)
    {
        try
        {
            string line = Describe(context, said, elapsed).ToJsonString(s_text);
            lock (_gate) _file.WriteLine(line);
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or InvalidOperationException or ArgumentException)
        {
            // A full disk, or the end of the process. Told once, not with every request.
            if (!Interlocked.Exchange(ref _failed, true)) Console.Error.WriteLine($"The log lacks exchanges: {failure.Message}");
        }
    }

    private JsonObject Describe(HttpContext context, MemoryStream said, TimeSpan elapsed)
    {
        bool cut = context.Items.ContainsKey(Cut);
        return new JsonObject
        {
            ["time"] = _sandbox.Clock.GetUtcNow().ToString("O"),
            ["milliseconds"] = Math.Round(elapsed.TotalMilliseconds, 1),
            ["method"] = context.Request.Method,
            ["url"] = Redaction.OfText($"{context.Request.Scheme}://{context.Request.Host}" +
                context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget),
            ["request"] = Side(context.Request.Headers, context.Request.Body as MemoryStream, context.Request.ContentType),
            ["status"] = cut ? null : context.Response.StatusCode,
            ["response"] = cut ? null : Side(context.Response.Headers, said, context.Response.ContentType),
        };
    }

    // Without a body where the connection broke before it was read.
    private static JsonObject Side(IHeaderDictionary headers, MemoryStream? body, string? contentType)
    {
        var shown = new JsonObject();
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in headers)
            shown[name] = Redaction.OfHeader(name, values.ToString());
        return new JsonObject
        {
            ["headers"] = shown,
            ["body"] = Redaction.OfBody(body?.ToArray(), contentType),
        };
    }
}
