using System.Net;
using System.Net.Http.Headers;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>The transport of a sandbox session: requests go to the in-process sandbox instead of a socket.</summary>
internal sealed class SandboxMessageHandler(ArmSandbox sandbox) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        AddTo(headers, request.Headers);
        byte[] body = [];
        if (request.Content is not null)
        {
            AddTo(headers, request.Content.Headers);
            body = await ReadAsync(request.Content, cancellationToken).ConfigureAwait(false);
        }

        var question = new SandboxRequest { Method = request.Method.Method, Uri = request.RequestUri!, Headers = headers, Body = body };
        SandboxResponse answer = await sandbox.SendAsync(question, cancellationToken).ConfigureAwait(false);
        return ToMessage(answer, request);
    }

    private static HttpResponseMessage ToMessage(SandboxResponse answer, HttpRequestMessage request)
    {
        var content = new ByteArrayContent(answer.Body);
        var message = new HttpResponseMessage((HttpStatusCode)answer.Status) { RequestMessage = request, Content = content };
        foreach (KeyValuePair<string, string> header in answer.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(header.Key, header.Value))
                content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return message;
    }

    private static void AddTo(Dictionary<string, string> target, HttpHeaders source)
    {
        foreach (KeyValuePair<string, IEnumerable<string>> header in source)
            target[header.Key] = string.Join(", ", header.Value);
    }

    private static Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
#if NET8_0_OR_GREATER
        return content.ReadAsByteArrayAsync(cancellationToken);
#else
        cancellationToken.ThrowIfCancellationRequested();
        return content.ReadAsByteArrayAsync();
#endif
    }
}
