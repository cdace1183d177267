using System.Net;
using System.Text;
using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Leftovers;

/// <summary>A sandbox with a service that it does not have: every template of Image Builder that is asked for is there.</summary>
internal sealed class TemplateHandler(ArmSandbox sandbox) : DelegatingHandler(new SandboxMessageHandler(sandbox))
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string path = request.RequestUri!.AbsolutePath;
        if (!path.Contains("/imageTemplates/", StringComparison.OrdinalIgnoreCase))
            return base.SendAsync(request, cancellationToken);

        string body = $$"""{"id":"{{path}}","name":"web","location":"westeurope","properties":{"provisioningState":"Succeeded"} }""";
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new StringContent(body, Encoding.UTF8, "application/json") });
    }
}
