using System.Net;

namespace ImageCmdlets.Engine.Tests.Sessions;

/// <summary>Stands in for Microsoft Entra and for a machine's identity endpoint: keeps every request, answers with a token.</summary>
internal sealed class TokenEndpoint : HttpMessageHandler
{
    private const string Authority = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555";

    public List<(HttpMethod Method, Uri Uri, string Body)> Requests { get; } = [];

    /// <summary>The request for the token itself.</summary>
    public (HttpMethod Method, Uri Uri, string Body) TokenRequest => Requests.Single(request => request.Uri.AbsolutePath.EndsWith("/token", StringComparison.Ordinal));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add((request.Method, request.RequestUri!, body));
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new StringContent(AnswerTo(request.RequestUri!.AbsolutePath), System.Text.Encoding.UTF8, "application/json"),
        };
    }

    private static string AnswerTo(string path)
    {
        if (path.EndsWith("/discovery/instance", StringComparison.Ordinal))
            return $$"""{"tenant_discovery_endpoint":"{{Authority}}/v2.0/.well-known/openid-configuration","metadata":[{"preferred_network":"login.microsoftonline.com","preferred_cache":"login.windows.net","aliases":["login.microsoftonline.com"]}]}""";
        if (path.EndsWith("/openid-configuration", StringComparison.Ordinal))
            return $$"""{"authorization_endpoint":"{{Authority}}/oauth2/v2.0/authorize","token_endpoint":"{{Authority}}/oauth2/v2.0/token","issuer":"{{Authority}}/v2.0"}""";
        return """{"token_type":"Bearer","expires_in":3600,"expires_on":"4102444800","ext_expires_in":3600,"resource":"https://management.azure.com/","access_token":"token-of-the-endpoint"}""";
    }
}
