using ImageCmdlets.Sandbox;

namespace ImageCmdlets.SandboxServer;

/// <summary>Hands HTTP requests to the sandbox and its answers back, to the letter.</summary>
internal sealed class SandboxForwarder(ArmSandbox sandbox)
{
    public async Task ForwardAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var request = new SandboxRequest
        {
            Method = context.Request.Method,
            Uri = new Uri($"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}{context.Request.Path.ToUriComponent()}{context.Request.QueryString}"),
            Headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Body = body.ToArray(),
        };

        try
        {
            await AnswerAsync(context, await sandbox.SendAsync(request, context.RequestAborted));
        }
        catch (SandboxConnectionException)
        {
            context.Abort();
        }
    }

    private static async Task AnswerAsync(HttpContext context, SandboxResponse answer)
    {
        context.Response.StatusCode = answer.Status;
        foreach (KeyValuePair<string, string> header in answer.Headers)
            context.Response.Headers.Append(header.Key, header.Value);
        if (answer.Body.Length > 0)
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }
}
