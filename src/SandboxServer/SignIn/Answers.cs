using System.Text;
using System.Text.Json.Nodes;

namespace ImageCmdlets.SandboxServer.SignIn;

/// <summary>Writes the sign-in service's answers.</summary>
internal static class Answers
{
    public static Task WriteAsync(HttpContext context, int status, JsonNode body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = bytes.Length;

        // Tokens are kept by no proxy.
        context.Response.Headers.CacheControl = "no-store, no-cache";
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
