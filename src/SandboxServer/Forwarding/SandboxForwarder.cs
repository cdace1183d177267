using System.Globalization;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox;
using ImageCmdlets.SandboxServer.Clock;
using ImageCmdlets.SandboxServer.CommandLine;
using ImageCmdlets.SandboxServer.Logging;
using ImageCmdlets.SandboxServer.SignIn;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace ImageCmdlets.SandboxServer.Forwarding;

/// <summary>Hands HTTP requests to the sandbox and its answers back, to the letter.</summary>
internal sealed class SandboxForwarder(ArmSandbox sandbox, ClockDriver clock, ServerSpeed speed)
{
    /// <summary>Answers one request.</summary>
    public async Task ForwardAsync(HttpContext context)
    {
        if (Address(context) is not { } address)
        {
            await RefuseAddressAsync(context);
            return;
        }

        var request = new SandboxRequest
        {
            Method = context.Request.Method.ToUpperInvariant(),
            Uri = address,
            Headers = context.Request.Headers.ToDictionary(
                static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Body = ((MemoryStream)context.Request.Body).ToArray(),
            IsBodyTooLarge = RequestBody.IsTooLarge(context),
        };

        SandboxResponse answer;
        try
        {
            clock.BeforeRequest();
            answer = await sandbox.SendAsync(request, context.RequestAborted);
        }
        catch (SandboxConnectionException)
        {
            context.Items[ExchangeLog.Cut] = true;
            context.Abort();
            return;
        }
        catch (IOException failure)
        {
            await RefuseChangeAsync(context, failure);
            return;
        }

        await AnswerAsync(context, answer);
    }

    // Not Azure's: no cloud tells of its disks. The status is the one that Azure has for what is its own fault.
    private static Task RefuseChangeAsync(HttpContext context, IOException failure) =>
        Answers.WriteAsync(context, StatusCodes.Status500InternalServerError, new JsonObject
        {
            ["error"] = new JsonObject { ["code"] = "InternalServerError", ["message"] = $"The state file cannot be written: {failure.Message}" },
        });

    // Azure's own answer to a target that is no address ("*") is not known: ARM's envelope, and the code that goes with the status.
    private static Task RefuseAddressAsync(HttpContext context) => Answers.WriteAsync(context, StatusCodes.Status400BadRequest, new JsonObject
    {
        ["error"] = new JsonObject { ["code"] = "BadRequest", ["message"] = "The request URI is invalid." },
    });

    // The target as it came over the wire: decoding and encoding it again would lose which slashes were part of a name.
    private static Uri? Address(HttpContext context)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        string text = target.StartsWith('/') ? $"{context.Request.Scheme}://{context.Request.Host}{target}" : target;
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address) ? address : null;
    }

    private async Task AnswerAsync(HttpContext context, SandboxResponse answer)
    {
        context.Response.StatusCode = answer.Status;
        foreach (KeyValuePair<string, string> header in answer.Headers)
            context.Response.Headers.Append(header.Key, Translate(header));
        if (answer.Body.Length > 0) await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    // Azure counts in its own seconds, the client sleeps in the machine's.
    private string Translate(KeyValuePair<string, string> header) =>
        string.Equals(header.Key, HeaderNames.RetryAfter, StringComparison.OrdinalIgnoreCase) &&
        int.TryParse(header.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            ? speed.ToMachineSeconds(seconds).ToString(CultureInfo.InvariantCulture)
            : header.Value;
}
