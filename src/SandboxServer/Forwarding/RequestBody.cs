namespace ImageCmdlets.SandboxServer.Forwarding;

/// <summary>Reads bodies whole, so that whoever answers and whoever logs find the same bytes.</summary>
internal static class RequestBody
{
    private static readonly object s_tooLarge = new();

    /// <summary>Puts the body into memory. One that is larger than the server takes is left unread.</summary>
    /// <exception cref="BadHttpRequestException">The body breaks off, or is no HTTP.</exception>
    public static async Task BufferAsync(HttpContext context)
    {
        var body = new MemoryStream();
        context.Response.RegisterForDispose(body);
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        }
        catch (BadHttpRequestException refusal) when (refusal.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            context.Items[s_tooLarge] = true;
            body.SetLength(0);
        }

        body.Position = 0;
        context.Request.Body = body;
    }

    /// <summary>Whether the body was left unread.</summary>
    public static bool IsTooLarge(HttpContext context) => context.Items.ContainsKey(s_tooLarge);
}
