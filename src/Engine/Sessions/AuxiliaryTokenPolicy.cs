using Azure.Core;
using Azure.Core.Pipeline;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>Sends tokens of further tenants along, so that one request may touch resources of several tenants.</summary>
/// <remarks>Source: ARM, header <c>x-ms-authorization-auxiliary</c>, at most three tokens.</remarks>
internal sealed class AuxiliaryTokenPolicy(TokenCredential credential, string scope, IReadOnlyList<string> tenants) : HttpPipelinePolicy
{
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The engine sends every request asynchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var values = new List<string>(tenants.Count);
        foreach (string tenant in tenants)
        {
            var request = new TokenRequestContext([scope], tenantId: tenant);
            AccessToken token = await credential.GetTokenAsync(request, message.CancellationToken).ConfigureAwait(false);
            values.Add("Bearer " + token.Token);
        }

        message.Request.Headers.SetValue("x-ms-authorization-auxiliary", string.Join(", ", values));
        await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
    }
}
