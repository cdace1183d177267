using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests;

/// <summary>The way of a process to the sandbox, where the bodies of its writes can be seen: what Azure never shows again is in them.</summary>
internal sealed class SentBodies(ArmSandbox sandbox) : DelegatingHandler(new SandboxMessageHandler(sandbox))
{
    private readonly ConcurrentDictionary<string, JsonNode> _last = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The last body that was sent to a resource.</summary>
    public JsonNode Of(string id) => _last[id];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } content && request.Method != HttpMethod.Get)
            _last[request.RequestUri!.AbsolutePath] = JsonNode.Parse(await content.ReadAsByteArrayAsync(cancellationToken))!;
        return await base.SendAsync(request, cancellationToken);
    }
}
